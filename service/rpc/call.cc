#include "rpc/call.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/server_context.h>

#include <new>
#include <utility>

#include "request/door/errors.h"
#include "rpc/bytes.h"
#include "rpc/status.h"

namespace headwater::rpc {
namespace {

// gRPC's own handler of unary calls, given a Call to keep the messages in.
class Handler final : public grpc::internal::MethodHandler {
 public:
  Handler(const request::Method& method, const Surroundings& surroundings)
      : method_(method), surroundings_(surroundings), unary_(&Handler::Start) {}

  void RunHandler(const HandlerParameter& parameter) override {
    void* const place =
        grpc::g_core_codegen_interface->grpc_call_arena_alloc(parameter.call->call(), sizeof(Call));
    Call* const call = new (place)
        Call(method_, surroundings_,
             static_cast<grpc::CallbackServerContext*>(parameter.server_context), *parameter.call);
    grpc::MessageHolder<grpc::ByteBuffer, grpc::ByteBuffer>* const messages = call;
    unary_.RunHandler(HandlerParameter(parameter.call, parameter.server_context,
                                       /*req=*/nullptr, parameter.status, messages,
                                       parameter.call_requester));
  }

 private:
  static grpc::ServerUnaryReactor* Start(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* /*request*/,
                                         grpc::ByteBuffer* /*response*/) {
    Call* const call = Call::Of(context);
    return call->method().read ? StartRead(call) : StartWrite(call);
  }

  const request::Method& method_;
  const Surroundings& surroundings_;
  grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer> unary_;
};

}  // namespace

Call::Call(const request::Method& method, const Surroundings& surroundings,
           grpc::CallbackServerContext* context, const grpc::internal::Call& call)
    : method_(method), surroundings_(surroundings), context_(context), call_(call) {
  set_request(&request_);
  set_response(&response_);
  grpc::g_core_codegen_interface->grpc_call_ref(call_.call());
}

Call::~Call() {
  if (has_memory_) surroundings_.memory->Give(size_);
  if (has_time_) surroundings_.drain->End();
}

Call* Call::Of(grpc::CallbackServerContext* context) {
  return static_cast<Call*>(context->GetRpcAllocatorState());
}

void Call::Receive(grpc::ServerUnaryReactor* reactor, void (*then)(Call* call)) {
  reactor_ = reactor;
  then_ = then;
  Keep();
  surroundings_.arrivals->Enter(this);
  read_tag_.Set(
      call_.call(), [this](bool ok) { Received(ok); }, &read_, /*can_inline=*/true);
  read_.set_core_cq_tag(&read_tag_);
  read_.RecvMessage(&request_);
  call_.PerformOps(&read_);
}

void Call::Received(bool ok) {
  if (surroundings_.arrivals->Leave(this)) {
    if (ok) {
      size_ = request_.Length();
      then_(this);
    } else {
      Answer(IsCancelled() ? absl::CancelledError() : request::NoRequest());
    }
  }
  Release();
}

bool Call::IsCancelled() const { return context_->IsCancelled(); }

bool Call::TryTakeMemory() { return has_memory_ = surroundings_.memory->TryTake(size_); }

bool Call::TryTakeTime() { return has_time_ = surroundings_.drain->TryBegin(); }

void Call::Answer(database::Reply reply) {
  if (!reply.ok()) return reactor_->Finish(ToGrpcStatus(reply.status()));
  MoveInto(*std::move(reply), &response_);
  reactor_->Finish(grpc::Status::OK);
}

void Call::Release() {
  if (kept_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  grpc_call* const call = call_.call();
  this->~Call();
  grpc::g_core_codegen_interface->grpc_call_unref(call);  // and with it the memory
}

// An operation that has nothing to do ends at once, and is heard of after all that ended before.
void Call::AskWhetherArrived() {
  struct Question {
    grpc::internal::CallOpSet<> nothing;
    grpc::internal::CallbackWithSuccessTag tag;
  };
  auto* const question = new Question;
  Keep();
  const auto answered = [call = this, question](bool /*ok*/) {
    Call* const asked = call;  // what is captured goes with the question
    delete question;
    asked->surroundings_.arrivals->Confirm(asked);
    asked->Release();
  };
  question->tag.Set(call_.call(), answered, &question->nothing, /*can_inline=*/true);
  question->nothing.set_core_cq_tag(&question->tag);
  call_.PerformOps(&question->nothing);
}

void Call::Refuse() { Answer(request::TooMuchArriving()); }

std::unique_ptr<grpc::internal::MethodHandler> MakeHandler(const request::Method& method,
                                                           const Surroundings& surroundings) {
  return std::make_unique<Handler>(method, surroundings);
}

}  // namespace headwater::rpc
