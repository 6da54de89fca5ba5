// What `headwater import` was told on the command line.
#ifndef HEADWATER_CLI_IMPORT_FLAGS_H_
#define HEADWATER_CLI_IMPORT_FLAGS_H_

#include <string>
#include <vector>

#include "cli/import_file.h"
#include "headwater/options.h"
#include "headwater/v1/exchange_service.pb.h"

namespace headwater::cli {

struct ImportFlags {
  std::vector<std::string> paths;
  ImportFileSettings file;
  std::string on_existing;  // "fail", "skip", "update"; empty: fail for native files, else skip
  std::string rejects;      // where rejected rows are written; empty for nowhere
  std::string import_id;    // empty: one of its own
  bool resume = false;
  bool all_or_nothing = false;
  bool bulk = false;
  bool dry_run = false;
};

// What the flags say of a file.
v1::OnExisting OnExistingFor(const ImportFlags& flags, bool native);

// A usage error where the flags do not go together.
absl::Status CheckFlags(const ImportFlags& flags);

// The command that goes on with an import that broke off, to be given to a shell: of that id, or
// where it is empty, of the files as they are.
std::string ResumeCommand(const ImportFlags& flags, const ClientOptions& options,
                          const std::string& id);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_FLAGS_H_
