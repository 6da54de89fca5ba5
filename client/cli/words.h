// The API's enumerations in the words that people read and type.
#ifndef HEADWATER_CLI_WORDS_H_
#define HEADWATER_CLI_WORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace headwater::cli {

// The bare word of an enumeration's value, "ASSERTS" for STANCE_ASSERTS; empty for the unspecified
// value; the number for one that is not known here.
std::string BareWord(const google::protobuf::EnumDescriptor& type, int number);

template <class Enum>
std::string BareWord(Enum value) {
  return BareWord(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

// The bare words of all values but the unspecified one, in order.
std::vector<std::string> BareWords(const google::protobuf::EnumDescriptor& type);

// The number of a value by its bare word or its full name, in upper or lower case, with "-" for
// "_". A usage error names those that would do.
absl::StatusOr<int> ParseWord(const google::protobuf::EnumDescriptor& type, absl::string_view word);

// A field as its flag is called: "display-name".
std::string FlagName(const google::protobuf::FieldDescriptor& field);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_WORDS_H_
