// What the parts of Gather() share: ids as numbers, and resources read in pieces.
#ifndef HEADWATER_DATABASE_QUESTIONS_GATHER_NUMBERS_H_
#define HEADWATER_DATABASE_QUESTIONS_GATHER_NUMBERS_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/queries.h"
#include "database/questions/gather_budget.h"
#include "database/questions/parsed_revisions.h"
#include "provenance/case.h"

namespace headwater::database {

// Gives ids numbers in the order in which they come.
class Numbering {
 public:
  provenance::Index Of(absl::string_view id) {
    const auto [entry, is_new] =
        numbers_.try_emplace(id, static_cast<provenance::Index>(ids_.size()));
    if (is_new) ids_.emplace_back(id);
    return entry->second;
  }
  // kNone where it has none.
  provenance::Index Find(absl::string_view id) const {
    const auto found = numbers_.find(id);
    return found == numbers_.end() ? provenance::kNone : found->second;
  }
  const std::string& id(size_t number) const { return ids_[number]; }
  size_t size() const { return ids_.size(); }

  // Where each number comes in the order of ids among those that are `kept`; kNone for others.
  std::vector<provenance::Index> Places(const std::vector<bool>& kept) const {
    std::vector<provenance::Index> order;
    for (size_t i = 0; i < ids_.size(); ++i) {
      if (kept[i]) order.push_back(static_cast<provenance::Index>(i));
    }
    std::sort(order.begin(), order.end(),
              [&](size_t one, size_t other) { return ids_[one] < ids_[other]; });
    std::vector<provenance::Index> places(ids_.size(), provenance::kNone);
    for (size_t i = 0; i < order.size(); ++i) places[order[i]] = static_cast<provenance::Index>(i);
    return places;
  }

 private:
  absl::flat_hash_map<std::string, provenance::Index> numbers_;
  std::vector<std::string> ids_;
};

// The items, each moved to its place; those without one are dropped.
template <class Item>
std::vector<Item> Placed(std::vector<Item> items, const std::vector<provenance::Index>& places) {
  size_t count = 0;
  for (provenance::Index place : places) count += place != provenance::kNone ? 1 : 0;
  std::vector<Item> placed(count);
  for (size_t i = 0; i < items.size(); ++i) {
    if (places[i] != provenance::kNone) placed[places[i]] = std::move(items[i]);
  }
  return placed;
}

// Reads the names' revisions at the read point, some at a time, and hands each with its place to
// `take`, which returns a status. kDataLoss where one was not made yet: somebody refers to it.
template <class Resource, class Take>
absl::Status LoadEach(const Reading& reading, GatherBudget* budget,
                      const std::vector<keys::Name>& names, const Take& take) {
  constexpr size_t kChunk = 200;
  const absl::Span<const keys::Name> every(names);
  for (size_t begin = 0; begin < every.size(); begin += kChunk) {
    const absl::Span<const keys::Name> some = every.subspan(begin, kChunk);
    HW_RETURN_IF_ERROR(budget->Read(some.size()));
    for (const keys::Name& name : some) budget->RelyOnName(name);
    HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> revisions,
                        reading.reader().RevisionsAt(some, reading.point.sequence));
    for (size_t i = 0; i < some.size(); ++i) {
      if (revisions[i] == 0) return records::Damaged(absl::StrCat(some[i].Text(), " is missing"));
      budget->Saw(revisions[i]);
    }
    HW_ASSIGN_OR_RETURN(const auto all,
                        ParsedRevisions(reading, Resource::default_instance(), some, revisions));
    for (size_t i = 0; i < all.size(); ++i) {
      HW_RETURN_IF_ERROR(
          take(begin + i, static_cast<const Resource&>(*all[i]->resource), all[i]->deleted));
    }
  }
  return absl::OkStatus();
}

// How a resource was taken back.
inline provenance::Taken TakenBy(v1::WithdrawalKind kind) {
  switch (kind) {
    case v1::WITHDRAWAL_KIND_RECORDING_ERROR:
      return provenance::Taken::kRecordingError;
    case v1::WITHDRAWAL_KIND_CORRECTED:
      return provenance::Taken::kCorrected;
    default:
      return provenance::Taken::kRetracted;
  }
}

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_GATHER_NUMBERS_H_
