#include "database/finding/kept_states.h"

#include <algorithm>
#include <utility>

namespace headwater::database {
namespace {

constexpr size_t kMost = 16;
constexpr absl::Duration kKept = absl::Minutes(5);

}  // namespace

void KeptStates::Keep(uint64_t version, const View& view) {
  std::list<State> let_go;  // not while others wait: letting a snapshot go may take a while
  std::lock_guard lock(mutex_);
  const auto found = std::find_if(states_.begin(), states_.end(),
                                  [&](const State& state) { return state.version == version; });
  if (found == states_.end()) {
    states_.push_front({version, view, clock_->Now()});
  } else {
    found->asked = clock_->Now();
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
  const absl::Time since = clock_->Now() - kKept;
  std::lock_guard lock(mutex_);
  while (!states_.empty() && states_.back().asked < since)
    let_go.splice(let_go.end(), states_, std::prev(states_.end()));
}

void KeptStates::Drop() {
  std::list<State> let_go;
  std::lock_guard lock(mutex_);
  let_go.swap(states_);
}

}  // namespace headwater::database
