// What a timeline should show, worked out from all revisions.
#ifndef HEADWATER_TESTS_INTEGRATION_MODEL_TIMELINE_H_
#define HEADWATER_TESTS_INTEGRATION_MODEL_TIMELINE_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "model.h"

namespace headwater::model {

// All pages of a timeline in one; kNotFound where the claim is not live. `until` is the last day of
// its published_until, if that is set.
absl::StatusOr<v1::ListTimelineResponse> TimelineOf(const Model& model,
                                                    const v1::ListTimelineRequest& request,
                                                    std::optional<int32_t> until, int64_t sequence);

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_MODEL_TIMELINE_H_
