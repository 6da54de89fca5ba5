// Files named on the command line.
#ifndef HEADWATER_CLI_FILES_H_
#define HEADWATER_CLI_FILES_H_

#include <string>

#include "absl/status/statusor.h"

namespace headwater::cli {

// All of a file; "-" is standard input. A usage error says why it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_FILES_H_
