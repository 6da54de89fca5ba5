// Single records at a read point, for those who look at a few of them.
#ifndef HEADWATER_DATABASE_FINDING_LIVE_RECORD_H_
#define HEADWATER_DATABASE_FINDING_LIVE_RECORD_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "database/queries.h"
#include "database/questions/parsed_revisions.h"

namespace headwater::database {

// The resources as they are at the read point, each in its name's place; null where one was not
// made yet or is deleted. Out of memory where they were read before. Resource is of the names'
// kind.
template <class Resource>
absl::StatusOr<std::vector<std::shared_ptr<const Resource>>> LiveRecords(
    const Reading& reading, const std::vector<keys::Name>& names) {
  std::vector<std::shared_ptr<const Resource>> live(names.size());
  HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> revisions,
                      reading.reader().RevisionsAt(names, reading.point.sequence));
  std::vector<size_t> places;
  std::vector<keys::Name> found;
  std::vector<uint64_t> made;
  for (size_t i = 0; i < names.size(); ++i) {
    if (revisions[i] == 0) continue;
    places.push_back(i);
    found.push_back(names[i]);
    made.push_back(revisions[i]);
  }
  HW_ASSIGN_OR_RETURN(const auto all,
                      ParsedRevisions(reading, Resource::default_instance(), found, made));
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i]->deleted) continue;
    live[places[i]] = std::shared_ptr<const Resource>(
        all[i], static_cast<const Resource*>(all[i]->resource.get()));
  }
  return live;
}

template <class Resource>
absl::StatusOr<std::shared_ptr<const Resource>> LiveRecord(const Reading& reading,
                                                           const keys::Name& name) {
  HW_ASSIGN_OR_RETURN(const auto one, LiveRecords<Resource>(reading, {name}));
  return one.front();
}

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_LIVE_RECORD_H_
