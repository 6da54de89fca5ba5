// One try of one streamed call: messages out, messages in, over gRPC.
#ifndef HEADWATER_CLIENT_STREAM_H_
#define HEADWATER_CLIENT_STREAM_H_

#include <condition_variable>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/client_callback.h"

namespace headwater::internal {

// Belongs to one thread. A message that has come is held until it is read, and no other is taken
// off the wire before that.
class Stream final : private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  // Starts the call of `method` ("/headwater.v1.ExchangeService/Export"). `actor_key` and `actor`
  // as metadata, none where `actor` is empty. `stub` must outlive it.
  Stream(grpc::GenericStub* stub, const std::string& method, const char* actor_key,
         const std::string& actor);
  // Cancels the call unless it is over.
  ~Stream() override;

  // Sends a message; waits until there is room for the next. False where the call is over, or will
  // be: it took until `deadline`. End() then says why.
  bool Write(const google::protobuf::Message& message, absl::Time deadline);
  // Says that no more will be sent.
  void EndWrites();
  // Waits for the next message; false where there is none before `deadline`, or none any more.
  bool Read(google::protobuf::Message* message, absl::Time deadline);
  // Ends the call, cancelling it where it is not over, and returns its status. DEADLINE_EXCEEDED
  // where a deadline passed above.
  absl::Status End();

 private:
  void OnWriteDone(bool ok) override;
  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

  grpc::ClientContext context_;
  grpc::ByteBuffer out_;
  grpc::ByteBuffer in_;
  bool released_ = false;  // the hold that lets operations begin from outside of reactions
  bool late_ = false;
  absl::Status damaged_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool writing_ = false;
  bool unwritable_ = false;
  bool has_read_ = false;
  bool unreadable_ = false;
  bool done_ = false;
  grpc::Status status_;
};

}  // namespace headwater::internal

#endif  // HEADWATER_CLIENT_STREAM_H_
