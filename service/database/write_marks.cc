#include "database/write_marks.h"

#include "absl/hash/hash.h"
#include "absl/numeric/bits.h"

namespace headwater::database {
namespace {

// What a hash is of beside its parts, so that no name is taken for a term.
enum class Of : uint8_t { kName, kChildren, kTerm };

}  // namespace

WriteMarks::WriteMarks(size_t bytes)
    : mask_(absl::bit_floor(std::max(bytes, sizeof(uint64_t)) / sizeof(uint64_t)) - 1),
      places_(new std::atomic<uint64_t>[mask_ + 1]()) {}

MarkPlace WriteMarks::OfName(const keys::Name& name) const {
  return PlaceOf(absl::HashOf(Of::kName, name.kind, name.claim, name.id));
}

MarkPlace WriteMarks::OfChildren(absl::string_view prefix) const {
  return PlaceOf(absl::HashOf(Of::kChildren, prefix));
}

MarkPlace WriteMarks::OfTerm(absl::string_view term) const {
  return PlaceOf(absl::HashOf(Of::kTerm, term));
}

void WriteMarks::Note(const records::Change& change, uint64_t sequence) {
  const keys::Kind kind = change.name.kind;
  Mark(OfName(change.name), sequence);
  if (!change.name.claim.empty())
    Mark(OfChildren(keys::NameKeyPrefix(kind, change.name.claim)), sequence);
  if (kind != keys::Kind::kSource && kind != keys::Kind::kRelation) return;
  for (const records::TermChange& term : change.terms) {
    if (term.what != records::TermChange::What::kKeep) Mark(OfTerm(term.term), sequence);
  }
}

// Only one thread gives sequences, but they may be given again after a write that failed.
void WriteMarks::Mark(MarkPlace place, uint64_t sequence) {
  std::atomic<uint64_t>& mark = places_[place];
  if (mark.load(std::memory_order_relaxed) < sequence)
    mark.store(sequence, std::memory_order_release);
}

}  // namespace headwater::database
