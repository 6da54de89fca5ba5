#include "cli/import_flags.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/failure.h"

namespace headwater::cli {
namespace {

// As a word of a shell.
std::string Quoted(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || absl::string_view("-_./:,+@%=").find(c) != std::string::npos;
  });
  return plain ? word : absl::StrCat("'", absl::StrReplaceAll(word, {{"'", "'\\''"}}), "'");
}

}  // namespace

v1::OnExisting OnExistingFor(const ImportFlags& flags, bool native) {
  if (flags.on_existing == "update") return v1::ON_EXISTING_UPDATE;
  if (flags.on_existing == "skip") return v1::ON_EXISTING_SKIP;
  return flags.on_existing == "fail" || native ? v1::ON_EXISTING_FAIL : v1::ON_EXISTING_SKIP;
}

absl::Status CheckFlags(const ImportFlags& flags) {
  const bool several = flags.paths.size() > 1;
  const bool from_stdin =
      std::find(flags.paths.begin(), flags.paths.end(), "-") != flags.paths.end();
  if (!flags.rejects.empty() && several) {
    return UsageError("--rejects goes with one FILE: rejected rows are kept in its own format");
  }
  if (!flags.import_id.empty() && several) {
    return UsageError("--import-id goes with one FILE: each is an import of its own");
  }
  if (flags.all_or_nothing && several) {
    return UsageError("--all-or-nothing goes with one FILE: each is an import of its own");
  }
  const bool kept = !flags.dry_run && !flags.all_or_nothing;
  if ((flags.resume || !flags.import_id.empty()) && !kept) {
    return UsageError(
        "--resume and --import-id do not go with --dry-run or --all-or-nothing: nothing is kept "
        "of these before their end");
  }
  if (flags.resume && from_stdin && flags.import_id.empty()) {
    return UsageError(
        "--resume of standard input needs the --import-id of the import: a pipe is not known by "
        "its name");
  }
  return absl::OkStatus();
}

std::string ResumeCommand(const ImportFlags& flags, const ClientOptions& options,
                          const std::string& id) {
  std::string command = "headwater import";
  const auto add = [&command](const char* flag, const std::string& value) {
    if (!value.empty()) absl::StrAppend(&command, " ", flag, " ", Quoted(value));
  };
  if (options.address != ClientOptions().address) add("--server", options.address);
  add("--actor", options.actor);
  if (flags.file.format != "auto") add("--format", flags.file.format);
  add("--map", flags.file.map);
  add("--language", flags.file.language);
  add("--on-existing", flags.on_existing);
  add("--rejects", flags.rejects);
  add("--import-id", id);
  absl::StrAppend(&command, flags.bulk ? " --bulk" : "", " --resume");
  for (const std::string& path : flags.paths) absl::StrAppend(&command, " ", Quoted(path));
  return command;
}

}  // namespace headwater::cli
