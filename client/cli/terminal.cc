#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace headwater::cli {
namespace {

constexpr int kUsualWidth = 80;

std::string Environment(const char* name) {
  const char* value = getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Terminal Terminal::Of(int file) {
  Terminal terminal;
  terminal.is_terminal = isatty(file) == 1;
  if (!terminal.is_terminal) return terminal;
  terminal.colors = Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
  winsize size{};
  const bool known = ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  terminal.width = known ? size.ws_col : kUsualWidth;
  return terminal;
}

std::string Terminal::Styled(absl::string_view code, absl::string_view text) const {
  if (!colors || text.empty()) return std::string(text);
  return absl::StrCat("\033[", code, "m", text, "\033[0m");
}

}  // namespace headwater::cli
