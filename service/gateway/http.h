// HTTP as the gateway's parts speak of it, whatever library carries it.
#ifndef HEADWATER_GATEWAY_HTTP_H_
#define HEADWATER_GATEWAY_HTTP_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace headwater::gateway {

// The head of a request; its views belong to the connection that it came on.
struct RequestHead {
  absl::string_view method;  // "POST"
  absl::string_view target;  // "/healthz?x=1", as it was sent
  std::vector<std::pair<absl::string_view, absl::string_view>> headers;

  // The value of the first header `name`, in any case; empty where there is none.
  absl::string_view Header(absl::string_view name) const;
  std::vector<absl::string_view> Headers(absl::string_view name) const;
  bool Has(absl::string_view name) const;

  // The target up to its "?", and what stands behind it.
  absl::string_view path() const;
  absl::string_view query() const;
};

struct Response {
  int status = 200;
  // Without Content-Length, Connection, Date and Transfer-Encoding, which the connection writes.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // Instead of `body`, where many responses share one.
  std::shared_ptr<const std::string> shared_body;
  // Let go of once the response is with the client, or the client is gone.
  std::shared_ptr<void> held;

  absl::string_view Body() const { return shared_body ? *shared_body : body; }
};

// "404 Not Found", without the number.
absl::string_view ReasonPhrase(int status);

// A short answer in words, ended by a line break.
Response PlainText(int status, absl::string_view text);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_HTTP_H_
