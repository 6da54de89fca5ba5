// Between gRPC's buffers and the plain bytes of the rest of the server.
#ifndef HEADWATER_RPC_BYTES_H_
#define HEADWATER_RPC_BYTES_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::rpc {

// The bytes of a message as it came off the wire, in one piece. Copies them only where gRPC did not
// keep them together.
class FlatBytes {
 public:
  explicit FlatBytes(const grpc::ByteBuffer& buffer);
  FlatBytes(const FlatBytes&) = delete;
  FlatBytes& operator=(const FlatBytes&) = delete;

  // Valid as long as this object, whatever becomes of the buffer.
  absl::string_view view() const {
    return {reinterpret_cast<const char*>(slice_.begin()), slice_.size()};
  }

 private:
  grpc::Slice slice_;
};

// Puts `bytes` into `buffer`, which is best empty. Long ones are not copied.
void MoveInto(std::string bytes, grpc::ByteBuffer* buffer);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_BYTES_H_
