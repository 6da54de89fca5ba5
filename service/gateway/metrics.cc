#include "gateway/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "gateway/connect_error.h"

namespace headwater::gateway {
namespace {

const prometheus::Histogram::BucketBoundaries& Seconds() {
  static const auto* const kSeconds = new prometheus::Histogram::BucketBoundaries{
      0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
  return *kSeconds;
}

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& calls =
      prometheus::BuildCounter()
          .Name("headwater_http_calls_total")
          .Help("Calls over HTTP that ended, by method and by the Connect protocol's code.")
          .Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("headwater_http_call_seconds")
          .Help("From a request's last byte to its answer, by method.")
          .Register(registry);
  prometheus::Family<prometheus::Gauge>& connections_family =
      prometheus::BuildGauge()
          .Name("headwater_http_connections")
          .Help("HTTP connections that are open.")
          .Register(registry);
  prometheus::Gauge& connections = connections_family.Add({});
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}

Metrics::~Metrics() = default;

void Metrics::Called(const google::protobuf::MethodDescriptor& method, absl::StatusCode code,
                     absl::Duration took) {
  const std::string& name = method.full_name();
  // Add finds what is there already.
  families_->calls.Add({{"method", name}, {"code", std::string(CodeName(code))}}).Increment();
  families_->seconds.Add({{"method", name}}, Seconds()).Observe(absl::ToDoubleSeconds(took));
}

void Metrics::Connected(int change) { families_->connections.Increment(change); }

std::string Metrics::Text() const {
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace headwater::gateway
