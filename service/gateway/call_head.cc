#include "gateway/call_head.h"

#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gateway/accept_encoding.h"
#include "gateway/connect_error.h"
#include "gateway/query.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "request/door/actor.h"

namespace headwater::gateway {
namespace {

constexpr absl::string_view kUnaryTypes = "application/json, application/proto";
constexpr absl::string_view kStreamTypes = "application/connect+json, application/connect+proto";

bool MayBeGot(const request::Method& method) {
  return method.read && method.descriptor->options().idempotency_level() ==
                            google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

Response WrongMethod(const request::Method& method) {
  const absl::string_view allowed = MayBeGot(method) ? "GET, POST" : "POST";
  Response response = ErrorResponse(
      absl::UnimplementedError(absl::StrCat(method.descriptor->full_name(), " is called by ",
                                            MayBeGot(method) ? "POST or GET" : "POST")),
      405);
  response.headers.emplace_back("Allow", allowed);
  return response;
}

Response WrongType(const request::Method& method) {
  const absl::string_view types = method.stream ? kStreamTypes : kUnaryTypes;
  Response response = ErrorResponse(
      absl::UnknownError(absl::StrCat(method.descriptor->full_name(), " takes ", types)), 415);
  response.headers.emplace_back("Accept-Post", types);
  return response;
}

// "json" or "proto" as `head` keeps it. False where it is neither.
bool ReadCodec(absl::string_view name, CallHead* head) {
  head->json = name == "json";
  return head->json || name == "proto";
}

bool ReadContentType(absl::string_view value, CallHead* head) {
  std::string type =
      absl::AsciiStrToLower(absl::StripAsciiWhitespace(value.substr(0, value.find(';'))));
  absl::string_view codec = type;
  return absl::ConsumePrefix(&codec,
                             head->method->stream ? "application/connect+" : "application/") &&
         ReadCodec(codec, head);
}

absl::Status ReadCompression(absl::string_view encoding, CallHead* head) {
  if (encoding.empty() || encoding == "identity") return absl::OkStatus();
  head->packed = encoding == "gzip";
  return head->packed ? absl::OkStatus()
                      : absl::UnimplementedError(
                            absl::StrCat("the compression \"", absl::CHexEscape(encoding),
                                         "\" is not known here; known are gzip and identity"));
}

absl::Status ReadTimeout(absl::string_view timeout, absl::Time now, CallHead* head) {
  if (timeout.empty()) return absl::OkStatus();
  int64_t milliseconds = 0;
  const bool digits = timeout.find_first_not_of("0123456789") == timeout.npos;
  if (!digits || timeout.size() > 10 || !absl::SimpleAtoi(timeout, &milliseconds)) {
    return absl::InvalidArgumentError(
        "Connect-Timeout-Ms is no number of milliseconds of at most 10 digits");
  }
  head->deadline = now + absl::Milliseconds(milliseconds);
  return absl::OkStatus();
}

absl::Status ReadActor(const RequestHead& request, CallHead* head) {
  std::vector<std::string> decoded;
  std::vector<absl::string_view> binary;
  for (const absl::string_view value : request.Headers(request::kActorBinKey)) {
    if (!absl::Base64Unescape(value, &decoded.emplace_back())) {
      return absl::InvalidArgumentError(
          absl::StrCat(request::kActorBinKey, " is not base64, as headers in -bin must be"));
    }
  }
  for (const std::string& each : decoded) binary.push_back(each);
  absl::StatusOr<std::string> actor = request::ActorOf(request.Headers(request::kActorKey), binary);
  if (!actor.ok()) return actor.status();
  head->actor = *std::move(actor);
  return absl::OkStatus();
}

// What a POST and a GET say alike.
absl::Status ReadCommon(const RequestHead& request, absl::Time now, absl::string_view encoding,
                        absl::string_view accepted, bool accepts, CallHead* head) {
  absl::Status status = ReadCompression(encoding, head);
  status.Update(ReadTimeout(request.Header("connect-timeout-ms"), now, head));
  status.Update(ReadActor(request, head));
  head->takes_packed = accepts ? AcceptsGzip(accepted) : head->packed;
  return status;
}

std::optional<Response> ReadPost(const RequestHead& request, absl::Time now, CallHead* head) {
  const bool stream = head->method->stream != nullptr;
  if (!ReadContentType(request.Header("content-type"), head)) return WrongType(*head->method);
  const absl::string_view version = request.Header("connect-protocol-version");
  absl::Status status;
  if (!version.empty() && version != "1") {
    status = absl::InvalidArgumentError("Connect-Protocol-Version must be 1");
  }
  const char* const accept = stream ? "connect-accept-encoding" : "accept-encoding";
  status.Update(ReadCommon(request, now,
                           request.Header(stream ? "connect-content-encoding" : "content-encoding"),
                           request.Header(accept), request.Has(accept), head));
  if (status.ok()) return std::nullopt;
  return stream ? StreamErrorResponse(status, head->json) : ErrorResponse(status);
}

std::optional<Response> ReadGet(const RequestHead& request, absl::Time now, CallHead* head) {
  const absl::StatusOr<GetQuery> query = ParseGetQuery(request.query());
  if (!query.ok()) return ErrorResponse(query.status());
  if (!ReadCodec(query->encoding, head)) return WrongType(*head->method);
  const absl::Status status =
      ReadCommon(request, now, query->compression, request.Header("accept-encoding"),
                 request.Has("accept-encoding"), head);
  if (!status.ok()) return ErrorResponse(status);
  head->message = query->message;
  return std::nullopt;
}

}  // namespace

std::optional<Response> ReadCallHead(const RequestHead& request, const request::Method& method,
                                     absl::Time now, CallHead* head) {
  head->method = &method;
  if (request.method == "POST") return ReadPost(request, now, head);
  if (request.method == "GET" && MayBeGot(method)) return ReadGet(request, now, head);
  return WrongMethod(method);
}

}  // namespace headwater::gateway
