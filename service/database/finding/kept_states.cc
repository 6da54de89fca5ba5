#include "database/finding/kept_states.h"

#include <algorithm>
#include <utility>

namespace headwater::database {
namespace {

constexpr size_t kMost = 16;
constexpr size_t kMostNear = 64;
constexpr absl::Duration kKept = absl::Minutes(5);
// However often it is asked for: what a snapshot shows can't be compacted away.
constexpr absl::Duration kLongest = absl::Hours(1);
// Longer than an engine waits for its snapshots: those still in work when all were dropped must not
// come back meanwhile.
constexpr absl::Duration kNoneAfterDrop = absl::Seconds(10);

}  // namespace

std::list<KeptStates::State>::iterator KeptStates::StateOf(uint64_t version) {
  return std::find_if(states_.begin(), states_.end(),
                      [&](const State& state) { return state.version == version; });
}

void KeptStates::Keep(uint64_t version, const View& view) {
  std::list<State> let_go;  // not while others wait: letting a snapshot go may take a while
  std::lock_guard lock(mutex_);
  const absl::Time now = clock_->Now();
  if (now < none_before_) return;
  const auto found = StateOf(version);
  if (found == states_.end()) {
    states_.push_front({version, view, now, now, {}});
  } else {
    found->asked = now;
    states_.splice(states_.begin(), states_, found);
  }
  if (states_.size() > kMost) let_go.splice(let_go.end(), states_, std::prev(states_.end()));
}

std::optional<View> KeptStates::Find(uint64_t version) {
  std::lock_guard lock(mutex_);
  const auto found = StateOf(version);
  if (found == states_.end()) return std::nullopt;
  found->asked = clock_->Now();
  states_.splice(states_.begin(), states_, found);
  return found->view;
}

void KeptStates::KeepNear(uint64_t version, const std::string& key,
                          std::shared_ptr<const Near> near) {
  std::lock_guard lock(mutex_);
  const auto state = StateOf(version);
  if (state == states_.end()) return;
  const bool is_kept = std::any_of(state->near.begin(), state->near.end(),
                                   [&](const auto& each) { return each.first == key; });
  if (is_kept) return;
  state->near.emplace_front(key, std::move(near));
  if (state->near.size() > kMostNear) state->near.pop_back();
}

std::shared_ptr<const KeptStates::Near> KeptStates::FindNear(uint64_t version,
                                                             const std::string& key) {
  std::lock_guard lock(mutex_);
  const auto state = StateOf(version);
  if (state == states_.end()) return nullptr;
  const auto found = std::find_if(state->near.begin(), state->near.end(),
                                  [&](const auto& each) { return each.first == key; });
  if (found == state->near.end()) return nullptr;
  state->near.splice(state->near.begin(), state->near, found);
  return found->second;
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
