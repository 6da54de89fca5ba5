#include "exchange/scratch.h"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace headwater::exchange {
namespace {

absl::Status SystemError(absl::string_view what) {
  return absl::UnavailableError(absl::StrCat(what, ": ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<Scratch> Scratch::Open() {
  const char* directory = getenv("TMPDIR");
  std::string path = absl::StrCat(directory != nullptr && *directory != '\0' ? directory : "/tmp",
                                  "/headwater-XXXXXX");
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) return SystemError(absl::StrCat("cannot make the temporary file ", path));
  unlink(path.c_str());
  std::FILE* file = fdopen(descriptor, "w+");
  if (file == nullptr) {
    close(descriptor);
    return SystemError("cannot open the temporary file");
  }
  return Scratch(file);
}

absl::Status Scratch::Add(absl::string_view line) {
  if (std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size() ||
      std::fputc('\n', file_.get()) == EOF) {
    return SystemError("cannot write the temporary file");
  }
  ++lines_;
  return absl::OkStatus();
}

absl::Status Scratch::Rewind() {
  if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    return SystemError("cannot write the temporary file");
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Scratch::Next(std::string* line) {
  line->clear();
  char* buffer = nullptr;
  size_t size = 0;
  const ssize_t length = getline(&buffer, &size, file_.get());
  const std::unique_ptr<char, decltype(&free)> owner(buffer, &free);
  if (length < 0) {
    if (std::ferror(file_.get()) != 0) return SystemError("cannot read the temporary file");
    return false;
  }
  line->assign(buffer, length - 1);
  return true;
}

}  // namespace headwater::exchange
