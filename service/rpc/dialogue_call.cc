#include "rpc/dialogue_call.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "rpc/bytes.h"
#include "rpc/caller.h"
#include "rpc/errors.h"
#include "rpc/status.h"

namespace headwater::rpc {
namespace {

// One such call. gRPC owns it and ends it by OnDone, which comes once Finish was called and nothing
// is under way; Finish is called once, and never while a message is worked on.
class DialogueCall final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                           public Streams::Stream {
 public:
  DialogueCall(const request::Method& method, const Surroundings& surroundings,
               grpc::CallbackServerContext* context)
      : method_(method), surroundings_(surroundings), context_(context) {
    entered_ = surroundings_.imports->Enter(this);
    if (entered_) {
      StartRead(&incoming_);
    } else {
      End(TooManyStreams());
    }
  }

  void OnReadDone(bool ok) override {
    std::unique_lock lock(mutex_);
    surroundings_.imports->Move(this);
    if (!ok) {
      reads_over_ = true;
      if (!working_) EndOnce(&lock, absl::OkStatus());
      return;
    }
    if (working_ || ending_) {
      waiting_ = true;
      return;
    }
    working_ = true;
    lock.unlock();
    Work();
  }

  void OnWriteDone(bool ok) override {
    surroundings_.imports->Move(this);
    if (ok && more_) return Schedule([this] { dialogue_->More(Answered()); });
    std::unique_lock lock(mutex_);
    if (!ok || last_ || (reads_over_ && !waiting_))
      return EndOnce(&lock, ok ? absl::OkStatus() : absl::CancelledError());
    if (!waiting_) {
      working_ = false;
      return;
    }
    waiting_ = false;
    lock.unlock();
    Work();
  }

  void OnDone() override {
    if (entered_) surroundings_.imports->Leave(this);
    delete this;
  }
  void Cancel() override { context_->TryCancel(); }

 private:
  void End(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void EndOnce(std::unique_lock<std::mutex>* lock, const absl::Status& status) {
    const bool first = !std::exchange(ending_, true);
    lock->unlock();
    if (first) End(status);
  }
  void Fail(const absl::Status& status) {
    std::unique_lock lock(mutex_);
    EndOnce(&lock, status);
  }

  // Works on the message that came, and lets the next come.
  void Work() {
    size_ = incoming_.Length();
    if (!surroundings_.memory->TryTake(size_)) return Fail(TooMuchInWork());
    has_memory_ = true;
    message_.Swap(&incoming_);
    incoming_.Clear();
    Schedule([this] { Ask(); });
    // Not before, and not touched after: with the read done, all may be over.
  }

  void Ask() {
    if (context_->IsCancelled()) return Answered()(absl::CancelledError());
    if (dialogue_ == nullptr) {
      absl::StatusOr<database::Caller> caller = CallerOf(*context_);
      if (!caller.ok()) return Answered()(caller.status());
      dialogue_ = method_.dialogue(*caller);
    }
    std::string bytes;
    {
      const FlatBytes flat(message_);
      bytes = std::string(flat.view());
    }
    message_.Clear();
    StartRead(&incoming_);
    dialogue_->Ask(std::move(bytes), Answered());
  }

  // Runs a piece of work on the pool; a shutdown waits for it and for its answer.
  void Schedule(WorkerPool::Task work) {
    if (!surroundings_.drain->TryBegin()) return Release(ShuttingDown());
    if (surroundings_.pool->TrySchedule(std::move(work), WorkerPool::Priority::kBackground)) return;
    surroundings_.drain->End();
    Release(PoolFull());
  }

  request::Dialogue::Done Answered() {
    return [this, drain = surroundings_.drain](absl::StatusOr<request::DialogueAnswer> answer) {
      Answer(std::move(answer));  // the call may be gone then
      drain->End();
    };
  }

  void Answer(absl::StatusOr<request::DialogueAnswer> answer) {
    if (!answer.ok()) return Release(answer.status());
    GiveMemory();
    more_ = answer->more;
    last_ = answer->last;
    MoveInto(std::move(answer->message), &outgoing_);
    StartWrite(&outgoing_);
  }

  void Release(const absl::Status& status) {
    GiveMemory();
    Fail(status);
  }
  void GiveMemory() {
    if (std::exchange(has_memory_, false)) surroundings_.memory->Give(size_);
  }

  const request::Method& method_;
  const Surroundings& surroundings_;
  grpc::CallbackServerContext* const context_;
  bool entered_ = false;
  std::unique_ptr<request::Dialogue> dialogue_;

  grpc::ByteBuffer incoming_;  // being read, or waiting
  grpc::ByteBuffer message_;   // being worked on
  grpc::ByteBuffer outgoing_;
  size_t size_ = 0;  // of the message
  bool has_memory_ = false;
  bool more_ = false;
  bool last_ = false;

  std::mutex mutex_;
  // Guarded by mutex_.
  bool working_ = false;     // on a message, or writing an answer
  bool waiting_ = false;     // the next message is there
  bool reads_over_ = false;  // no message will come
  bool ending_ = false;      // Finish was called, or is about to be
};

}  // namespace

std::unique_ptr<grpc::internal::MethodHandler> MakeDialogueHandler(
    const request::Method& method, const Surroundings& surroundings) {
  return std::make_unique<grpc::internal::CallbackBidiHandler<grpc::ByteBuffer, grpc::ByteBuffer>>(
      [&method, &surroundings](grpc::CallbackServerContext* context) {
        return new DialogueCall(method, surroundings, context);
      });
}

}  // namespace headwater::rpc
