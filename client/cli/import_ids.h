// The ids of imports, kept from one run of the program to the next, so that an import which was
// killed can be gone on with.
#ifndef HEADWATER_CLI_IMPORT_IDS_H_
#define HEADWATER_CLI_IMPORT_IDS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/import_flags.h"

namespace headwater::cli {

// What an import of a file is known by: the server and who speaks to it, the file's path, size and
// time of change, and all flags that decide which records it makes. A file that is written to is
// another. Empty for what has no name of its own: standard input, pipes.
std::string ImportKey(const std::string& path, const std::string& format, const ImportFlags& flags,
                      const ClientOptions& options);

// A folder with a small file for each import of the last 7 days, which is how long a server knows
// of them.
class KeptIds {
 public:
  explicit KeptIds(std::string folder) : folder_(std::move(folder)) {}
  // The user's own: headwater/imports in $XDG_STATE_HOME, or in ~/.local/state.
  static KeptIds OfUser();

  // The id that was kept last under the key; nullopt where none is.
  std::optional<std::string> Find(const std::string& key) const;
  // Keeps an id in place of the one before, and forgets what is too old. UNAVAILABLE with what the
  // system says.
  absl::Status Keep(const std::string& key, const std::string& id) const;

 private:
  void ForgetOld() const;

  std::string folder_;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_IDS_H_
