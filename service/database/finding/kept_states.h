// States that pages of a search go on in: the search index, unlike the records, can be read as it
// is now alone, or as a snapshot kept it.
#ifndef HEADWATER_DATABASE_FINDING_KEPT_STATES_H_
#define HEADWATER_DATABASE_FINDING_KEPT_STATES_H_

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>

#include "absl/time/time.h"
#include "base/clock.h"
#include "database/view.h"

namespace headwater::database {

// The last sixteen that somebody was given a page token for, each for five minutes since it was
// last asked for. Thread-safe.
class KeptStates {
 public:
  // `clock` is not owned.
  explicit KeptStates(Clock* clock) : clock_(clock) {}

  // Keeps a state of the index by its version (IndexWatermark).
  void Keep(uint64_t version, const View& view);
  std::optional<View> Find(uint64_t version);
  // Lets those go whose time is over (five minutes not asked for, or an hour old); all, for an
  // engine that has to open its files again, and takes none for a while.
  void Sweep();
  void Drop();

 private:
  struct State {
    uint64_t version;
    View view;
    absl::Time asked;
    absl::Time made;
  };

  Clock* const clock_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::list<State> states_;  // asked for last comes first
  absl::Time none_before_ = absl::InfinitePast();
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_KEPT_STATES_H_
