// What is counted, for Prometheus to fetch.
#ifndef HEADWATER_GATEWAY_METRICS_H_
#define HEADWATER_GATEWAY_METRICS_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"

namespace headwater::gateway {

// From any thread.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // A call of `method` ended so, after `took`.
  void Called(const google::protobuf::MethodDescriptor& method, absl::StatusCode code,
              absl::Duration took);
  void Connected(int change);  // connections that are open, by how many they became more

  // All of it, in Prometheus' text format.
  std::string Text() const;

 private:
  struct Families;
  const std::unique_ptr<Families> families_;
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_METRICS_H_
