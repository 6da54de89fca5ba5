// States that pages of a search go on in: the search index, unlike the records, can be read as it
// is now alone, or as a snapshot kept it.
#ifndef HEADWATER_DATABASE_FINDING_KEPT_STATES_H_
#define HEADWATER_DATABASE_FINDING_KEPT_STATES_H_

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"
#include "database/view.h"
#include "search/vectors/vector_index.h"

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

  // The claims near a vector (NeighbourhoodKey) in that state, as the pages before had them: graphs
  // go on, and would find others. Keeps the first told; the last 64 of a state that it keeps.
  using Near = std::vector<search::Neighbour>;
  void KeepNear(uint64_t version, const std::string& key, std::shared_ptr<const Near> near);
  std::shared_ptr<const Near> FindNear(uint64_t version, const std::string& key);

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
    std::list<std::pair<std::string, std::shared_ptr<const Near>>> near;  // the last first
  };

  std::list<State>::iterator StateOf(uint64_t version);  // requires mutex_

  Clock* const clock_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::list<State> states_;  // asked for last comes first
  absl::Time none_before_ = absl::InfinitePast();
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_KEPT_STATES_H_
