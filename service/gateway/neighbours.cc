#include "gateway/neighbours.h"

#include <arpa/inet.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "request/door/address.h"

namespace headwater::gateway {
namespace {

// "localhost:7412" and "[::1]:7412" without the port and the brackets.
absl::string_view HostWithoutPort(absl::string_view host) {
  if (absl::ConsumePrefix(&host, "[")) return host.substr(0, host.find(']'));
  return host.substr(0, host.rfind(':'));
}

// "localhost:7412" of "http://localhost:7412".
absl::string_view AuthorityOf(absl::string_view origin) {
  const size_t at = origin.find("://");
  return at == absl::string_view::npos ? "" : origin.substr(at + 3);
}

bool IsAddress(const std::string& host) {
  in6_addr address;  // the longer one
  return inet_pton(AF_INET, host.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

}  // namespace

Neighbours::Neighbours(Names names, bool is_remote)
    : names_(std::move(names)), is_remote_(is_remote) {}

bool Neighbours::IsForUs(const RequestHead& head) const {
  const std::vector<absl::string_view> values = head.Headers("host");
  if (values.size() != 1) return false;
  const std::string host(absl::StripSuffix(HostWithoutPort(values.front()), "."));
  if (request::IsLoopback({.host = host}) || (is_remote_ && IsAddress(host))) return true;
  return std::any_of(names_.hosts.begin(), names_.hosts.end(), [&host](const std::string& name) {
    return name == "*" || absl::EqualsIgnoreCase(name, host);
  });
}

bool Neighbours::MaySend(const RequestHead& head) const {
  const absl::string_view origin = head.Header("origin");
  if (origin.empty() || absl::EqualsIgnoreCase(AuthorityOf(origin), head.Header("host"))) {
    return true;
  }
  return IsAllowedStranger(head);
}

bool Neighbours::IsAllowedStranger(const RequestHead& head) const {
  const absl::string_view origin = head.Header("origin");
  return !origin.empty() && !absl::EqualsIgnoreCase(AuthorityOf(origin), head.Header("host")) &&
         std::any_of(names_.origins.begin(), names_.origins.end(), [origin](const auto& allowed) {
           return allowed == "*" || absl::EqualsIgnoreCase(allowed, origin);
         });
}

bool Neighbours::IsPreflight(const RequestHead& head) {
  return head.method == "OPTIONS" && head.Has("origin") &&
         head.Has("access-control-request-method");
}

Response Neighbours::Preflight() {
  return {.status = 204,
          .headers = {{"Access-Control-Allow-Methods", "GET, POST"},
                      {"Access-Control-Allow-Headers",
                       "Content-Type, Content-Encoding, Connect-Protocol-Version, "
                       "Connect-Timeout-Ms, Connect-Accept-Encoding, Connect-Content-Encoding, "
                       "Headwater-Actor, Headwater-Actor-Bin"},
                      {"Access-Control-Max-Age", "7200"}}};
}

std::vector<std::pair<std::string, std::string>> Neighbours::HeadersFor(
    const RequestHead& head) const {
  std::vector<std::pair<std::string, std::string>> headers = {
      {"X-Content-Type-Options", "nosniff"}};
  if (!IsAllowedStranger(head)) {
    headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    return headers;
  }
  headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
  headers.emplace_back("Vary", "Origin");
  headers.emplace_back("Access-Control-Allow-Origin", head.Header("origin"));
  headers.emplace_back("Access-Control-Expose-Headers",
                       "Content-Encoding, Connect-Content-Encoding, Accept-Post");
  return headers;
}

}  // namespace headwater::gateway
