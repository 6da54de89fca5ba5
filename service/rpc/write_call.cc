#include <grpcpp/server_context.h>

#include <atomic>
#include <memory>
#include <utility>

#include "request/door/errors.h"
#include "rpc/bytes.h"
#include "rpc/call.h"
#include "rpc/caller.h"

namespace headwater::rpc {
namespace {

// A write under way. It belongs to gRPC, which ends it by OnDone: after the handler returned, the
// answer was given, and the call completed or was cancelled, whichever comes last. So the
// database's answer always finds it alive, however early the client went away.
class WriteCall final : public grpc::ServerUnaryReactor {
 public:
  static void Start(Call* call) { static_cast<WriteCall*>(call->reactor())->Run(call); }

  void OnCancel() override { cancelled_->store(true, std::memory_order_relaxed); }
  void OnDone() override { delete this; }

  // Neither reaction waits, so gRPC need not send them through its executor.
  bool InternalInlineable() override { return true; }

 private:
  // A small one may have been answered when it returns: nothing may be touched then.
  void Run(Call* call) {
    if (!call->TryTakeTime()) return call->Answer(request::ShuttingDown());
    if (!call->TryTakeMemory()) return call->Answer(request::TooMuchInWork());
    if (!call->IsLarge()) return Write(call);
    const auto write = [this, call] {
      if (call->IsCancelled()) return call->Answer(absl::CancelledError());
      Write(call);
    };
    if (!call->surroundings().pool->TrySchedule(write)) call->Answer(request::PoolFull());
  }

  void Write(Call* call) {
    absl::StatusOr<database::Caller> caller = CallerOf(*call->context());
    if (!caller.ok()) return call->Answer(caller.status());
    // The flag is shared, for the database may ask after this object is gone.
    caller->cancelled = [flag = cancelled_] { return flag->load(std::memory_order_relaxed); };
    const FlatBytes bytes(call->request_bytes());
    call->DropRequest();
    call->method().write(bytes.view(), *caller,
                         [call](database::Reply reply) { call->Answer(std::move(reply)); });
  }

  const std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace

grpc::ServerUnaryReactor* StartWrite(Call* call) {
  auto* const write = new WriteCall;
  call->Receive(write, &WriteCall::Start);
  return write;
}

}  // namespace headwater::rpc
