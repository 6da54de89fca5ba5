#include <grpcpp/server_context.h>

#include <utility>

#include "kv/engine.h"
#include "rpc/bytes.h"
#include "rpc/call.h"
#include "rpc/errors.h"
#include "rpc/status.h"

namespace headwater::rpc {
namespace {

// The call is gone once its reactor was told to finish: nothing may be touched after.
void Finish(grpc::ServerUnaryReactor* reactor, grpc::ByteBuffer* response, database::Reply reply) {
  if (!reply.ok()) return reactor->Finish(ToGrpcStatus(reply.status()));
  MoveInto(*std::move(reply), response);
  reactor->Finish(grpc::Status::OK);
}

// Reads once more, on a thread of the pool, where waiting is allowed.
void ReadPatiently(const request::Method& method, const Call& call,
                   grpc::ServerUnaryReactor* reactor) {
  if (call.context->IsCancelled()) return reactor->Finish(grpc::Status::CANCELLED);
  const FlatBytes bytes(*call.request);
  Finish(reactor, call.response, method.read(bytes.view(), kv::Patience::kMayWait));
}

}  // namespace

grpc::ServerUnaryReactor* StartRead(const request::Method& method, WorkerPool* pool,
                                    const Call& call) {
  // gRPC's own reactor stands inside the context and is done with inline: no allocation, no hop.
  grpc::ServerUnaryReactor* const reactor = call.context->DefaultReactor();
  const FlatBytes bytes(*call.request);
  database::Reply reply = method.read(bytes.view(), kv::Patience::kCacheOnly);
  if (reply.ok() || !kv::IsWouldBlock(reply.status())) {
    Finish(reactor, call.response, std::move(reply));
    return reactor;
  }
  const bool scheduled =
      pool->TrySchedule([&method, call, reactor] { ReadPatiently(method, call, reactor); });
  if (!scheduled) reactor->Finish(ToGrpcStatus(PoolFull()));
  return reactor;
}

}  // namespace headwater::rpc
