#include "gateway/site.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gateway/call_head.h"
#include "gateway/connect_error.h"
#include "gateway/envelope.h"
#include "gateway/metrics.h"
#include "gateway/stream_call.h"
#include "gateway/unary_call.h"
#include "request/door/errors.h"

namespace headwater::gateway {
namespace {

Handler::Admission Refused(Response response) { return {.refusal = std::move(response)}; }

bool IsGet(const RequestHead& head) { return head.method == "GET" || head.method == "HEAD"; }

// The path of a method has the package in front: "/headwater.v1.ClaimService/GetClaim". No page has
// a dot in its first part.
bool IsCallPath(absl::string_view path) {
  const absl::string_view first = path.substr(0, path.find('/', 1));
  return absl::StrContains(first, '.') && first.size() < path.size();
}

Response NotAllowed(absl::string_view allowed) {
  Response response = PlainText(405, absl::StrCat("this is read by ", allowed));
  response.headers.emplace_back("Allow", allowed);
  return response;
}

// In the form that whoever asks understands: whoever asks for a stream reads no other, and HTTP's
// status is 200 then.
Response Told(const RequestHead& head, const absl::Status& status, int http_status = 0) {
  const absl::string_view type = head.Header("content-type");
  if (!absl::StartsWithIgnoreCase(type, "application/connect+")) {
    return ErrorResponse(status, http_status);
  }
  return StreamErrorResponse(status, absl::StrContains(type, "json"));
}

Response OnlyByGrpc(const RequestHead& head, const request::Method& method) {
  return Told(head, absl::UnimplementedError(absl::StrCat(
                        method.descriptor->full_name(),
                        " goes both ways at once, which HTTP/1.1 does not carry; it is served by "
                        "gRPC")));
}

// What a call's body may have.
size_t MostBody(const CallHead& call) {
  if (call.message) return 0;
  return call.method->stream ? kEnvelopeBytes + request::kLargeRequestBytes
                             : static_cast<size_t>(request::kMaxReceivedBytes);
}

}  // namespace

Site::Site(std::vector<request::Method> methods, const Surroundings& surroundings,
           Neighbours neighbours, WebFiles web)
    : methods_(std::move(methods)),
      surroundings_(surroundings),
      neighbours_(std::move(neighbours)),
      web_(std::move(web)) {
  for (const request::Method& method : methods_) {
    by_path_[absl::StrCat("/", method.descriptor->service()->full_name(), "/",
                          method.descriptor->name())] = &method;
  }
}

Handler::Admission Site::Admit(const RequestHead& head) {
  Admission admission = AdmitNeighbour(head);
  admission.headers = neighbours_.HeadersFor(head);
  return admission;
}

Handler::Admission Site::AdmitNeighbour(const RequestHead& head) {
  if (!neighbours_.IsForUs(head)) {
    return Refused(PlainText(421,
                             "this server is not asked for by that name; --http-allow-host lets it "
                             "be"));
  }
  if (IsCallPath(head.path())) {
    if (!neighbours_.MaySend(head)) {
      return Refused(ErrorResponse(absl::PermissionDeniedError(
          "pages of that origin may not use this server; --http-allow-origin lets them")));
    }
    if (Neighbours::IsPreflight(head)) return Refused(Neighbours::Preflight());
    const auto found = by_path_.find(head.path());
    if (found != by_path_.end()) return AdmitCall(head, *found->second);
    return Refused(ErrorResponse(
        absl::UnimplementedError(absl::StrCat("there is no method ", head.path().substr(1))), 404));
  }
  return AdmitOwn(head);
}

Handler::Admission Site::AdmitOwn(const RequestHead& head) {
  if (!IsGet(head)) return Refused(NotAllowed("GET"));
  if (head.path() == "/healthz") return Refused(PlainText(200, "ok"));
  if (head.path() == "/metrics") {
    return Refused({.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                                {"Cache-Control", "no-store"}},
                    .body = surroundings_.metrics->Text()});
  }
  return Refused(web_.Answer(head));
}

Handler::Admission Site::AdmitCall(const RequestHead& head, const request::Method& method) {
  if (method.dialogue) return Refused(OnlyByGrpc(head, method));
  CallHead call;
  if (std::optional<Response> refusal = ReadCallHead(head, method, absl::Now(), &call)) {
    return Refused(*std::move(refusal));
  }
  return {.most_body = MostBody(call),
          .handle = [this, call = std::move(call)](std::shared_ptr<Exchange> exchange) mutable {
            const auto start = call.method->stream ? &StartStreamCall : &StartUnaryCall;
            start(std::move(call), surroundings_, std::move(exchange));
          }};
}

Response Site::TooLarge(const RequestHead& head, size_t most_body) {
  return Told(head,
              absl::ResourceExhaustedError(absl::StrCat("the request has more than ", most_body,
                                                        " bytes, the most that is taken")),
              413);
}

Response Site::TooMuchArriving(const RequestHead& head) {
  return Told(head, request::TooMuchArriving());
}

}  // namespace headwater::gateway
