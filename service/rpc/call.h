// How one call is run: the two paths, of reads and of writes, each for every method.
//
// gRPC's threads are few and carry every connection, so nothing on them may wait. A read is tried
// there and then from memory; only one that would have to wait moves to the pool, because the move
// costs more than a cached read does. A write is handed over, and its answer comes from whichever
// thread the database finishes it on.
#ifndef HEADWATER_RPC_CALL_H_
#define HEADWATER_RPC_CALL_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "base/worker_pool.h"
#include "request/methods.h"
#include "rpc/drain.h"

namespace headwater::rpc {

// What calls need of the server. Both must outlive it.
struct Surroundings {
  WorkerPool* pool;  // runs the reads that must wait
  Drain* drain;      // counts the calls that take time
};

// What a call is made of; all of it belongs to gRPC and lives until the call was finished.
struct Call {
  grpc::CallbackServerContext* context;
  const grpc::ByteBuffer* request;
  grpc::ByteBuffer* response;
};

// Start `call` on a thread of gRPC and return its reactor, finished or to be finished later. Never
// wait. `method` must outlive the server. Of their own they refuse
//   RESOURCE_EXHAUSTED  a read that must wait, where the pool takes no more
//   UNAVAILABLE         a write, and a read that must wait, once the server is shutting down
grpc::ServerUnaryReactor* StartRead(const request::Method& method, const Surroundings& surroundings,
                                    const Call& call);
grpc::ServerUnaryReactor* StartWrite(const request::Method& method,
                                     const Surroundings& surroundings, const Call& call);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_CALL_H_
