#include "gateway/connect_error.h"

#include <iterator>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "gateway/envelope.h"
#include "gateway/json.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/status.pb.h"
#include "request/door/told_error.h"

namespace headwater::gateway {
namespace {

using Json = nlohmann::ordered_json;

struct Code {
  const char* name;
  int http_status;
};

// By absl's numbers, which are gRPC's.
constexpr Code kCodes[] = {
    {"ok", 200},                   // 0
    {"canceled", 499},             // 1
    {"unknown", 500},              // 2
    {"invalid_argument", 400},     // 3
    {"deadline_exceeded", 504},    // 4
    {"not_found", 404},            // 5
    {"already_exists", 409},       // 6
    {"permission_denied", 403},    // 7
    {"resource_exhausted", 429},   // 8
    {"failed_precondition", 400},  // 9
    {"aborted", 409},              // 10
    {"out_of_range", 400},         // 11
    {"unimplemented", 501},        // 12
    {"internal", 500},             // 13
    {"unavailable", 503},          // 14
    {"data_loss", 500},            // 15
    {"unauthenticated", 401},      // 16
};

const Code& CodeOf(absl::StatusCode code) {
  const auto number = static_cast<size_t>(code);
  return number < std::size(kCodes) ? kCodes[number] : kCodes[2];
}

// A body has room, where gRPC's trailers have some 8 KiB.
constexpr request::ToldErrorLimits kLimits = {.message_bytes = 16 << 10, .status_bytes = 48 << 10};

std::string UnpaddedBase64(absl::string_view bytes) {
  std::string text = absl::Base64Escape(bytes);
  while (!text.empty() && text.back() == '=') text.pop_back();
  return text;
}

Json DetailJson(const google::protobuf::Any& detail) {
  const std::string type(detail.type_url().substr(detail.type_url().rfind('/') + 1));
  Json json = {{"type", type}, {"value", UnpaddedBase64(detail.value())}};
  const google::protobuf::Descriptor* const descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  if (descriptor == nullptr) return json;
  const absl::StatusOr<std::string> debug = JsonOf(*descriptor, detail.value());
  if (debug.ok()) json["debug"] = Json::parse(*debug, nullptr, /*allow_exceptions=*/false);
  return json;
}

Json Error(const absl::Status& status) {
  const google::rpc::Status told = request::ToldError(status, kLimits);
  Json error = {{"code", CodeOf(static_cast<absl::StatusCode>(told.code())).name},
                {"message", told.message()}};
  for (const google::protobuf::Any& detail : told.details()) {
    error["details"].push_back(DetailJson(detail));
  }
  return error;
}

std::string Text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

absl::string_view CodeName(absl::StatusCode code) { return CodeOf(code).name; }

int HttpStatusOf(absl::StatusCode code) { return CodeOf(code).http_status; }

std::string ErrorJson(const absl::Status& status) { return Text(Error(status)); }

std::string EndStreamJson(const absl::Status& status) {
  return status.ok() ? "{}" : Text({{"error", Error(status)}});
}

Response StreamErrorResponse(const absl::Status& status, bool json) {
  return {
      .headers = {{"Content-Type", json ? "application/connect+json" : "application/connect+proto"},
                  {"Cache-Control", "no-store"}},
      .body = Enveloped(EndStreamJson(status), kEndStream)};
}

Response ErrorResponse(const absl::Status& status, int http_status) {
  return {.status = http_status != 0 ? http_status : HttpStatusOf(status.code()),
          .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          .body = ErrorJson(status)};
}

}  // namespace headwater::gateway
