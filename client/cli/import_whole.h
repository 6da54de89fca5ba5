// Imports of which nothing is kept before their end: all or nothing, and dry runs.
#ifndef HEADWATER_CLI_IMPORT_WHOLE_H_
#define HEADWATER_CLI_IMPORT_WHOLE_H_

#include "absl/status/status.h"
#include "cli/import_file.h"
#include "cli/import_run.h"

namespace headwater::cli {

// Makes all records of the file, or none where one cannot be made or a row cannot be read. A usage
// error, with nothing sent, where they are more than the server takes so.
absl::Status ImportAllOrNothing(const ImportContext& context, ImportFile* file);

// Has the server say what would become of the file's records. What is more than it takes at a time
// goes in pieces; then a record that refers to one of another piece is taken for good, and stderr
// says so. It holds 16 bytes a record.
absl::Status TryFile(const ImportContext& context, ImportFile* file);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_WHOLE_H_
