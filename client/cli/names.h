// What people type for a resource, as its full name.
#ifndef HEADWATER_CLI_NAMES_H_
#define HEADWATER_CLI_NAMES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "exchange/kinds.h"
#include "google/protobuf/descriptor.h"

namespace headwater::cli {

using exchange::Kind;

// The full name of an existing resource: "x" is claims/x where a claim is wanted, "x/y" or
// "claims/x/y" is claims/x/attributions/y where an attribution is. Full names stay as they are. A
// usage error where that cannot be a name of this kind; ids are left for the server to judge.
absl::StatusOr<std::string> ResolveName(const Kind& kind, absl::string_view text);

// The claim that something belongs to, "x" or "claims/x"; "-" stands for any claim.
absl::StatusOr<std::string> ResolveParent(absl::string_view text);

// Where a new resource goes.
struct NewName {
  std::string parent;  // "claims/x"; empty for kinds that belong to no claim
  std::string id;      // empty: the server makes one
};

// For kinds that belong to a claim "x/y", "x" (the server makes the id) or a full name, for others
// "x", a full name or nothing.
absl::StatusOr<NewName> ResolveNewName(const Kind& kind, absl::string_view text);

// The value of a reference field: completed where its kind is clear, else as it stands.
std::string ResolveReference(const google::protobuf::FieldDescriptor& field,
                             absl::string_view text);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_NAMES_H_
