#include "database/writing/recent.h"

#include <algorithm>
#include <utility>

namespace headwater::database {

template <class Mark>
bool Recent::IsAtMost(NameHash name, Mark mark, uint64_t head) const {
  for (const Map* map : {&young_, &old_}) {
    auto found = map->find(name);
    if (found != map->end() && found->second.*mark > head) return false;
  }
  return true;
}

bool Recent::StillHolds(const Prepared& prepared) const {
  const uint64_t head = prepared.head;
  if (head < floor_) return false;
  const auto holds = [&](const std::vector<NameHash>& names, auto mark, uint64_t since) {
    return std::all_of(names.begin(), names.end(),
                       [&](NameHash name) { return IsAtMost(name, mark, since); });
  };
  const Reliance& reliance = prepared.reliance;
  return holds(reliance.unchanged, &Marks::written, head) &&
         holds(reliance.live, &Marks::deleted, head) &&
         holds(reliance.unreferenced, &Marks::referenced, head) &&
         holds(reliance.unchanged_after, &Marks::written, prepared.after);
}

void Recent::Note(const Prepared& prepared, uint64_t first_sequence) {
  uint64_t sequence = first_sequence;
  for (const records::Change& change : prepared.changes) {
    Marks& marks = At(HashOf(change.name));
    marks.written = sequence;
    if (change.deleted) marks.deleted = sequence;
    ++sequence;
  }
  // A reference is there with its request's last change at the latest.
  for (const NameHash name : prepared.reliance.live) At(name).referenced = sequence - 1;
  if (young_.size() >= generation_) Turn(sequence - 1);
}

void Recent::Reset(uint64_t head) {
  young_.clear();
  old_.clear();
  floor_ = young_since_ = head;
}

Recent::Marks& Recent::At(NameHash name) { return young_[name]; }

void Recent::Turn(uint64_t sequence) {
  old_ = std::exchange(young_, Map());
  floor_ = std::exchange(young_since_, sequence);
}

}  // namespace headwater::database
