#include "rpc/service.h"

#include <grpcpp/impl/rpc_service_method.h>

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rpc/dialogue_call.h"
#include "rpc/stream_call.h"

namespace headwater::rpc {

using google::protobuf::ServiceDescriptor;

Service::Service(std::vector<request::Method> methods, const Surroundings& surroundings)
    : name_(methods.front().descriptor->service()->full_name()), surroundings_(surroundings) {
  for (request::Method& method : methods) {
    std::string path = absl::StrCat("/", name_, "/", method.descriptor->name());
    Add(entries_.emplace_back(Entry{std::move(path), std::move(method)}));
  }
}

// The same calls as in generated code for a "raw callback" method, which gets bytes for messages.
void Service::Add(const Entry& entry) {
  const int index = static_cast<int>(entries_.size()) - 1;
  if (entry.method.stream || entry.method.dialogue) {
    AddMethod(new grpc::internal::RpcServiceMethod(
        entry.path.c_str(), grpc::internal::RpcMethod::BIDI_STREAMING, /*handler=*/nullptr));
    MarkMethodRawCallback(index,
                          (entry.method.stream ? MakeStreamHandler(entry.method, surroundings_)
                                               : MakeDialogueHandler(entry.method, surroundings_))
                              .release());
    return;
  }
  // Whatever the descriptor says: gRPC is not to gather the request before it tells of the call.
  AddMethod(new grpc::internal::RpcServiceMethod(
      entry.path.c_str(), grpc::internal::RpcMethod::CLIENT_STREAMING, /*handler=*/nullptr));
  MarkMethodRawCallback(index, MakeHandler(entry.method, surroundings_).release());
}

std::vector<std::unique_ptr<Service>> MakeServices(std::vector<request::Method> methods,
                                                   const Surroundings& surroundings) {
  std::vector<const ServiceDescriptor*> order;
  std::map<const ServiceDescriptor*, std::vector<request::Method>> by_service;
  for (request::Method& method : methods) {
    const ServiceDescriptor* const service = method.descriptor->service();
    if (!by_service.contains(service)) order.push_back(service);
    by_service[service].push_back(std::move(method));
  }
  std::vector<std::unique_ptr<Service>> services;
  for (const ServiceDescriptor* service : order) {
    services.push_back(std::make_unique<Service>(std::move(by_service[service]), surroundings));
  }
  return services;
}

}  // namespace headwater::rpc
