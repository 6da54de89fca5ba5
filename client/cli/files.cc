#include "cli/files.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "cli/failure.h"

namespace headwater::cli {
namespace {

std::string All(std::istream& in) {
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  if (path == "-") return All(std::cin);
  std::ifstream file(path, std::ios::binary);
  if (file) {
    std::string text = All(file);
    if (!file.bad()) return text;
  }
  return UsageError(absl::StrCat("cannot read ", path, ": ", std::strerror(errno)));
}

}  // namespace headwater::cli
