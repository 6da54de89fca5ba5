#include "database/finding/kept_states.h"

#include <algorithm>
#include <utility>

namespace headwater::database {
namespace {

constexpr size_t kMost = 16;
constexpr absl::Duration kKept = absl::Minutes(5);
// However often it is asked for: what a snapshot shows can't be compacted away.
constexpr absl::Duration kLongest = absl::Hours(1);
// Longer than an engine waits for its snapshots: those still in work when all were dropped must not
// come back meanwhile.
constexpr absl::Duration kNoneAfterDrop = absl::Seconds(10);

}  // namespace

void KeptStates::Keep(uint64_t version, const View& view) {
  std::list<State> let_go;  // not while others wait: letting a snapshot go may take a while
  std::lock_guard lock(mutex_);
  const absl::Time now = clock_->Now();
  if (now < none_before_) return;
  const auto found = std::find_if(states_.begin(), states_.end(),
                                  [&](const State& state) { return state.version == version; });
  if (found == states_.end()) {
    states_.push_front({version, view, now, now});
  } else {
    found->asked = now;
    states_.splice(states_.begin(), states_, found);
  }
  if (states_.size() > kMost) let_go.splice(let_go.end(), states_, std::prev(states_.end()));
}

std::optional<View> KeptStates::Find(uint64_t version) {
  std::lock_guard lock(mutex_);
  const auto found = std::find_if(states_.begin(), states_.end(),
                                  [&](const State& state) { return state.version == version; });
  if (found == states_.end()) return std::nullopt;
  found->asked = clock_->Now();
  states_.splice(states_.begin(), states_, found);
  return found->view;
}

void KeptStates::Sweep() {
  std::list<State> let_go;
  const absl::Time now = clock_->Now();
  std::lock_guard lock(mutex_);
  for (auto next = states_.begin(); next != states_.end();) {
    const auto state = next++;
    if (state->asked < now - kKept || state->made < now - kLongest)
      let_go.splice(let_go.end(), states_, state);
  }
}

void KeptStates::Drop() {
  std::list<State> let_go;
  std::lock_guard lock(mutex_);
  none_before_ = clock_->Now() + kNoneAfterDrop;
  let_go.swap(states_);
}

}  // namespace headwater::database
