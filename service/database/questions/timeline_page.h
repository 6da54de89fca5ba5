// A page of a timeline: its events with what people want to see of them.
#ifndef HEADWATER_DATABASE_QUESTIONS_TIMELINE_PAGE_H_
#define HEADWATER_DATABASE_QUESTIONS_TIMELINE_PAGE_H_

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "database/questions/timeline_gather.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::database {

// How an EDTF text puts an event in order.
v1::TimelineDate DatedBy(const std::string& date, v1::TimelineDateKind kind);

// Adds the moments' events, in their order, to the response until it is as large as a page may be;
// returns how many. `moments` are of `all`.
absl::StatusOr<size_t> AddEvents(const Reading& reading, const TimelineMoments& all,
                                 absl::Span<const TimelineMoment* const> moments,
                                 GatherBudget* budget, v1::ListTimelineResponse* response);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_TIMELINE_PAGE_H_
