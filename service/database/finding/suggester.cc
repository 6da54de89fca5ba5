#include "database/finding/suggester.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/status_macros.h"
#include "database/finding/index_watermark.h"
#include "database/finding/live_record.h"
#include "database/finding/same_claims.h"
#include "headwater/v1/claim.pb.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "search/index/damaged.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;

constexpr kv::Patience kMayWait = kv::Patience::kMayWait;
constexpr uint64_t kLoaded = 250;     // entries at a time
constexpr size_t kMostWritten = 100;  // relations at a time

absl::StatusOr<uint64_t> ReadWatermark(const kv::Snapshot& snapshot) {
  HW_ASSIGN_OR_RETURN(
      const std::optional<std::string> value,
      snapshot.Get(kv::Keyspace::kPostings, keys::SuggestionsWatermarkKey(), kMayWait));
  if (!value) return 0;
  absl::string_view in = *value;
  uint64_t rules = 0;
  uint64_t sequence = 0;
  if (!keys::TakeVarint(&in, &rules)) return search::Damaged("the watermark of suggestions");
  if (rules != kSuggestRules) return 0;
  if (!keys::TakeVarint(&in, &sequence) || !in.empty())
    return search::Damaged("the watermark of suggestions");
  return sequence;
}

kv::Batch WatermarkAt(uint64_t sequence) {
  std::string value;
  keys::AppendVarint(kSuggestRules, &value);
  keys::AppendVarint(sequence, &value);
  kv::Batch batch;
  batch.Put(kv::Keyspace::kPostings, keys::SuggestionsWatermarkKey(), value);
  return batch;
}

// Whether an update made the claim say something else.
absl::StatusOr<bool> SaysOtherwise(const View& view, const records::Entry& entry,
                                   const Name& claim) {
  const auto at = [&](uint64_t sequence) {
    return LiveRecord<v1::Claim>(Reading{ReadPoint{view, sequence}, kMayWait}, claim);
  };
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Claim> was, at(entry.sequence - 1));
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Claim> is, at(entry.sequence));
  return was == nullptr || is == nullptr || !IsSameStatement(*was, *is);
}

// Whether a write can't be made any more: a claim of it is gone, or somebody made a relation of
// that name, or changed it.
bool IsOvertaken(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsAborted(status) || absl::IsAlreadyExists(status) ||
         absl::IsFailedPrecondition(status) || absl::IsInvalidArgument(status);
}

}  // namespace

Suggester::Suggester(Views* views, const SuggestLimits& limits, Write write, Commit commit)
    : LogFollower(limits.gather, std::move(commit)),
      views_(views),
      limits_(limits),
      write_(std::move(write)) {}

Suggester::~Suggester() { Stop(); }

absl::StatusOr<bool> Suggester::Step() {
  std::vector<SuggestionWrite> writes;
  uint64_t read = 0;
  bool more = false;
  {
    HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
    HW_ASSIGN_OR_RETURN(const uint64_t watermark, ReadWatermark(*view.snapshot));
    HW_ASSIGN_OR_RETURN(const IndexWatermark index, ReadIndexWatermark(*view.snapshot, kMayWait));
    Publish(watermark);
    const bool is_whole = !index.is_stale && index.sequence > 0 && index.last == index.sequence;
    if (!is_whole || index.sequence <= watermark ||
        view.head - index.sequence > limits_.index_behind) {
      return false;
    }
    ClaimsToLookAt claims;
    HW_ASSIGN_OR_RETURN(read, ReadEntries(view, watermark + 1, index.sequence, &claims));
    more = read < index.sequence;
    const Reading indexed{ReadPoint{view, index.sequence}, kMayWait};
    const Reading latest{ReadPoint{view, view.head}, kMayWait};
    SameClaims same(indexed, latest);
    for (const auto& [id, is_new] : claims) {
      HW_RETURN_IF_ERROR(MayGoOn());
      if (!is_new) HW_RETURN_IF_ERROR(same.TakeBack(Name{Kind::kClaim, "", id}));
    }
    for (const auto& [id, is_new] : claims) {
      HW_RETURN_IF_ERROR(MayGoOn());
      HW_RETURN_IF_ERROR(same.Add(Name{Kind::kClaim, "", id}, is_new));
      ++looked_at_;
    }
    for (const Name& claim : same.again()) {
      HW_RETURN_IF_ERROR(MayGoOn());
      HW_RETURN_IF_ERROR(same.Add(claim, /*is_new=*/true));
    }
    writes = same.writes();
  }
  HW_RETURN_IF_ERROR(WriteAll(writes));
  HW_RETURN_IF_ERROR(CommitRows(WatermarkAt(read)));
  Publish(read);
  return more;
}

absl::StatusOr<uint64_t> Suggester::ReadEntries(const View& view, uint64_t first, uint64_t last,
                                                ClaimsToLookAt* claims) const {
  const records::Reader reader(*view.snapshot, kMayWait);
  last = std::min(last, first + limits_.entries - 1);
  absl::flat_hash_map<std::string, size_t> places;
  uint64_t next = first;
  while (next <= last && claims->size() < limits_.claims) {
    HW_RETURN_IF_ERROR(MayGoOn());
    std::vector<uint64_t> sequences;
    for (uint64_t s = next; s <= last && s < next + kLoaded; ++s) sequences.push_back(s);
    HW_ASSIGN_OR_RETURN(const std::vector<records::Stored> all, reader.LoadAll(sequences));
    for (const records::Stored& stored : all) {
      if (claims->size() >= limits_.claims) break;
      const records::Entry& entry = stored.entry;
      const std::optional<Name> name = Name::Parse(entry.name);
      if (!name) return records::Damaged("an entry's name cannot be read");
      ++next;
      if (name->kind != Kind::kClaim) continue;
      const bool is_new = entry.operation == v1::OPERATION_CREATE;
      if (entry.operation == v1::OPERATION_UPDATE) {
        HW_ASSIGN_OR_RETURN(const bool says_otherwise, SaysOtherwise(view, entry, *name));
        if (!says_otherwise) continue;
      }
      const auto [place, is_first] = places.try_emplace(name->id, claims->size());
      if (is_first) claims->push_back({name->id, is_new});
      if (!is_first) (*claims)[place->second].is_new &= is_new;
    }
  }
  return next - 1;
}

// All at once; where one of them can't be made any more, the others one by one.
absl::Status Suggester::WriteAll(absl::Span<const SuggestionWrite> writes) {
  const auto write = [&](absl::Span<const SuggestionWrite> some) {
    const absl::Status written = write_(some);
    for (const SuggestionWrite& one : some)
      suggested_ += written.ok() && one.shape != Shape::kDelete ? 1 : 0;
    return written;
  };
  for (size_t begin = 0; begin < writes.size(); begin += kMostWritten) {
    HW_RETURN_IF_ERROR(MayGoOn());
    const absl::Span<const SuggestionWrite> some = writes.subspan(begin, kMostWritten);
    const absl::Status written = write(some);
    if (written.ok()) continue;
    if (!IsOvertaken(written)) return written;
    for (size_t i = 0; i < some.size(); ++i) {
      const absl::Status alone = write(some.subspan(i, 1));
      if (!alone.ok() && !IsOvertaken(alone)) return alone;
    }
  }
  return absl::OkStatus();
}

}  // namespace headwater::database
