// One try of one call: bytes in, bytes out, over gRPC.
#ifndef HEADWATER_CLIENT_STUB_H_
#define HEADWATER_CLIENT_STUB_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "headwater/options.h"
#include "stream.h"

namespace headwater::internal {

// Thread-safe.
class Stub {
 public:
  // One channel, connected when it is first used, for each of options.channels.
  explicit Stub(const ClientOptions& options);

  // Calls `method` ("/headwater.v1.ClaimService/GetClaim") with a serialized request. An empty
  // `actor` is not sent, one that is not ASCII as binary metadata.
  absl::Status Call(const std::string& method, const grpc::ByteBuffer& request,
                    google::protobuf::Message* response, absl::Time deadline,
                    const std::string& actor);

  // Starts a streamed call of `method`. Must outlive what it returns.
  std::unique_ptr<Stream> Open(const std::string& method, const std::string& actor);

  // Connects the first channel; see Connection::Connect.
  absl::Status Connect(absl::Time deadline);

 private:
  grpc::GenericStub& Next();

  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  std::atomic<size_t> turn_{0};
};

}  // namespace headwater::internal

#endif  // HEADWATER_CLIENT_STUB_H_
