#include "headwater/errors.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "absl/types/optional.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace headwater {
namespace {

// Every detail of type Detail, in order.
template <class Detail>
std::vector<Detail> DetailsOf(const absl::Status& status) {
  std::vector<Detail> found;
  const absl::optional<absl::Cord> payload = status.GetPayload(kDetailsPayload);
  google::rpc::Status details;
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload))) return found;
  for (const google::protobuf::Any& any : details.details()) {
    Detail detail;
    if (any.UnpackTo(&detail)) found.push_back(std::move(detail));
  }
  return found;
}

}  // namespace

std::vector<FieldViolation> FieldViolations(const absl::Status& status) {
  std::vector<FieldViolation> violations;
  for (const auto& request : DetailsOf<google::rpc::BadRequest>(status)) {
    for (const auto& violation : request.field_violations()) {
      violations.push_back({violation.field(), violation.description()});
    }
  }
  return violations;
}

std::vector<ResourceError> ResourceErrors(const absl::Status& status) {
  std::vector<ResourceError> resources;
  for (const auto& info : DetailsOf<google::rpc::ResourceInfo>(status)) {
    resources.push_back({info.resource_type(), info.resource_name(), info.description()});
  }
  return resources;
}

std::string ResourceName(const absl::Status& status) {
  const std::vector<ResourceError> resources = ResourceErrors(status);
  return resources.empty() ? std::string() : resources.front().name;
}

std::vector<PreconditionViolation> PreconditionViolations(const absl::Status& status) {
  std::vector<PreconditionViolation> violations;
  for (const auto& failure : DetailsOf<google::rpc::PreconditionFailure>(status)) {
    for (const auto& violation : failure.violations()) {
      violations.push_back({violation.type(), violation.subject(), violation.description()});
    }
  }
  return violations;
}

std::string ErrorReason(const absl::Status& status) {
  const auto infos = DetailsOf<google::rpc::ErrorInfo>(status);
  return infos.empty() ? std::string() : infos.front().reason();
}

std::vector<std::pair<std::string, std::string>> ErrorMetadata(const absl::Status& status) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& info : DetailsOf<google::rpc::ErrorInfo>(status)) {
    pairs.insert(pairs.end(), info.metadata().begin(), info.metadata().end());
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

std::optional<absl::Duration> RetryDelay(const absl::Status& status) {
  const auto infos = DetailsOf<google::rpc::RetryInfo>(status);
  if (infos.empty()) return std::nullopt;
  const auto& delay = infos.front().retry_delay();
  return std::max(absl::ZeroDuration(),
                  absl::Seconds(delay.seconds()) + absl::Nanoseconds(delay.nanos()));
}

}  // namespace headwater
