#include "stub.h"

#include <algorithm>
#include <future>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "status_from_grpc.h"

namespace headwater::internal {
namespace {

grpc::ChannelArguments ArgumentsFor(int channel) {
  grpc::ChannelArguments arguments;
  // A server that has been restarted is found again within the retry loop's pauses; gRPC's own
  // first pause would be a second.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  // What a page or a batch may hold is the server's to bound.
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetMaxSendMessageSize(-1);
  // Channels of equal arguments would share one connection.
  arguments.SetInt("headwater.channel", channel);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return arguments;
}

// gRPC's text metadata is ASCII; keys that end in "-bin" hold any bytes.
const char* ActorKey(const std::string& actor) {
  const bool ascii = std::all_of(actor.begin(), actor.end(),
                                 [](unsigned char c) { return absl::ascii_isascii(c); });
  return ascii ? "headwater-actor" : "headwater-actor-bin";
}

}  // namespace

Stub::Stub(const ClientOptions& options) {
  for (int i = 0; i < std::max(1, options.channels); ++i) {
    channels_.push_back(grpc::CreateCustomChannel(
        options.address, grpc::InsecureChannelCredentials(), ArgumentsFor(i)));
    stubs_.push_back(std::make_unique<grpc::GenericStub>(channels_.back()));
  }
}

absl::Status Stub::Call(const std::string& method, const grpc::ByteBuffer& request,
                        google::protobuf::Message* response, absl::Time deadline,
                        const std::string& actor) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(deadline));
  if (!actor.empty()) context.AddMetadata(ActorKey(actor), actor);
  grpc::ByteBuffer answer;
  std::promise<grpc::Status> promise;
  Next().UnaryCall(&context, method, {}, &request, &answer,
                   [&promise](grpc::Status status) { promise.set_value(std::move(status)); });
  grpc::Status status = promise.get_future().get();
  if (status.ok()) {
    status = grpc::SerializationTraits<google::protobuf::Message>::Deserialize(&answer, response);
  }
  return StatusFromGrpc(status);
}

std::unique_ptr<Stream> Stub::Open(const std::string& method, const std::string& actor) {
  return std::make_unique<Stream>(&Next(), method, ActorKey(actor), actor);
}

grpc::GenericStub& Stub::Next() {
  return *stubs_[turn_.fetch_add(1, std::memory_order_relaxed) % stubs_.size()];
}

absl::Status Stub::Connect(absl::Time deadline) {
  grpc::Channel& channel = *channels_.front();
  for (;;) {
    const grpc_connectivity_state state = channel.GetState(/*try_to_connect=*/true);
    if (state == GRPC_CHANNEL_READY) return absl::OkStatus();
    if (state == GRPC_CHANNEL_TRANSIENT_FAILURE || state == GRPC_CHANNEL_SHUTDOWN) {
      return absl::UnavailableError("no connection");
    }
    if (!channel.WaitForStateChange(state, absl::ToChronoTime(deadline))) {
      return absl::DeadlineExceededError("no connection in time");
    }
  }
}

}  // namespace headwater::internal
