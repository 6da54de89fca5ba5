// One gRPC service, made from its descriptor's methods: what generated code would do, for all
// services, over bytes.
#ifndef HEADWATER_RPC_SERVICE_H_
#define HEADWATER_RPC_SERVICE_H_

#include <grpcpp/impl/service_type.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "request/methods.h"
#include "rpc/call.h"

namespace headwater::rpc {

class Service final : public grpc::Service {
 public:
  // Serves `methods`, at least one, all of one service. What the service has beyond them is
  // UNIMPLEMENTED.
  Service(std::vector<request::Method> methods, const Surroundings& surroundings);

  // "headwater.v1.ClaimService"
  const std::string& name() const { return name_; }

 private:
  struct Entry {
    std::string path;  // "/headwater.v1.ClaimService/GetClaim"; gRPC keeps a pointer to it
    request::Method method;
  };
  void Add(const Entry& entry);

  const std::string name_;
  const Surroundings surroundings_;
  std::deque<Entry> entries_;  // gRPC and its handlers point into it
};

// One Service for each service that `methods` are of, in the order of their first methods.
std::vector<std::unique_ptr<Service>> MakeServices(std::vector<request::Method> methods,
                                                   const Surroundings& surroundings);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_SERVICE_H_
