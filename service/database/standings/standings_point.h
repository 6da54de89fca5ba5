// At which state a listing that asks how claims stand is answered.
#ifndef HEADWATER_DATABASE_STANDINGS_STANDINGS_POINT_H_
#define HEADWATER_DATABASE_STANDINGS_STANDINGS_POINT_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "database/standings/follower.h"
#include "database/view.h"

namespace headwater::database {

// Brings the read point and the watermark together: waits up to 200 ms for the watermark where it
// is a little behind; then, if any state of at least `least` will do (nullopt: that very one
// alone), goes back to the watermark. Returns whether live rows alone are the state there.
// kv::WouldBlock() where it may not wait and kUnavailable (STANDINGS_BEHIND) where there is no such
// state yet. `follower` may be null.
absl::StatusOr<bool> AlignWithStandings(std::optional<uint64_t> least, Views* views,
                                        Follower* follower, kv::Patience patience,
                                        ReadPoint* point);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_STANDINGS_STANDINGS_POINT_H_
