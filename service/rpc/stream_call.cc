#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "request/door/errors.h"
#include "rpc/bytes.h"
#include "rpc/status.h"
#include "rpc/stream_call.h"

namespace headwater::rpc {
namespace {

// A request that is answered by a stream. Each message is made on the pool once the one before has
// been taken, as a piece of work of its own: calls that are not streams come in between, and a
// shutdown waits for the piece alone. gRPC owns it and ends it by OnDone.
class StreamCall final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                         public request::Streams::Stream {
 public:
  StreamCall(const request::Method& method, const Surroundings& surroundings,
             grpc::CallbackServerContext* context)
      : method_(method), surroundings_(surroundings), context_(context) {
    entered_ = surroundings_.exports->Enter(this);
    if (entered_) {
      StartRead(&request_);
    } else {
      End(request::TooManyStreams());
    }
  }

  void OnReadDone(bool ok) override {
    if (!ok) return End(context_->IsCancelled() ? absl::CancelledError() : request::NoRequest());
    Proceed();
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return End(absl::CancelledError());
    Proceed();
  }
  void OnDone() override {
    if (entered_) surroundings_.exports->Leave(this);
    delete this;
  }
  void Cancel() override { context_->TryCancel(); }

 private:
  void End(const absl::Status& status) { Finish(ToGrpcStatus(status)); }

  void Proceed() {
    surroundings_.exports->Move(this);
    if (!surroundings_.drain->TryBegin()) return End(request::ShuttingDown());
    WorkerPool::Task task = [this, drain = surroundings_.drain] {
      Step();  // the call may be gone then
      drain->End();
    };
    if (surroundings_.pool->TrySchedule(std::move(task), WorkerPool::Priority::kBackground)) return;
    surroundings_.drain->End();
    End(request::PoolFull());
  }

  void Step() {
    if (context_->IsCancelled()) return End(absl::CancelledError());
    absl::StatusOr<std::optional<std::string>> next = Next();
    if (!next.ok()) return End(next.status());
    if (!*next) return End(absl::OkStatus());
    MoveInto(**std::move(next), &response_);
    StartWrite(&response_);
  }

  absl::StatusOr<std::optional<std::string>> Next() {
    if (answers_ == nullptr) {
      const FlatBytes bytes(request_);
      request_.Clear();
      if (bytes.view().size() > request::kLargeRequestBytes)
        return request::RequestTooLarge(request::kLargeRequestBytes);
      absl::StatusOr<std::unique_ptr<request::Answers>> answers = method_.stream(bytes.view());
      if (!answers.ok()) return answers.status();
      answers_ = *std::move(answers);
    }
    return answers_->Next();
  }

  const request::Method& method_;
  const Surroundings& surroundings_;
  grpc::CallbackServerContext* const context_;
  bool entered_ = false;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  std::unique_ptr<request::Answers> answers_;
};

}  // namespace

std::unique_ptr<grpc::internal::MethodHandler> MakeStreamHandler(const request::Method& method,
                                                                 const Surroundings& surroundings) {
  return std::make_unique<grpc::internal::CallbackBidiHandler<grpc::ByteBuffer, grpc::ByteBuffer>>(
      [&method, &surroundings](grpc::CallbackServerContext* context) {
        return new StreamCall(method, surroundings, context);
      });
}

}  // namespace headwater::rpc
