#include "gateway/unary_call.h"

#include <atomic>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/cancellation.h"
#include "gateway/compression.h"
#include "gateway/connect_error.h"
#include "gateway/json.h"
#include "gateway/metrics.h"
#include "gateway/ticket.h"
#include "kv/engine.h"
#include "request/door/errors.h"

namespace headwater::gateway {
namespace {

// Turning this much JSON into a message or back takes some 100 us: as long as a thread that carries
// connections should take.
constexpr size_t kLongJson = 8 << 10;

// It stays until the answer is with the client, and what was begun for it has ended.
class UnaryCall : public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(CallHead head, const Surroundings& surroundings, std::shared_ptr<Exchange> exchange)
      : head_(std::move(head)),
        surroundings_(surroundings),
        exchange_(std::move(exchange)),
        began_(absl::Now()),
        ticket_(surroundings.admission) {}

  void Start() {
    body_ = head_.message ? *std::exchange(head_.message, std::nullopt) : exchange_->TakeBody();
    if (body_.empty()) head_.packed = false;  // as the protocol has it
    if (head_.deadline != absl::InfiniteFuture()) {
      exchange_->SetDeadline(head_.deadline, [self = shared_from_this()] {
        self->GiveUp(absl::DeadlineExceededError("the call's time was over before its answer"));
      });
    }
    if (absl::Status status = Measure(); !status.ok()) return Finish(std::move(status), kHere);
    if (head_.method->write) return StartWrite();
    if (IsLong()) return MoveToPool();
    Run(kHere);
  }

 private:
  // Where it runs: on the connection's thread, which may take no time, or in the pool.
  enum Place { kHere, kPool };

  // How large the request is, unpacked.
  absl::Status Measure() {
    size_ = body_.size();
    if (!head_.packed) return absl::OkStatus();
    const absl::StatusOr<size_t> size = UnpackedSize(body_);
    if (!size.ok()) return size.status();
    size_ = std::max(size_, *size);
    if (*size <= request::kMaxReceivedBytes) return absl::OkStatus();
    return absl::ResourceExhaustedError(absl::StrCat("the request has, unpacked, more than ",
                                                     request::kMaxReceivedBytes, " bytes"));
  }

  bool IsLong() const {
    return size_ > (head_.json || head_.packed ? kLongJson : request::kLargeRequestBytes);
  }

  void StartWrite() {
    if (!ticket_.TryTakeTime()) return Finish(request::ShuttingDown(), kHere);
    if (!ticket_.TryTakeMemory(size_)) return Finish(request::TooMuchInWork(), kHere);
    if (IsLong()) return MoveToPool();
    Watch();
    Run(kHere);
  }

  void MoveToPool() {
    if (!ticket_.TryTakeTime()) return Finish(request::ShuttingDown(), kHere);
    if (!ticket_.TryTakeMemory(size_)) return Finish(request::TooMuchInWork(), kHere);
    Watch();
    auto run = [self = shared_from_this()] {
      if (self->answered_) return self->EndWork();
      const auto is_given_up = [&self] { return self->answered_.load(); };
      const CancellationScope scope(is_given_up);
      self->Run(kPool);
    };
    if (!surroundings_.pool->TrySchedule(std::move(run))) Finish(request::PoolFull(), kHere);
  }

  void Watch() {
    exchange_->WatchClient([self = shared_from_this()] {
      self->GiveUp(absl::CancelledError("the client went away"));
    });
  }

  // From the bytes that came to the message in wire format. Once.
  absl::Status Decode() {
    if (decoded_) return absl::OkStatus();
    decoded_ = true;
    if (head_.packed) {
      absl::StatusOr<std::string> bytes = Unpack(body_);
      if (!bytes.ok()) return bytes.status();
      body_ = *std::move(bytes);
    }
    if (!head_.json) return absl::OkStatus();
    absl::StatusOr<std::string> bytes = WireOf(*head_.method->descriptor->input_type(), body_);
    if (!bytes.ok()) return bytes.status();
    body_ = *std::move(bytes);
    return absl::OkStatus();
  }

