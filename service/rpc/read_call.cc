#include <grpcpp/server_context.h>

#include <utility>

#include "kv/engine.h"
#include "rpc/bytes.h"
#include "rpc/call.h"
#include "rpc/errors.h"
#include "rpc/status.h"

namespace headwater::rpc {
namespace {

// The call may be gone once its reactor was told to finish: nothing may be touched after.
void Answer(grpc::ServerUnaryReactor* reactor, const Call& call, database::Reply reply) {
  if (!reply.ok()) return reactor->Finish(ToGrpcStatus(reply.status()));
  MoveInto(*std::move(reply), call.response);
  reactor->Finish(grpc::Status::OK);
}

// Finishes at once, in gRPC's own reactor, which stands inside the context and is done with inline:
// no allocation, no hop.
grpc::ServerUnaryReactor* AnswerNow(const Call& call, database::Reply reply) {
  grpc::ServerUnaryReactor* const reactor = call.context->DefaultReactor();
  Answer(reactor, call, std::move(reply));
  return reactor;
}

// A read on its way through the pool. It belongs to gRPC, which ends it by OnDone.
class PatientRead final : public grpc::ServerUnaryReactor {
 public:
  // The call must be counted in `drain`.
  PatientRead(const request::Method& method, Drain* drain, const Call& call)
      : method_(method), drain_(drain), call_(call) {}

  void Start(WorkerPool* pool) {
    if (!pool->TrySchedule([this] { Run(); })) Answer(this, call_, PoolFull());
  }

  void OnDone() override {
    drain_->End();
    delete this;
  }

  // OnDone does not wait, so gRPC need not send it through its executor.
  bool InternalInlineable() override { return true; }

 private:
  void Run() {
    if (call_.context->IsCancelled()) return Finish(grpc::Status::CANCELLED);
    const FlatBytes bytes(*call_.request);
    Answer(this, call_, method_.read(bytes.view(), kv::Patience::kMayWait));
  }

  const request::Method& method_;
  Drain* const drain_;
  const Call call_;
};

}  // namespace

grpc::ServerUnaryReactor* StartRead(const request::Method& method, const Surroundings& surroundings,
                                    const Call& call) {
  const FlatBytes bytes(*call.request);
  database::Reply reply = method.read(bytes.view(), kv::Patience::kCacheOnly);
  if (reply.ok() || !kv::IsWouldBlock(reply.status())) return AnswerNow(call, std::move(reply));
  if (!surroundings.drain->TryBegin()) return AnswerNow(call, ShuttingDown());
  auto* const read = new PatientRead(method, surroundings.drain, call);
  read->Start(surroundings.pool);
  return read;
}

}  // namespace headwater::rpc
