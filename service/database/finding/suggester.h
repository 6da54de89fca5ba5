// The follower that suggests which claims are the same: reads the log behind the search index,
// looks for each claim that was made, or that says something else since, for others that say the
// same (same_claims.h), and writes a SAME_AS relation, SUGGESTED, by the way that everybody writes,
// as the actor "headwater". What it suggested of claims that do not say the same any more, and
// nobody decided on, it deletes likewise, and undeletes where they do again.
//
// What it has suggested stands in the log, so it keeps nothing but how far it has come, and may lag
// behind: relations have ids that the pair of claims decides, and what has been suggested, refused
// or deleted once is found there.
//
// The row (keys::SuggestionsWatermarkKey):
//   varint   by which rules was suggested; others begin anew at the front of the log
//   varint   the sequence up to which the log was looked at
#ifndef HEADWATER_DATABASE_FINDING_SUGGESTER_H_
#define HEADWATER_DATABASE_FINDING_SUGGESTER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "database/database.h"
#include "database/finding/suggestions.h"
#include "database/log_follower.h"
#include "database/view.h"
#include "records/reader.h"

namespace headwater::database {

// Raise it whenever claims would be suggested that were not before.
inline constexpr uint64_t kSuggestRules = 2;

class Suggester final : public LogFollower {
 public:
  // Makes the writes, all or none, and waits for it.
  using Write = std::function<absl::Status(absl::Span<const SuggestionWrite>)>;

  // `views` is not owned. To be woken when the index has moved.
  Suggester(Views* views, const SuggestLimits& limits, Write write, Commit commit);
  // Stops.
  ~Suggester() override;

  // How many claims were looked at, and relations made or undeleted, since the start.
  uint64_t looked_at() const { return looked_at_; }
  uint64_t suggested() const { return suggested_; }

 private:
  // Claims, each once, in the order of the log, so that what comes out does not depend on how many
  // are looked at at a time.
  struct ClaimToLookAt {
    std::string id;
    bool is_new = false;  // it was made, and nothing else became of it that matters
  };
  using ClaimsToLookAt = std::vector<ClaimToLookAt>;

  absl::StatusOr<bool> Step() override;
  // Adds the claims of the entries from `first` on, up to `last`; the last entry that was read.
  absl::StatusOr<uint64_t> ReadEntries(const View& view, uint64_t first, uint64_t last,
                                       ClaimsToLookAt* claims) const;
  absl::Status WriteAll(absl::Span<const SuggestionWrite> writes);

  Views* const views_;
  const SuggestLimits limits_;
  const Write write_;
  std::atomic<uint64_t> looked_at_{0};
  std::atomic<uint64_t> suggested_{0};
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_SUGGESTER_H_
