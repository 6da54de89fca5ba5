#include "request/door/actor.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "headwater/v1/rules.pb.h"
#include "records/format.h"

namespace headwater::request {
namespace {

constexpr size_t kMaxActorBytes = 200;

// The actor that `key` names; nullopt where the key is not given.
absl::StatusOr<std::optional<absl::string_view>> ActorUnder(
    absl::string_view key, const std::vector<absl::string_view>& values) {
  if (values.empty()) return std::nullopt;
  if (values.size() > 1) return database::InvalidField(key, "is given more than once");
  HW_RETURN_IF_ERROR(CheckActor(key, values.front()));
  return values.front();
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

absl::StatusOr<std::string> ActorOf(const std::vector<absl::string_view>& text,
                                    const std::vector<absl::string_view>& binary) {
  HW_ASSIGN_OR_RETURN(const std::optional<absl::string_view> plain, ActorUnder(kActorKey, text));
  HW_ASSIGN_OR_RETURN(const std::optional<absl::string_view> bytes,
                      ActorUnder(kActorBinKey, binary));
  if (plain && bytes && *plain != *bytes) {
    return database::InvalidField(kActorBinKey, absl::StrCat("names another actor than ", kActorKey,
                                                             "; send one of the two"));
  }
  return std::string(bytes ? *bytes : plain.value_or(""));
}

}  // namespace headwater::request
