// What a resource refers to.
#ifndef HEADWATER_RECORDS_REFERENCES_H_
#define HEADWATER_RECORDS_REFERENCES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "keys/name.h"
#include "keys/register.h"

namespace headwater::records {

// A reference found in a resource.
struct FoundReference {
  keys::Reference field;
  keys::Name target;
  std::string path;  // "claim.cites[2].source"
};

// All references of a resource, in the order of its fields, whatever else may be wrong with it: the
// rules of today may be stricter than those that a stored resource was taken by. A text in a
// reference field that is no resource's name refers to nothing. Paths begin with `path` (empty for
// none).
std::vector<FoundReference> ReferencesOf(const google::protobuf::Message& resource,
                                         absl::string_view path = "");

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_REFERENCES_H_
