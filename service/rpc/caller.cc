#include "rpc/caller.h"

#include <grpc/support/time.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "headwater/v1/rules.pb.h"
#include "records/format.h"

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

// The actor that `key` names; nullopt where the key is not given.
absl::StatusOr<std::optional<absl::string_view>> ActorUnder(
    const char* key, const grpc::CallbackServerContext& context) {
  const auto [first, last] = context.client_metadata().equal_range(key);
  if (first == last) return std::nullopt;
  if (std::next(first) != last) return database::InvalidField(key, "is given more than once");
  const absl::string_view actor(first->second.data(), first->second.size());
  HW_RETURN_IF_ERROR(CheckActor(key, actor));
  return actor;
}

}  // namespace

absl::Status CheckActor(absl::string_view key, absl::string_view actor) {
  if (actor.size() > kMaxActorBytes) {
    return database::InvalidField(key, "is longer than 200 bytes");
  }
  if (key == kActorBinKey) {
    v1::FieldRule line;
    line.set_format(v1::FORMAT_LINE);
    const std::optional<std::string> wrong = records::WhatIsWrongWith(actor, line);
    return wrong ? database::InvalidField(key, *wrong) : absl::OkStatus();
  }
  if (!std::all_of(actor.begin(), actor.end(),
                   [](char c) { return absl::ascii_isprint(static_cast<unsigned char>(c)); })) {
    return database::InvalidField(
        key, absl::StrCat("holds something other than printable ASCII; send that as ", kActorBinKey,
                          ", in UTF-8"));
  }
  return absl::OkStatus();
}

absl::StatusOr<database::Caller> CallerOf(const grpc::CallbackServerContext& context) {
  database::Caller caller;
  caller.deadline = DeadlineOf(context);
  HW_ASSIGN_OR_RETURN(const std::optional<absl::string_view> text, ActorUnder(kActorKey, context));
  HW_ASSIGN_OR_RETURN(const std::optional<absl::string_view> binary,
                      ActorUnder(kActorBinKey, context));
  if (text && binary && *text != *binary) {
    return database::InvalidField(kActorBinKey, absl::StrCat("names another actor than ", kActorKey,
                                                             "; send one of the two"));
  }
  caller.actor = std::string(binary ? *binary : text.value_or(""));
  return caller;
}

}  // namespace headwater::rpc
