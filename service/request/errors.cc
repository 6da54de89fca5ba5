#include "request/errors.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

namespace headwater::request {

absl::Status InvalidField(absl::string_view field, absl::string_view what) {
  google::rpc::BadRequest details;
  google::rpc::BadRequest::FieldViolation* const violation = details.add_field_violations();
  violation->set_field(std::string(field));
  violation->set_description(std::string(what));
  absl::Status status = absl::InvalidArgumentError(
      absl::StrCat(field.empty() ? absl::string_view("the request") : field, " ", what));
  status.SetPayload("type.googleapis.com/google.rpc.BadRequest",
                    absl::Cord(details.SerializeAsString()));
  return status;
}

}  // namespace headwater::request
