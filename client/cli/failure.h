// How a command ends: its exit code, and on stderr what is wrong, where, and what to do next.
#ifndef HEADWATER_CLI_FAILURE_H_
#define HEADWATER_CLI_FAILURE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace headwater::cli {

// What scripts can rely on; told in `headwater --help`.
enum ExitCode : int {
  kOk = 0,
  kRefused = 1,      // the server refused, or writing the output failed
  kUsage = 2,        // the command line is wrong
  kNotFound = 3,     // what was asked for is not there
  kConflict = 4,     // it exists already, its etag is stale, or something stands in the way
  kUnreachable = 5,  // no server, or no answer in time
  kPartial = 6,      // an import that rejected some rows
};

// An error in what was typed, found before anything was sent.
absl::Status UsageError(absl::string_view message);

// What the server says of fields and references, one line each that begins with the field's path:
// "claim.text is required", "attribution.source names sources/x, but it does not exist".
std::vector<std::string> FieldComplaints(const absl::Status& status);

// The exit code for a status.
ExitCode ExitCodeOf(const absl::Status& status);

// The text for stderr: what the server said, a line each where it has several complaints, and where
// there is more to say than it does, what to do next. Ends with a line feed.
std::string Explain(const absl::Status& status);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_FAILURE_H_
