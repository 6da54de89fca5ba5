// Update masks (AIP-134).
#ifndef HEADWATER_DATABASE_FIELD_MASK_H_
#define HEADWATER_DATABASE_FIELD_MASK_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/field_mask.pb.h"
#include "records/resource.h"

namespace headwater::database {

// What `current` becomes when the fields that `mask` names are taken from `update`: the fields set
// in `update` where the mask is empty, all where it is "*". Fields that the server makes and
// immutable ones stay. kInvalidArgument, with paths that begin with `path`, for a mask that names
// what does not exist or may not be changed, and for an immutable field in `update` that differs.
absl::StatusOr<std::unique_ptr<records::Message>> Updated(const records::Message& current,
                                                          const records::Message& update,
                                                          const google::protobuf::FieldMask& mask,
                                                          absl::string_view path);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FIELD_MASK_H_
