// How much is read for one assessment before it is refused: half an answer would be a wrong one.
#ifndef HEADWATER_DATABASE_QUESTIONS_GATHER_BUDGET_H_
#define HEADWATER_DATABASE_QUESTIONS_GATHER_BUDGET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "database/write_marks.h"
#include "keys/name.h"
#include "kv/engine.h"

namespace headwater::database {

// The most that may stand behind one claim. Tests make them smaller.
struct GatherBounds {
  size_t claims = 1'000;             // that say the same, by confirmed relations
  size_t contradicting = 1'000;      // claims
  size_t wider = 1'000;              // claims, and as many narrower ones
  size_t relations = 100'000;        // looked at to find those
  size_t attributions = 250'000;     // live and deleted
  size_t citations = 1'000'000;      // and hedges
  size_t documents = 500'000;        // with the originals of word for word copies
  size_t sources = 500'000;          // with their voices and owners
  size_t voice = 10'000;             // sources of one voice
  size_t bytes = size_t{256} << 20;  // of all that
};

// What one assessment has read so far. Belongs to one thread.
class GatherBudget {
 public:
  // The most rows that are read on the spot.
  static constexpr size_t kRowsOnTheSpot = 150;

  // Notes what is relied on where `marks`, which are not owned, are not null.
  GatherBudget(const keys::Name& claim, const GatherBounds& bounds, kv::Patience patience,
               const WriteMarks* marks = nullptr)
      : claim_(claim),
        bounds_(bounds),
        on_the_spot_(patience == kv::Patience::kCacheOnly),
        marks_(marks) {}

  const GatherBounds& bounds() const { return bounds_; }

  // Counts rows and places looked at; kv::WouldBlock() where they are too many for the spot.
  absl::Status Read(size_t rows);

  // Notes that a revision was read, or one's edge. Two gatherings of a claim that saw the same came
  // to the same, since all that is held comes out of those.
  void Saw(uint64_t revision) {
    if (seen_.size() <= kMostSeen) seen_.push_back(revision);
  }
  // All of them, in order; more than kMostSeen are not all.
  static constexpr size_t kMostSeen = 1000;
  const std::vector<uint64_t>& seen() const { return seen_; }

  // Each notes something that the gathering rests on. What it came to holds from the state that was
  // read until one of those is written.
  void RelyOnName(const keys::Name& name) {
    if (Notes()) relied_.push_back(marks_->OfName(name));
  }
  void RelyOnChildren(keys::Kind kind, absl::string_view claim) {
    if (Notes()) relied_.push_back(marks_->OfChildren(keys::NameKeyPrefix(kind, claim)));
  }
  // As IndexWalk::UnderKept was asked.
  void RelyOnTerm(absl::string_view term, absl::string_view names) {
    if (Notes())
      relied_.push_back(names.empty() ? marks_->OfTerm(term) : marks_->OfChildren(names));
  }
  // All of them; more than kMostRelied are not all.
  static constexpr size_t kMostRelied = 4 * kMostSeen;
  const std::vector<MarkPlace>& relied() const { return relied_; }

  // Each counts what is held from now on; kResourceExhausted, saying of what there is too much.
  absl::Status Relations(size_t count);
  absl::Status Attribution(size_t citations_and_hedges, size_t bytes);
  absl::Status Document(size_t bytes);
  absl::Status Source(size_t bytes);
  // What is too much in itself.
  absl::Status TooMany(size_t most, absl::string_view what) const;

 private:
  bool Notes() const { return marks_ != nullptr && relied_.size() <= kMostRelied; }
  absl::Status Add(size_t count, size_t most, absl::string_view what, size_t* sum) const;

  const keys::Name claim_;
  const GatherBounds bounds_;
  const bool on_the_spot_;
  const WriteMarks* const marks_;
  size_t rows_ = 0;
  size_t relations_ = 0;
  size_t attributions_ = 0;
  size_t citations_ = 0;
  size_t documents_ = 0;
  size_t sources_ = 0;
  size_t bytes_ = 0;
  std::vector<uint64_t> seen_;
  std::vector<MarkPlace> relied_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_GATHER_BUDGET_H_
