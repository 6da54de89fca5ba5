// What people type for the value of a field.
#ifndef HEADWATER_CLI_VALUES_H_
#define HEADWATER_CLI_VALUES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace headwater::cli {

// Sets the field, or adds to it if it is a list, from text:
//   references   completed ("ft" is sources/ft)
//   enumerations in bare words ("asserts")
//   times        of RFC 3339
//   messages     a JSON object; or `field=value,field=value`, where a comma that no field's name
//                follows belongs to the value; or, for one that refers to something, that name
//                alone ("x/ft" for a citation of an attribution, "ft" of a source)
// A usage error tells what would do.
absl::Status SetValue(google::protobuf::Message* message,
                      const google::protobuf::FieldDescriptor& field, absl::string_view text);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_VALUES_H_
