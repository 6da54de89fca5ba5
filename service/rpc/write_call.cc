#include <grpcpp/server_context.h>

#include <atomic>
#include <memory>
#include <utility>

#include "rpc/bytes.h"
#include "rpc/call.h"
#include "rpc/caller.h"
#include "rpc/errors.h"
#include "rpc/status.h"

namespace headwater::rpc {
namespace {

// A write under way. It belongs to gRPC, which ends it by OnDone: after the handler returned, the
// answer was given, and the call completed or was cancelled, whichever comes last. So the
// database's answer always finds it alive, however early the client went away.
class WriteCall final : public grpc::ServerUnaryReactor {
 public:
  // The call must be counted in `drain`.
  WriteCall(Drain* drain, grpc::ByteBuffer* response) : drain_(drain), response_(response) {}

  void Start(const request::Method& method, const Call& call) {
    absl::StatusOr<database::Caller> caller = CallerOf(*call.context);
    if (!caller.ok()) return Finish(ToGrpcStatus(caller.status()));
    // The flag is shared, for the database may ask after this object is gone.
    caller->cancelled = [flag = cancelled_] { return flag->load(std::memory_order_relaxed); };
    const FlatBytes bytes(*call.request);
    method.write(bytes.view(), *caller,
                 [this](database::Reply reply) { Answer(std::move(reply)); });
  }

  void OnCancel() override { cancelled_->store(true, std::memory_order_relaxed); }
  void OnDone() override {
    drain_->End();
    delete this;
  }

  // Neither reaction waits, so gRPC need not send them through its executor.
  bool InternalInlineable() override { return true; }

 private:
  // Nothing of this object may be touched after Finish.
  void Answer(database::Reply reply) {
    if (!reply.ok()) return Finish(ToGrpcStatus(reply.status()));
    MoveInto(*std::move(reply), response_);
    Finish(grpc::Status::OK);
  }

  Drain* const drain_;
  grpc::ByteBuffer* const response_;
  const std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace

grpc::ServerUnaryReactor* StartWrite(const request::Method& method,
                                     const Surroundings& surroundings, const Call& call) {
  if (!surroundings.drain->TryBegin()) {
    grpc::ServerUnaryReactor* const refusal = call.context->DefaultReactor();
    refusal->Finish(ToGrpcStatus(ShuttingDown()));
    return refusal;
  }
  auto* const write = new WriteCall(surroundings.drain, call.response);
  write->Start(method, call);
  return write;
}

}  // namespace headwater::rpc
