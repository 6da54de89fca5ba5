#include "cli/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/width.h"

namespace headwater::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrow = 12;  // a column is not cut below this

}  // namespace

Table::Table(std::ostream* out, Terminal terminal, std::vector<std::string> header)
    : out_(out), terminal_(terminal), header_(std::move(header)) {}

void Table::Add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = OneLine(cell);
  rows_.push_back(std::move(cells));
}

void Table::Measure() {
  for (const std::string& title : header_) widths_.push_back(DisplayWidth(title));
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths_[i] = std::max(widths_[i], DisplayWidth(row[i]));
    }
  }
  if (terminal_.width == 0) return;
  const int gaps = kGap * static_cast<int>(widths_.size() - 1);
  int excess = std::accumulate(widths_.begin(), widths_.end(), gaps) - terminal_.width;
  const auto cut = [&excess](int* width, int least) {
    const int by = std::clamp(*width - least, 0, std::max(0, excess));
    *width -= by;
    excess -= by;
  };
  // The last column holds prose: it gives way first, but keeps enough to be read, then the widest.
  cut(&widths_.back(), 3 * kNarrow);
  while (excess > 0) {
    int& widest = *std::max_element(widths_.begin(), widths_.end());
    if (widest <= kNarrow) break;
    cut(&widest, widest - 1);
  }
}

void Table::Print(const std::vector<std::string>& cells, bool is_header) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string cell =
        terminal_.width > 0 ? Truncate(cells[i], std::max(1, widths_[i])) : cells[i];
    const bool last = i + 1 == cells.size();
    absl::StrAppend(&line, last ? cell : PadTo(cell, widths_[i]) + std::string(kGap, ' '));
  }
  line.erase(line.find_last_not_of(' ') + 1);
  *out_ << (is_header ? terminal_.Bold(line) : line) << "\n";
}

void Table::Flush() {
  if (rows_.empty()) return;
  if (printed_ == 0) {
    Measure();
    Print(header_, true);
  }
  for (const auto& row : rows_) Print(row, false);
  printed_ += static_cast<int>(rows_.size());
  rows_.clear();
}

}  // namespace headwater::cli
