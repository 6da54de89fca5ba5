#include <grpcpp/server_context.h>

#include <utility>

#include "base/cancellation.h"
#include "kv/engine.h"
#include "request/door/errors.h"
#include "rpc/bytes.h"
#include "rpc/call.h"

namespace headwater::rpc {
namespace {

void RunInPool(Call* call) {
  if (call->IsCancelled()) return call->Answer(absl::CancelledError());
  const FlatBytes bytes(call->request_bytes());
  call->DropRequest();
  const auto is_cancelled = [call] { return call->IsCancelled(); };
  const CancellationScope scope(is_cancelled);
  call->Answer(call->method().read(bytes.view(), kv::Patience::kMayWait));
}

void MoveToPool(Call* call) {
  if (!call->TryTakeTime()) return call->Answer(request::ShuttingDown());
  if (!call->TryTakeMemory()) return call->Answer(request::TooMuchInWork());
  if (!call->surroundings().pool->TrySchedule([call] { RunInPool(call); })) {
    call->Answer(request::PoolFull());
  }
}

void Run(Call* call) {
  if (call->IsLarge()) return MoveToPool(call);
  const FlatBytes bytes(call->request_bytes());
  database::Reply reply = call->method().read(bytes.view(), kv::Patience::kCacheOnly);
  if (!reply.ok() && kv::IsWouldBlock(reply.status())) return MoveToPool(call);
  call->Answer(std::move(reply));
}

}  // namespace

// gRPC's own reactor stands inside the context and is done with inline: no allocation, no hop.
grpc::ServerUnaryReactor* StartRead(Call* call) {
  grpc::ServerUnaryReactor* const reactor = call->context()->DefaultReactor();
  call->Receive(reactor, &Run);
  return reactor;
}

}  // namespace headwater::rpc
