// One call, from its headers to its answer, for every method.
//
// gRPC's threads are few and carry every connection, so nothing on them may take long or wait. A
// small read is tried there and then from memory; one that would have to wait moves to the pool,
// because the move costs more than a cached read does. A small write is handed over there too, and
// its answer comes from whichever thread the database finishes it on. A large request moves to the
// pool before anybody looks into it.
//
// gRPC would gather the message of a unary call before telling of the call. Here every method is
// registered as one that gets a stream of them, and reads the one that comes: so a call can be
// refused while its message is still on the way. On the wire nothing is different.
#ifndef HEADWATER_RPC_CALL_H_
#define HEADWATER_RPC_CALL_H_

#include <grpc/grpc.h>
#include <grpcpp/impl/call_op_set.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/callback_common.h>
#include <grpcpp/support/message_allocator.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <cstddef>
#include <memory>

#include "base/worker_pool.h"
#include "database/database.h"
#include "request/door/drain.h"
#include "request/door/request_memory.h"
#include "request/door/streams.h"
#include "request/methods.h"
#include "rpc/arrivals.h"

namespace headwater::rpc {

// What calls need of the server. All must outlive it.
struct Surroundings {
  WorkerPool* pool;                // runs what is large or must wait
  request::Drain* drain;           // counts the calls that take time
  Arrivals* arrivals;              // the requests that have not come yet
  request::RequestMemory* memory;  // the work on those that have
  request::Streams* exports;       // open streams of answers
  request::Streams* imports;       // open dialogues
};

// gRPC owns it, in the call's own memory, and lets go of it when the call is over.
class Call final : public grpc::MessageHolder<grpc::ByteBuffer, grpc::ByteBuffer>,
                   public Arrivals::Message {
 public:
  Call(const request::Method& method, const Surroundings& surroundings,
       grpc::CallbackServerContext* context, const grpc::internal::Call& call);
  // The call whose context it is.
  static Call* Of(grpc::CallbackServerContext* context);

  const request::Method& method() const { return method_; }
  const Surroundings& surroundings() const { return surroundings_; }
  grpc::CallbackServerContext* context() const { return context_; }
  bool IsCancelled() const;
  // What gRPC is told to call back.
  grpc::ServerUnaryReactor* reactor() const { return reactor_; }

  // Begins to read the request, for `reactor`; `then` is called with it, on a thread of gRPC. Not
  // called where the call ends before: cancelled, refused as one too many, or without a request.
  // Once.
  void Receive(grpc::ServerUnaryReactor* reactor, void (*then)(Call* call));
  const grpc::ByteBuffer& request_bytes() const { return request_; }
  // Lets go of the request, but for what FlatBytes hold of it.
  void DropRequest() { request_.Clear(); }
  // Whether the request is too large for gRPC's threads.
  bool IsLarge() const { return size_ > request::kLargeRequestBytes; }
  // Counts the work on the request in, until the call is over. False where there is no room.
  bool TryTakeMemory();
  // Counts the call as one that takes time, until it is over. False where the server shuts down.
  bool TryTakeTime();
  // Ends the call. The call may be gone then: nothing of it may be touched.
  void Answer(database::Reply reply);

  // As MessageHolder and Arrivals::Message ask.
  void Keep() override { kept_.fetch_add(1, std::memory_order_relaxed); }
  void Release() override;
  void AskWhetherArrived() override;
  void Refuse() override;

 private:
  // The request came, or will never come.
  void Received(bool ok);
  ~Call() override;  // by Release alone

  const request::Method& method_;
  const Surroundings& surroundings_;
  grpc::CallbackServerContext* const context_;
  grpc::internal::Call call_;
  grpc::ServerUnaryReactor* reactor_ = nullptr;
  void (*then_)(Call* call) = nullptr;
  std::atomic<int> kept_ = 1;

  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  size_t size_ = 0;  // of the request
  bool has_memory_ = false;
  bool has_time_ = false;

  grpc::internal::CallOpSet<grpc::internal::CallOpRecvMessage<grpc::ByteBuffer>> read_;
  grpc::internal::CallbackWithSuccessTag read_tag_;
};

// Start `call` and return its reactor, finished or to be finished later. Never wait. Of their own
// they refuse
//   RESOURCE_EXHAUSTED  what the pool takes no more of, and what the memory has no room for
//   UNAVAILABLE         a write, and a read that must wait, once the server is shutting down
grpc::ServerUnaryReactor* StartRead(Call* call);
grpc::ServerUnaryReactor* StartWrite(Call* call);

// What gRPC calls for each call of `method`. Both must outlive the server.
std::unique_ptr<grpc::internal::MethodHandler> MakeHandler(const request::Method& method,
                                                           const Surroundings& surroundings);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_CALL_H_
