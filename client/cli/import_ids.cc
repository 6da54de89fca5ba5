#include "cli/import_ids.h"

#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "cli/files.h"
#include "exchange/ids.h"

namespace headwater::cli {
namespace {

namespace fs = std::filesystem;

constexpr auto kKept = std::chrono::hours(7 * 24);

std::string Environment(const char* name) {
  const char* value = getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string ImportKey(const std::string& path, const std::string& format, const ImportFlags& flags,
                      const ClientOptions& options) {
  struct stat file;
  if (path == "-" || stat(path.c_str(), &file) != 0 || !S_ISREG(file.st_mode)) return "";
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(path, error);
  std::string map;
  if (!flags.file.map.empty()) map = ReadFile(flags.file.map).value_or("");
  const std::string state =
      absl::StrCat(file.st_size, " ", file.st_mtim.tv_sec, " ", file.st_mtim.tv_nsec);
  return exchange::MakeId("import",
                          {options.address, options.actor, error ? path : whole.string(), state,
                           format, map, flags.file.language, flags.on_existing},
                          "");
}

KeptIds KeptIds::OfUser() {
  std::string folder = Environment("XDG_STATE_HOME");
  if (folder.empty()) {
    std::string home = Environment("HOME");
    const passwd* user = home.empty() ? getpwuid(getuid()) : nullptr;
    if (user != nullptr) home = user->pw_dir;
    folder = absl::StrCat(home, "/.local/state");
  }
  return KeptIds(absl::StrCat(folder, "/headwater/imports"));
}

std::optional<std::string> KeptIds::Find(const std::string& key) const {
  std::ifstream file(fs::path(folder_) / key);
  std::string id;
  if (key.empty() || !std::getline(file, id) || id.empty()) return std::nullopt;
  return id;
}

absl::Status KeptIds::Keep(const std::string& key, const std::string& id) const {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) return absl::UnavailableError(absl::StrCat(folder_, ": ", error.message()));
  ForgetOld();
  const fs::path path = fs::path(folder_) / key;
  // Whole or not at all, whatever happens meanwhile.
  const std::string temporary = absl::StrCat(path.string(), ".", getpid());
  std::ofstream file(temporary, std::ios::trunc);
  file << id << "\n";
  file.close();
  if (file) fs::rename(temporary, path, error);
  if (file && !error) return absl::OkStatus();
  std::remove(temporary.c_str());
  return absl::UnavailableError(absl::StrCat("cannot write ", path.string()));
}

void KeptIds::ForgetOld() const {
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
    const auto written = entry.last_write_time(error);
    if (!error && now - written > kKept) fs::remove(entry.path(), error);
  }
}

}  // namespace headwater::cli
