// Whether a person is looking, and how they like it.
#ifndef HEADWATER_CLI_TERMINAL_H_
#define HEADWATER_CLI_TERMINAL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::cli {

// What is known of an output. Nothing is cut or coloured for one that is not a terminal.
struct Terminal {
  bool is_terminal = false;
  bool colors = false;  // also off with NO_COLOR set or TERM=dumb
  int width = 0;        // columns; 0: without end

  // What the file descriptor leads to.
  static Terminal Of(int file);

  // The text in a style, where colours are on.
  std::string Bold(absl::string_view text) const { return Styled("1", text); }
  std::string Dim(absl::string_view text) const { return Styled("2", text); }
  std::string Red(absl::string_view text) const { return Styled("31", text); }
  std::string Green(absl::string_view text) const { return Styled("32", text); }
  std::string Yellow(absl::string_view text) const { return Styled("33", text); }
  std::string Struck(absl::string_view text) const { return Styled("9", text); }

 private:
  std::string Styled(absl::string_view code, absl::string_view text) const;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_TERMINAL_H_
