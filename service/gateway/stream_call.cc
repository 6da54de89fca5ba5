#include "gateway/stream_call.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "gateway/compression.h"
#include "gateway/connect_error.h"
#include "gateway/envelope.h"
#include "gateway/json.h"
#include "gateway/metrics.h"
#include "gateway/ticket.h"
#include "request/door/errors.h"

namespace headwater::gateway {
namespace {

// It stays until its end is with the client, or the client is gone. One step after the other, each
// begun by the one before: nothing of it is in use twice at a time. But its deadline may end it
// while a message is being made, which then goes nowhere.
class StreamCall : public request::Streams::Stream,
                   public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(CallHead head, const Surroundings& surroundings, std::shared_ptr<Exchange> exchange)
      : head_(std::move(head)),
        surroundings_(surroundings),
        exchange_(std::move(exchange)),
        began_(absl::Now()),
        ticket_(surroundings.admission) {}
  ~StreamCall() override {
    if (entered_) surroundings_.admission->exports.Leave(this);
  }

  void Start() {
    body_ = exchange_->TakeBody();
    exchange_->BeginStream(Head());
    if (head_.deadline != absl::InfiniteFuture()) {
      exchange_->SetDeadline(head_.deadline, [self = shared_from_this()] { self->Expire(); });
    }
    entered_ = surroundings_.admission->exports.Enter(this);
    if (!entered_) return End(request::TooManyStreams());
    Proceed();
  }

  // Another wants its place, and this one has not moved for long.
  void Cancel() override { exchange_->Abort(); }

 private:
  // Who may speak to the exchange: whoever makes a message, nobody while one is written, nobody
  // after the last.
  enum class Turn { kMaking, kWriting, kOver };

  static absl::Status Late() {
    return absl::DeadlineExceededError("the call's time was over before its last message");
  }

  Response Head() const {
    Response head;
    head.headers = {
        {"Content-Type", head_.json ? "application/connect+json" : "application/connect+proto"},
        {"Cache-Control", "no-store"},
    };
    if (head_.takes_packed) head.headers.emplace_back("Connect-Content-Encoding", "gzip");
    return head;
  }

  void Proceed() {
    surroundings_.admission->exports.Move(this);
    request::Drain& drain = surroundings_.admission->drain;
    if (!drain.TryBegin()) return End(request::ShuttingDown());
    auto step = [self = shared_from_this(), &drain] {
      self->Step();
      drain.End();
    };
    if (surroundings_.pool->TrySchedule(step, WorkerPool::Priority::kBackground)) return;
    drain.End();
    End(request::PoolFull());
  }

  void Step() {
    if (absl::Now() >= head_.deadline) return End(Late());
    absl::StatusOr<std::optional<std::string>> next = Next();
    if (!next.ok()) return End(next.status());
    if (!*next) return End(absl::OkStatus());
    std::string piece = Framed(**std::move(next), 0);
    if (!ticket_.TryTakeAnswer(piece.capacity(), /*must=*/false)) {
      return End(request::TooMuchUnread());
    }
    {
      const std::lock_guard lock(mutex_);
      if (turn_ == Turn::kOver) return;
      turn_ = Turn::kWriting;
    }
    exchange_->SendPiece(std::move(piece),
                         [self = shared_from_this()](bool ok) { self->Written(ok); });
  }

  void Written(bool ok) {
    ticket_.GiveAnswer();
    bool is_late = false;
    {
      const std::lock_guard lock(mutex_);
      turn_ = Turn::kMaking;
      is_late = is_late_;
    }
    if (!ok) return End(absl::CancelledError());
    if (is_late) return End(Late());
    Proceed();
  }

  // In the midst of a message nothing can be said; it is once that is written.
  void Expire() {
    {
      const std::lock_guard lock(mutex_);
      is_late_ = true;
      if (turn_ != Turn::kMaking) return;
      turn_ = Turn::kOver;
    }
    SendEnd(Late());
  }

  absl::StatusOr<std::optional<std::string>> Next() {
    if (answers_ == nullptr) {
      if (absl::Status status = ReadRequest(); !status.ok()) return status;
      auto answers = head_.method->stream(body_);
      if (!answers.ok()) return answers.status();
      answers_ = *std::move(answers);
      body_.clear();
    }
    absl::StatusOr<std::optional<std::string>> next = answers_->Next();
    if (!next.ok() || !*next || !head_.json) return next;
    absl::StatusOr<std::string> json = JsonOf(*head_.method->descriptor->output_type(), **next);
    if (!json.ok()) return json.status();
    return *std::move(json);
  }

  // From the body to the message in wire format.
  absl::Status ReadRequest() {
    const absl::StatusOr<Envelope> envelope = ReadOnlyEnvelope(body_);
    if (!envelope.ok()) return envelope.status();
    std::string bytes(envelope->message);
    if (envelope->packed && !bytes.empty()) {
      if (!head_.packed) {
        return absl::InvalidArgumentError(
            "the request's frame is compressed, but no Connect-Content-Encoding says how");
      }
      const absl::StatusOr<size_t> size = UnpackedSize(bytes);
      if (!size.ok()) return size.status();
      if (*size > request::kLargeRequestBytes) {
        return request::RequestTooLarge(request::kLargeRequestBytes);
      }
      absl::StatusOr<std::string> plain = Unpack(bytes);
      if (!plain.ok()) return plain.status();
      bytes = *std::move(plain);
    }
    if (bytes.size() > request::kLargeRequestBytes) {
      return request::RequestTooLarge(request::kLargeRequestBytes);
    }
    if (head_.json) {
      absl::StatusOr<std::string> wire = WireOf(*head_.method->descriptor->input_type(), bytes);
      if (!wire.ok()) return wire.status();
      bytes = *std::move(wire);
    }
    body_ = std::move(bytes);
    return absl::OkStatus();
  }

  std::string Framed(std::string message, unsigned char flags) const {
    if (head_.takes_packed && message.size() >= kWorthCompressing) {
      message = Pack(message);
      flags |= kPacked;
    }
    return Enveloped(message, flags);
  }

  // Unless it has ended.
  void End(const absl::Status& status) {
    {
      const std::lock_guard lock(mutex_);
      if (turn_ == Turn::kOver) return;
      turn_ = Turn::kOver;
    }
    SendEnd(status);
  }

  void SendEnd(const absl::Status& status) {
    surroundings_.metrics->Called(*head_.method->descriptor, status.code(), absl::Now() - began_);
    exchange_->SendPiece(
        Framed(EndStreamJson(status), kEndStream),
        [self = shared_from_this()](bool /*ok*/) { self->exchange_->EndStream(); });
  }

  const CallHead head_;
  const Surroundings& surroundings_;
  const std::shared_ptr<Exchange> exchange_;
  const absl::Time began_;
  bool entered_ = false;
  Ticket ticket_;  // for the message that is being written
  std::string body_;
  std::unique_ptr<request::Answers> answers_;

  std::mutex mutex_;
  // Guarded by mutex_.
  Turn turn_ = Turn::kMaking;
  bool is_late_ = false;
};

}  // namespace

void StartStreamCall(CallHead head, const Surroundings& surroundings,
                     std::shared_ptr<Exchange> exchange) {
  std::make_shared<StreamCall>(std::move(head), surroundings, std::move(exchange))->Start();
}

}  // namespace headwater::gateway
