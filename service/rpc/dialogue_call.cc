#include "rpc/dialogue_call.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "request/door/errors.h"
#include "rpc/bytes.h"
#include "rpc/caller.h"
#include "rpc/status.h"

namespace headwater::rpc {
namespace {

// How many messages are asked and not answered, once the first is.
constexpr size_t kMostAsked = 3;

// One such call. gRPC owns it and ends it by OnDone, which comes once Finish was called and nothing
// is under way; Finish is called once, and never while a message is handed on or worked on.
class DialogueCall final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                           public request::Streams::Stream {
 public:
  DialogueCall(const request::Method& method, const Surroundings& surroundings,
               grpc::CallbackServerContext* context)
      : method_(method), surroundings_(surroundings), context_(context) {
    entered_ = surroundings_.imports->Enter(this);
    if (entered_) {
      reading_ = true;
      StartRead(&incoming_);
    } else {
      Finish(ToGrpcStatus(request::TooManyStreams()));
    }
  }

  void OnReadDone(bool ok) override {
    surroundings_.imports->Move(this);
    std::unique_lock lock(mutex_);
    reading_ = false;
    if (!ok) reads_over_ = true;
    if (!ok || end_) return Advance(&lock);
    const size_t size = incoming_.Length();
    if (!surroundings_.memory->TryTake(size)) {
      end_ = request::TooMuchInWork();
      return Advance(&lock);
    }
    asked_.push_back(size);
    message_.Swap(&incoming_);
    incoming_.Clear();
    asking_ = true;
    Schedule(&lock, &DialogueCall::Ask);
  }

  void OnWriteDone(bool ok) override {
    surroundings_.imports->Move(this);
    std::unique_lock lock(mutex_);
    writing_ = false;
    const request::DialogueAnswer written = std::move(answers_.front());
    answers_.pop_front();
    if (!ok) answers_.clear();
    if ((!ok || written.last) && !end_) end_ = ok ? absl::OkStatus() : absl::CancelledError();
    if (written.more && !end_) return Schedule(&lock, &DialogueCall::More);
    if (!written.more) {
      begun_ = true;
      Give();
    }
    Advance(&lock);
  }

  void OnDone() override {
    if (entered_) surroundings_.imports->Leave(this);
    delete this;
  }
  void Cancel() override { context_->TryCancel(); }

 private:
  // Goes on with whatever can be done now. The mutex is held, and given back; the call may be gone
  // after that.
  void Advance(std::unique_lock<std::mutex>* lock) {
    while (true) {
      const bool write = !writing_ && !answers_.empty();
      if (write) {
        writing_ = true;
        outgoing_.Clear();
        MoveInto(std::move(answers_.front().message), &outgoing_);
      }
      const bool at_work = handing_ > 0 || starting_ > 0 || unanswered_ > 0 || writing_;
      if (reads_over_ && !at_work && !end_) end_ = absl::OkStatus();
      if (end_ && !at_work && !std::exchange(finished_, true)) {
        while (!asked_.empty()) Give();
        const absl::Status status = *end_;
        lock->unlock();
        return Finish(ToGrpcStatus(status));
      }
      const bool read = !end_ && !reads_over_ && !reading_ && !asking_ &&
                        asked_.size() < (begun_ ? kMostAsked : 1);
      if (!read && !write) return lock->unlock();
      if (read) reading_ = true;
      // So that the call does not end before both are begun.
      ++starting_;
      lock->unlock();
      if (read) StartRead(&incoming_);
      if (write) StartWrite(&outgoing_);
      lock->lock();
      --starting_;
    }
  }

  // On the pool, with a question that Schedule counted.
  void Ask() {
    absl::Status status;
    if (context_->IsCancelled()) {
      status = absl::CancelledError();
    } else if (dialogue_ == nullptr) {
      absl::StatusOr<database::Caller> caller = CallerOf(*context_);
      status = caller.status();
      if (caller.ok()) dialogue_ = method_.dialogue(*caller);
    }
    request::Dialogue::Done answered = Answered();
    if (status.ok()) {
      std::string bytes;
      {
        const FlatBytes flat(message_);
        bytes = std::string(flat.view());
      }
      message_.Clear();
      dialogue_->Ask(std::move(bytes), std::move(answered));
    } else {
      answered(std::move(status));
    }
    HandedOn(&asking_);
  }

  // The same, where nothing is asked anew.
  void More() {
    dialogue_->More(Answered());
    HandedOn(nullptr);
  }

  // The answer may have been given on another thread: the call is there still all the same, since
  // it does not end while a question is handed on.
  void HandedOn(bool* flag) {
    std::unique_lock lock(mutex_);
    --handing_;
    if (flag != nullptr) *flag = false;
    Advance(&lock);
  }

  // Has `hand_on` run on the pool, which leads to an answer; a shutdown waits for both. The mutex
  // is held, and given back.
  void Schedule(std::unique_lock<std::mutex>* lock, void (DialogueCall::*hand_on)()) {
    ++handing_;  // so the call stays
    ++unanswered_;
    lock->unlock();
    absl::Status status;
    if (!surroundings_.drain->TryBegin()) {
      status = request::ShuttingDown();
    } else if (surroundings_.pool->TrySchedule([this, hand_on] { (this->*hand_on)(); },
                                               WorkerPool::Priority::kBackground)) {
      return;
    } else {
      surroundings_.drain->End();
      status = request::PoolFull();
    }
    lock->lock();
    --handing_;
    --unanswered_;
    if (hand_on == &DialogueCall::Ask) asking_ = false;
    if (!end_) end_ = std::move(status);
    Advance(lock);
  }

  request::Dialogue::Done Answered() {
    return [this, drain = surroundings_.drain](absl::StatusOr<request::DialogueAnswer> answer) {
      Answer(std::move(answer));  // the call may be gone then
      drain->End();
    };
  }

  void Answer(absl::StatusOr<request::DialogueAnswer> answer) {
    std::unique_lock lock(mutex_);
    --unanswered_;
    if (answer.ok()) {
      answers_.push_back(*std::move(answer));
    } else if (!end_) {
      end_ = answer.status();  // once what was answered before it is written
    }
    Advance(&lock);
  }

  // Gives back the memory of the first message that was asked and is answered now.
  void Give() {
    surroundings_.memory->Give(asked_.front());
    asked_.pop_front();
  }

  const request::Method& method_;
  const Surroundings& surroundings_;
  grpc::CallbackServerContext* const context_;
  bool entered_ = false;
  std::unique_ptr<request::Dialogue> dialogue_;

  grpc::ByteBuffer incoming_;  // being read
  grpc::ByteBuffer message_;   // being handed on
  grpc::ByteBuffer outgoing_;  // being written

  std::mutex mutex_;
  // Guarded by mutex_.
  bool reading_ = false;
  bool asking_ = false;       // message_ is being handed on
  size_t handing_ = 0;        // questions that are being handed on, More among them
  size_t starting_ = 0;       // threads that are about to begin a read or a write
  bool writing_ = false;      // the first of answers_
  bool begun_ = false;        // the first message is answered
  bool reads_over_ = false;   // no message will come
  size_t unanswered_ = 0;     // questions, More among them, whose answer is to come
  std::deque<size_t> asked_;  // the sizes of messages whose answers are not written
  std::deque<request::DialogueAnswer> answers_;  // not written, or being written
  std::optional<absl::Status> end_;              // how the call is to end
  bool finished_ = false;                        // Finish was called, or is about to be
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
