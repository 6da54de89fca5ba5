#include "rpc/server.h"

#include <grpc/compression.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "request/door/address.h"
#include "rpc/service.h"

namespace headwater::rpc {
namespace {

constexpr absl::Duration kClosing = absl::Seconds(1);
constexpr size_t kQuotaBesides = size_t{512} << 20;

// Plugins and health are switches of the whole process in gRPC.
void EnableHealthAndReflection() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

void SetLimits(const ServerOptions& options, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(request::kMaxReceivedBytes);
  builder->SetMaxSendMessageSize(kMaxSentBytes);
  // gRPC looks at a compressed message's size only when it has unpacked it: a megabyte on the wire
  // was seen to take a gigabyte and twenty seconds before it was refused. So none is taken.
  for (const grpc_compression_algorithm algorithm : {GRPC_COMPRESS_DEFLATE, GRPC_COMPRESS_GZIP}) {
    builder->SetCompressionAlgorithmSupportStatus(algorithm, false);
  }
  // Where gRPC's buffers pass its quota it resets calls and closes connections, anybody's, and says
  // no more than that. So it stands far above what is let arrive, for what passes by our own door:
  // connections by the ten thousand, messages to gRPC's own services.
  grpc::ResourceQuota quota("headwater");
  quota.Resize(2 * options.admission->limits.request_memory + kQuotaBesides);
  builder->SetResourceQuota(quota);
}

void SetChannel(grpc::ServerBuilder* builder) {
  // With it on, a second server would listen on a port in use and take half of its connections.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // Nothing here serves what channelz gathers, and gathering it costs some percent of a cached
  // read.
  builder->AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);
  // Finds peers that vanished; lets clients ask the same every 10 seconds, calls or none.
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
}

void SetHealth(grpc::Server* server, const std::vector<std::unique_ptr<Service>>& services) {
  grpc::HealthCheckServiceInterface* const health = server->GetHealthCheckService();
  for (const auto& service : services) health->SetServingStatus(service->name(), true);
}

}  // namespace

Server::Server(std::vector<request::Method> methods, WorkerPool* pool, const ServerOptions& options)
    : admission_(options.admission),
      arrivals_({.most_slow = admission_->memory.MostArriving(request::kMaxReceivedBytes)}),
      services_(MakeServices(std::move(methods),
                             {pool, &admission_->drain, &arrivals_, &admission_->memory,
                              &admission_->exports, &admission_->imports})) {}

Server::~Server() { Shutdown(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(std::vector<request::Method> methods,
                                                      WorkerPool* pool,
                                                      const ServerOptions& options) {
  absl::StatusOr<request::Address> address = request::ParseAddress(options.listen);
  if (!address.ok()) return address.status();
  EnableHealthAndReflection();
  auto server = std::unique_ptr<Server>(new Server(std::move(methods), pool, options));
  grpc::ServerBuilder builder;
  SetLimits(options, &builder);
  SetChannel(&builder);
  for (const auto& service : server->services_) builder.RegisterService(service.get());
  int port = 0;
  builder.AddListeningPort(request::ToString(*address), grpc::InsecureServerCredentials(), &port);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr) return request::WhyNotListening(*address, "--listen");
  address->port = port;
  server->address_ = request::ToString(*address);
  SetHealth(server->server_.get(), server->services_);
  return server;
}

void Server::Shutdown(absl::Duration grace) {
  if (server_ == nullptr || shut_down_) return;
  shut_down_ = true;
  server_->GetHealthCheckService()->Shutdown();
  const bool drained = admission_->drain.Close(grace);
  arrivals_.Stop();
  // What may be left now: answers on their way, for which there is a moment, and streams of gRPC's
  // own services, which need not end by themselves.
  server_->Shutdown(absl::ToChronoTime(absl::Now() + (drained ? kClosing : absl::ZeroDuration())));
  server_->Wait();
  arrivals_.WaitForNone();
}

}  // namespace headwater::rpc
