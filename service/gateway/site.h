// Everything that is served over HTTP, by its address: the methods of the API, the page, health and
// metrics.
#ifndef HEADWATER_GATEWAY_SITE_H_
#define HEADWATER_GATEWAY_SITE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "gateway/exchange.h"
#include "gateway/neighbours.h"
#include "gateway/surroundings.h"
#include "gateway/web_files.h"
#include "request/methods.h"

namespace headwater::gateway {

class Site final : public Handler {
 public:
  // `surroundings` must outlive it, and it the exchanges.
  Site(std::vector<request::Method> methods, const Surroundings& surroundings,
       Neighbours neighbours, WebFiles web);

  Admission Admit(const RequestHead& head) override;
  Response TooLarge(const RequestHead& head, size_t most_body) override;
  Response TooMuchArriving(const RequestHead& head) override;

 private:
  Admission AdmitNeighbour(const RequestHead& head);
  Admission AdmitOwn(const RequestHead& head);
  Admission AdmitCall(const RequestHead& head, const request::Method& method);

  const std::vector<request::Method> methods_;
  const Surroundings& surroundings_;
  const Neighbours neighbours_;
  const WebFiles web_;
  // By path, "/headwater.v1.ClaimService/GetClaim".
  absl::flat_hash_map<std::string, const request::Method*> by_path_;
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_SITE_H_
