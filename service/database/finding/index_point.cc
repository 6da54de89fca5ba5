#include "database/finding/index_point.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "database/errors.h"
#include "database/finding/index_follower.h"
#include "database/finding/kept_states.h"

namespace headwater::database {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(100);
constexpr auto kPatienceForSequence = std::chrono::seconds(2);
// What is further behind will not be there so soon.
constexpr uint64_t kWorthWaiting = 1000;

absl::StatusOr<IndexPoint> PointIn(View view) {
  IndexPoint point;
  HW_ASSIGN_OR_RETURN(point.watermark, ReadIndexWatermark(*view.snapshot, kv::Patience::kMayWait));
  const uint64_t sequence = point.watermark.sequence;
  point.reading = Reading{ReadPoint{std::move(view), sequence}, kv::Patience::kMayWait};
  return point;
}

}  // namespace

absl::StatusOr<IndexPoint> LatestIndex(const Finding& finding, const v1::ReadOptions& read) {
  using Case = v1::ReadOptions::PointCase;
  if (read.point_case() == Case::kSequence || read.point_case() == Case::kTime) {
    return InvalidField(read.point_case() == Case::kTime ? "read.time" : "read.sequence",
                        "cannot be searched at: a search is of the present; leave it out, or give "
                        "min_sequence");
  }
  if (read.min_sequence() < 0) return InvalidField("read.min_sequence", "is negative");
  HW_ASSIGN_OR_RETURN(View view, finding.views->Latest());
  const auto least = static_cast<uint64_t>(read.min_sequence());
  if (least > view.head) return NotThereYet(least, view.head);
  const bool is_least_asked = read.point_case() == Case::kMinSequence;
  const uint64_t wanted = is_least_asked ? least : view.head;
  HW_ASSIGN_OR_RETURN(IndexPoint point, PointIn(std::move(view)));
  const uint64_t there = point.watermark.sequence;
  if (there < wanted && finding.follower != nullptr &&
      (is_least_asked || wanted - there <= kWorthWaiting)) {
    // An engine that has to open its files again waits for snapshots.
    point = IndexPoint();
    finding.follower->WaitFor(
        wanted, is_least_asked ? std::chrono::milliseconds(kPatienceForSequence) : kPatience);
    HW_ASSIGN_OR_RETURN(view, finding.views->Latest());
    HW_ASSIGN_OR_RETURN(point, PointIn(std::move(view)));
  }
  // At 0 there would be nothing to find, which is not what is on record.
  const bool is_built = point.watermark.sequence > 0 || point.reading.point.view.head == 0;
  if (!is_built || point.watermark.sequence < least)
    return SearchBehind(std::max(least, wanted), point.watermark.sequence);
  return point;
}

absl::StatusOr<IndexPoint> IndexAgain(const Finding& finding, uint64_t version, uint64_t sequence) {
  HW_ASSIGN_OR_RETURN(View view, finding.views->Latest());
  HW_ASSIGN_OR_RETURN(IndexPoint point, PointIn(std::move(view)));
  const auto is_it = [&] {
    return point.watermark.version == version && point.watermark.sequence == sequence;
  };
  if (is_it()) return point;
  std::optional<View> kept = finding.states->Find(version);
  if (kept) {
    HW_ASSIGN_OR_RETURN(point, PointIn(*std::move(kept)));
    if (is_it()) return point;
  }
  return PageTokenExpired();
}

}  // namespace headwater::database
