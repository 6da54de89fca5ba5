#include "cli/import_progress.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/width.h"

namespace headwater::cli {
namespace {

constexpr int kBar = 20;
constexpr int kWideEnough = 100;

// A number with its thousands parted: "1,234,567".
std::string Grouped(int64_t number) {
  const std::string digits = absl::StrCat(number);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text.push_back(',');
    text.push_back(digits[i]);
  }
  return text;
}

std::string Bar(double share) {
  const int filled = static_cast<int>(share * kBar);
  std::string bar(kBar, ' ');
  std::fill(bar.begin(), bar.begin() + filled, '=');
  if (filled < kBar) bar[filled] = '>';
  return absl::StrCat("[", bar, "]");
}

std::string Left(double seconds) {
  const auto whole = static_cast<int64_t>(seconds + 0.5);
  if (whole < 120) return absl::StrCat(whole, " s left");
  if (whole < 7200) return absl::StrCat(whole / 60, " min left");
  return absl::StrCat(whole / 3600, " h ", whole % 3600 / 60, " min left");
}

}  // namespace

ImportProgress::ImportProgress(std::ostream* err, Terminal terminal,
                               std::function<absl::Time()> now)
    : err_(err), terminal_(terminal), now_(std::move(now)) {
  Begin(State());
}

void ImportProgress::Begin(const State& state) {
  first_ = state;
  began_ = last_ = now_();
}

std::string ImportProgress::Line(const State& state) const {
  std::vector<std::string> parts;
  const double seconds = absl::ToDoubleSeconds(now_() - began_);
  const bool of_known = state.total_bytes > 0 && state.bytes <= state.total_bytes;
  if (of_known) {
    const double share = static_cast<double>(state.bytes) / static_cast<double>(state.total_bytes);
    const bool wide = terminal_.width == 0 || terminal_.width >= kWideEnough;
    parts.push_back(absl::StrCat(terminal_.is_terminal && wide ? Bar(share) + " " : "",
                                 static_cast<int>(100 * share), " %"));
  }
  parts.push_back(Grouped(state.rows) + (state.rows == 1 ? " row" : " rows"));
  if (seconds > 0) {
    parts.push_back(
        Grouped(static_cast<int64_t>(static_cast<double>(state.rows - first_.rows) / seconds)) +
        "/s");
  }
  if (of_known) {
    parts.push_back(
        absl::StrCat(Grouped(state.bytes >> 20), " of ", Grouped(state.total_bytes >> 20), " MiB"));
    const auto done = static_cast<double>(state.bytes - first_.bytes);
    const auto rest = static_cast<double>(state.total_bytes - state.bytes);
    if (done > 0 && rest > 0) parts.push_back(Left(seconds * rest / done));
  } else {
    parts.push_back(absl::StrCat(Grouped(state.bytes >> 20), " MiB"));
  }
  if (state.waiting > 0) parts.push_back(Grouped(state.waiting) + " waiting still");
  if (state.rejected > 0) parts.push_back(Grouped(state.rejected) + " rejected");
  return absl::StrJoin(parts, "  ");
}

void ImportProgress::Show(const State& state) {
  const absl::Time now = now_();
  if (now - last_ < (terminal_.is_terminal ? absl::Milliseconds(200) : absl::Seconds(10))) return;
  last_ = now;
  if (!terminal_.is_terminal) {
    *err_ << Line(state) << std::endl;
    return;
  }
  *err_ << "\r\033[K" << Truncate(Line(state), std::max(1, terminal_.width - 1)) << std::flush;
  shown_ = true;
}

void ImportProgress::Clear() {
  if (shown_) *err_ << "\r\033[K" << std::flush;
  shown_ = false;
}

}  // namespace headwater::cli
