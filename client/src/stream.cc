#include "stream.h"

#include <utility>

#include "grpcpp/impl/codegen/proto_utils.h"
#include "status_from_grpc.h"

namespace headwater::internal {

using google::protobuf::Message;
using Traits = grpc::SerializationTraits<Message>;

Stream::Stream(grpc::GenericStub* stub, const std::string& method, const char* actor_key,
               const std::string& actor) {
  if (!actor.empty()) context_.AddMetadata(actor_key, actor);
  stub->PrepareBidiStreamingCall(&context_, method, {}, this);
  AddHold();
  StartRead(&in_);
  StartCall();
}

Stream::~Stream() { End().IgnoreError(); }

bool Stream::Write(const Message& message, absl::Time deadline) {
  bool own_buffer = false;
  grpc::ByteBuffer bytes;
  const grpc::Status serialized = Traits::Serialize(message, &bytes, &own_buffer);
  if (!serialized.ok()) {
    damaged_ = StatusFromGrpc(serialized);
    return false;
  }
  {
    std::lock_guard lock(mutex_);
    if (unwritable_ || done_) return false;
    writing_ = true;
  }
  out_.Swap(&bytes);
  StartWrite(&out_);
  std::unique_lock lock(mutex_);
  if (!changed_.wait_until(lock, absl::ToChronoTime(deadline), [this] { return !writing_; })) {
    late_ = true;
    return false;
  }
  return !unwritable_;
}

void Stream::EndWrites() { StartWritesDone(); }

bool Stream::Read(Message* message, absl::Time deadline) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_until(lock, absl::ToChronoTime(deadline),
                           [this] { return has_read_ || unreadable_; })) {
    late_ = true;
    return false;
  }
  if (!has_read_) return false;
  has_read_ = false;
  lock.unlock();
  const grpc::Status parsed = Traits::Deserialize(&in_, message);
  if (!parsed.ok()) {
    damaged_ = StatusFromGrpc(parsed);
    return false;
  }
  StartRead(&in_);
  return true;
}

absl::Status Stream::End() {
  std::unique_lock lock(mutex_);
  if (!released_) {
    const bool over = unreadable_ || done_;
    released_ = true;
    lock.unlock();
    if (!over) context_.TryCancel();
    RemoveHold();
    lock.lock();
  }
  changed_.wait(lock, [this] { return done_; });
  if (late_) return absl::DeadlineExceededError("no answer in time");
  if (!damaged_.ok()) return damaged_;
  return StatusFromGrpc(status_);
}

void Stream::OnWriteDone(bool ok) {
  std::lock_guard lock(mutex_);
  writing_ = false;
  if (!ok) unwritable_ = true;
  changed_.notify_all();
}

void Stream::OnReadDone(bool ok) {
  std::lock_guard lock(mutex_);
  (ok ? has_read_ : unreadable_) = true;
  changed_.notify_all();
}

void Stream::OnDone(const grpc::Status& status) {
  std::lock_guard lock(mutex_);
  done_ = true;
  status_ = status;
  changed_.notify_all();
}

}  // namespace headwater::internal
