#include "database/standings/standings_point.h"

#include <chrono>

#include "base/status_macros.h"
#include "database/errors.h"
#include "database/standings/watermark.h"

namespace headwater::database {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(200);
// What is further behind will not be there so soon.
constexpr uint64_t kWorthWaiting = 5000;

}  // namespace

absl::StatusOr<bool> AlignWithStandings(std::optional<uint64_t> least, Views* views,
                                        Follower* follower, kv::Patience patience,
                                        ReadPoint* point) {
  HW_ASSIGN_OR_RETURN(Watermark watermark, ReadWatermark(*point->view.snapshot, patience));
  if (watermark.sequence < point->sequence) {
    if (patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
    if (follower != nullptr && point->sequence - watermark.sequence <= kWorthWaiting) {
      // An engine that has to open its files again waits for snapshots.
      point->view.snapshot.reset();
      follower->WaitFor(point->sequence, kPatience);
      HW_ASSIGN_OR_RETURN(point->view, views->Latest());
      HW_ASSIGN_OR_RETURN(watermark, ReadWatermark(*point->view.snapshot, patience));
    }
  }
  if (watermark.sequence < point->sequence) {
    // At 0 there would be nothing to see, which is not what is on record.
    if (!least || watermark.sequence == 0 || watermark.sequence < *least)
      return StandingsBehind(point->sequence, watermark.sequence);
    point->sequence = watermark.sequence;
  }
  return watermark.sequence == point->sequence && watermark.last_row == point->sequence;
}

}  // namespace headwater::database
