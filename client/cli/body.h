// A resource as given on the command line: whole, in JSON, and field by field.
#ifndef HEADWATER_CLI_BODY_H_
#define HEADWATER_CLI_BODY_H_

#include <memory>
#include <string>
#include <vector>

#include "CLI/App.hpp"
#include "absl/status/statusor.h"
#include "cli/field_flags.h"
#include "exchange/kinds.h"
#include "google/protobuf/message.h"

namespace headwater::cli {

// --json, --file and a flag for each field of the kind; the flags win over the JSON.
class Body {
 public:
  // For an update the fields that are set once and for all are left out.
  enum class Use { kCreate, kUpdate };
  Body(CLI::App* app, const exchange::Kind& kind, Use use);

  // Reads what was given into `resource`. Returns the paths of the fields that were: from JSON the
  // top-level ones, from flags the innermost. A usage error names the flag.
  absl::StatusOr<std::vector<std::string>> Read(google::protobuf::Message* resource) const;

 private:
  FieldFlags::Skip skip_;
  std::string json_;
  std::string file_;
  std::unique_ptr<FieldFlags> flags_;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_BODY_H_
