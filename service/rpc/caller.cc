#include "rpc/caller.h"

#include <grpc/support/time.h>

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "request/door/actor.h"

namespace headwater::rpc {
namespace {

// Not by way of std::chrono: its nanoseconds end in 2262 and begin anew, and a client may say
// "in ten thousand years".
absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const gpr_timespec deadline = gpr_convert_clock_type(context.raw_deadline(), GPR_CLOCK_REALTIME);
  if (gpr_time_cmp(deadline, gpr_inf_future(GPR_CLOCK_REALTIME)) == 0) {
    return absl::InfiniteFuture();
  }
  return absl::FromUnixSeconds(deadline.tv_sec) + absl::Nanoseconds(deadline.tv_nsec);
}

std::vector<absl::string_view> ValuesOf(const char* key,
                                        const grpc::CallbackServerContext& context) {
  std::vector<absl::string_view> values;
  const auto [first, last] = context.client_metadata().equal_range(key);
  for (auto value = first; value != last; ++value) {
    values.emplace_back(value->second.data(), value->second.size());
  }
  return values;
}

}  // namespace

absl::StatusOr<database::Caller> CallerOf(const grpc::CallbackServerContext& context) {
  database::Caller caller;
  caller.deadline = DeadlineOf(context);
  HW_ASSIGN_OR_RETURN(caller.actor, request::ActorOf(ValuesOf(request::kActorKey, context),
                                                     ValuesOf(request::kActorBinKey, context)));
  return caller;
}

}  // namespace headwater::rpc
