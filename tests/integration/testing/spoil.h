// For the integration tests: all the ways in which a request can be wrong in one place, found from
// its descriptor and the rules in the protos: a new field is spoiled by being there.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_SPOIL_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_SPOIL_H_

#include <functional>
#include <string>

#include "google/protobuf/message.h"
#include "grpcpp/support/status_code_enum.h"

namespace headwater::integration {

// A request with one thing wrong.
struct Spoiled {
  std::string what;   // "claim.text: too long"
  std::string bytes;  // the request on the wire
  grpc::StatusCode code = grpc::StatusCode::INVALID_ARGUMENT;
  // What the details must name: with INVALID_ARGUMENT the field's path, else the resource.
  std::string named;
};

// Calls `sink` with `good` spoiled in every way, one at a time.
void Spoil(const google::protobuf::Message& good, const std::function<void(const Spoiled&)>& sink);

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_SPOIL_H_
