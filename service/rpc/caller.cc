#include "rpc/caller.h"

#include <grpc/support/time.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "database/errors.h"

namespace headwater::rpc {
namespace {

constexpr size_t kMaxActorBytes = 200;

// Not by way of std::chrono: its nanoseconds end in 2262 and begin anew, and a client may say
// "in ten thousand years".
absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const gpr_timespec deadline = gpr_convert_clock_type(context.raw_deadline(), GPR_CLOCK_REALTIME);
  if (gpr_time_cmp(deadline, gpr_inf_future(GPR_CLOCK_REALTIME)) == 0) {
    return absl::InfiniteFuture();
  }
  return absl::FromUnixSeconds(deadline.tv_sec) + absl::Nanoseconds(deadline.tv_nsec);
}

}  // namespace

absl::Status CheckActor(absl::string_view actor) {
  if (actor.size() > kMaxActorBytes) {
    return database::InvalidField(kActorKey, "is longer than 200 bytes");
  }
  if (!std::all_of(actor.begin(), actor.end(),
                   [](char c) { return absl::ascii_isprint(static_cast<unsigned char>(c)); })) {
    return database::InvalidField(kActorKey, "holds something other than printable ASCII");
  }
  return absl::OkStatus();
}

absl::StatusOr<database::Caller> CallerOf(const grpc::CallbackServerContext& context) {
  database::Caller caller;
  caller.deadline = DeadlineOf(context);
  const auto [first, last] = context.client_metadata().equal_range(kActorKey);
  if (first == last) return caller;
  if (std::next(first) != last) {
    return database::InvalidField(kActorKey, "is given more than once");
  }
  const absl::string_view actor(first->second.data(), first->second.size());
  HW_RETURN_IF_ERROR(CheckActor(actor));
  caller.actor = std::string(actor);
  return caller;
}

}  // namespace headwater::rpc
