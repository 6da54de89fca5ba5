#include "cli/help.h"

#include <algorithm>

#include "CLI/Formatter.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cli/width.h"

namespace headwater::cli {
namespace {

constexpr int kIndent = 6;         // of a description below its flag
constexpr int kCommandWidth = 14;  // of the names of subcommands

class Formatter : public CLI::Formatter {
 public:
  explicit Formatter(int width) : width_(width) {}

  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    return absl::StrReplaceAll(CLI::Formatter::make_help(app, name, mode), {{"\n\n\n", "\n\n"}});
  }

  // The flag on one line, what it does below: flags are too long for two columns.
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    const std::string name =
        make_option_name(option, is_positional) + (is_positional ? "" : make_option_opts(option));
    const std::string indent(kIndent, ' ');
    return absl::StrCat("  ", name, "\n", indent, Wrap(make_option_desc(option), width_, kIndent),
                        "\n");
  }

  std::string make_subcommand(const CLI::App* sub) const override {
    // In a list of commands the first sentence will do.
    const std::string text = sub->get_description();
    const size_t end = text.find(". ");
    const std::string first = end == std::string::npos ? text : text.substr(0, end + 1);
    return absl::StrCat("  ", PadTo(sub->get_name(), kCommandWidth),
                        Wrap(first, width_, kCommandWidth + 2), "\n");
  }

  std::string make_description(const CLI::App* app) const override {
    return absl::StrCat(Wrap(app->get_description(), width_, 0), "\n\n");
  }

 private:
  int width_;
};

}  // namespace

std::string Wrap(absl::string_view text, int width, int indent) {
  std::string lines;
  int column = indent;
  const auto begin_line = [&] {
    absl::StrAppend(&lines, "\n", std::string(indent, ' '));
    column = indent;
  };
  bool is_first = true;
  for (absl::string_view paragraph : absl::StrSplit(text, '\n')) {
    if (!is_first) begin_line();
    is_first = false;
    for (absl::string_view word : absl::StrSplit(paragraph, ' ', absl::SkipEmpty())) {
      const int word_width = DisplayWidth(word);
      if (column > indent && column + 1 + word_width > width) begin_line();
      if (column > indent) {
        lines += ' ';
        ++column;
      }
      absl::StrAppend(&lines, word);
      column += word_width;
    }
  }
  return lines;
}

std::shared_ptr<CLI::FormatterBase> HelpFormatter(int width) {
  return std::make_shared<Formatter>(std::clamp(width, 60, 100));
}

}  // namespace headwater::cli
