// What the API's protos say of each field, for --help.
#ifndef HEADWATER_CLI_FIELD_DOCS_H_
#define HEADWATER_CLI_FIELD_DOCS_H_

#include "absl/strings/string_view.h"

namespace headwater::cli {

// The comment on a field of headwater.v1, by its full name ("headwater.v1.Claim.text"), as one
// line; empty where there is none. Generated from the protos by describe_fields.cc when the CLI is
// built.
absl::string_view FieldDoc(absl::string_view full_name);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_FIELD_DOCS_H_