  void Run(Place place) {
    if (absl::Status status = Decode(); !status.ok()) return Finish(std::move(status), place);
    if (head_.method->write) return Write();
    const auto patience = place == kPool ? kv::Patience::kMayWait : kv::Patience::kCacheOnly;
    database::Reply reply = head_.method->read(body_, patience);
    if (place == kHere && !reply.ok() && kv::IsWouldBlock(reply.status())) return MoveToPool();
    Finish(std::move(reply), place);
  }

  void Write() {
    const database::Caller caller = {
        .actor = head_.actor, .deadline = head_.deadline, .cancelled = [self = shared_from_this()] {
          return self->answered_.load();
        }};
    head_.method->write(body_, caller, [self = shared_from_this()](database::Reply reply) {
      self->Finish(std::move(reply), kHere);  // it may be the connection's thread
    });
  }

  void Finish(database::Reply reply, Place place) {
    if (answered_) return EndWork();
    const bool work = reply.ok() && reply->size() > kLongJson && (head_.json || head_.takes_packed);
    if (work && place == kHere) {
      // Shared, for a task that is not taken is not lost.
      auto shared = std::make_shared<database::Reply>(std::move(reply));
      auto answer = [self = shared_from_this(), shared] { self->Answer(*std::move(*shared)); };
      if (!surroundings_.pool->TrySchedule(answer)) Answer(*std::move(*shared));
      return;
    }
    if (!reply.ok()) return Fail(reply.status());
    Answer(*std::move(reply));
  }

  void Answer(std::string bytes) {
    Response response;
    response.headers.emplace_back("Content-Type",
                                  head_.json ? "application/json" : "application/proto");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (head_.json) {
      absl::StatusOr<std::string> json = JsonOf(*head_.method->descriptor->output_type(), bytes);
      if (!json.ok()) return Fail(json.status());
      bytes = *std::move(json);
    }
    if (head_.takes_packed && bytes.size() >= kWorthCompressing) {
      bytes = Pack(bytes);
      response.headers.emplace_back("Content-Encoding", "gzip");
    }
    response.body = std::move(bytes);
    EndWork();
    const bool must = head_.method->write != nullptr;  // or the client would think nothing was done
    if (!ticket_.TryTakeAnswer(response.body.capacity(), must)) {
      return Fail(request::TooMuchUnread());
    }
    Respond(absl::StatusCode::kOk, std::move(response));
  }

  // All that the work held is let go of, however long the client takes to read its answer.
  void EndWork() {
    body_ = std::string();
    ticket_.GiveMemory();
  }

  void Fail(const absl::Status& status) {
    EndWork();
    Respond(status.code(), ErrorResponse(status));
  }

  // The deadline passed, or the client went away; what was begun may go on, and holds what it does.
  void GiveUp(const absl::Status& status) { Respond(status.code(), ErrorResponse(status)); }

  // The first answer counts.
  void Respond(absl::StatusCode code, Response response) {
    if (answered_.exchange(true)) return;
    surroundings_.metrics->Called(*head_.method->descriptor, code, absl::Now() - began_);
    response.held = shared_from_this();
    exchange_->Respond(std::move(response));
  }

  CallHead head_;
  const Surroundings& surroundings_;
  const std::shared_ptr<Exchange> exchange_;
  const absl::Time began_;
  Ticket ticket_;
  size_t size_ = 0;
  std::string body_;  // as it came; then the message in wire format
  bool decoded_ = false;
  std::atomic<bool> answered_ = false;
};

}  // namespace

void StartUnaryCall(CallHead head, const Surroundings& surroundings,
                    std::shared_ptr<Exchange> exchange) {
  std::make_shared<UnaryCall>(std::move(head), surroundings, std::move(exchange))->Start();
}

}  // namespace headwater::gateway
