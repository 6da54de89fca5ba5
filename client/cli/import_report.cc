#include "cli/import_report.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/width.h"
#include "exchange/fields.h"

namespace headwater::cli {
namespace {

// Enough of a value to recognize it; two long texts are shown where they part.
constexpr size_t kShown = 160;

// The value from somewhat before byte `at`, in at most kShown bytes, whole characters.
std::string Excerpt(const std::string& value, size_t at) {
  if (value.empty()) return "(not set)";
  if (value.size() <= kShown) return value;
  const auto inside = [&](size_t i) { return i < value.size() && (value[i] & 0xC0) == 0x80; };
  size_t begin = at < kShown / 2 ? 0 : at - kShown / 4;
  while (inside(begin)) --begin;
  size_t end = std::min(value.size(), begin + kShown);
  while (inside(end)) --end;
  return absl::StrCat(begin > 0 ? "…" : "", value.substr(begin, end - begin),
                      end < value.size() ? "…" : "");
}

}  // namespace

std::string BothSides(const google::protobuf::Message& stands,
                      const google::protobuf::Message& row) {
  std::vector<std::string> lines;
  for (const exchange::Difference& difference : exchange::Differences(stands, row)) {
    // A document's sha256 is filled in from its text: a row need not say it.
    if (difference.path == "sha256" && difference.after.empty()) continue;
    const auto parts = std::mismatch(difference.before.begin(), difference.before.end(),
                                     difference.after.begin(), difference.after.end());
    const size_t at = parts.first - difference.before.begin();
    lines.push_back(absl::StrCat("    ", difference.path,
                                 "\n      stands:   ", Excerpt(difference.before, at),
                                 "\n      the file: ", Excerpt(difference.after, at)));
  }
  return absl::StrJoin(lines, "\n");
}

void ImportReport::Reject(int line, const std::string& name, const std::string& reason,
                          const std::string& text) {
  ClearProgress();
  ++rejected_;
  ++reasons_[reason];
  rejected_lines_.insert(line);
  const char* what = native_ ? "line " : "row ";
  *err_ << terminal_.Red(absl::StrCat(path_, path_.empty() ? "" : ", ", what, line, ":")) << " "
        << name << (name.empty() ? "" : ": ") << text << "\n";
}

void ImportReport::BeginFile(const std::string& path, bool native) {
  path_ = path;
  native_ = native;
  rejected_lines_.clear();
  began_ = absl::Now();
}

void ImportReport::AddRow(bool rejected) {
  if (native_) return;
  ++foreign_rows_;
  foreign_rejected_ += rejected ? 1 : 0;
}

std::set<int> ImportReport::TakeRejectedLines() { return std::exchange(rejected_lines_, {}); }

void ImportReport::Progress(const char* what, int64_t done, int64_t of, int64_t bytes,
                            int64_t of_bytes) {
  const absl::Duration pace = terminal_.is_terminal ? absl::Milliseconds(200) : absl::Seconds(10);
  const absl::Time now = absl::Now();
  if (last_progress_ == absl::InfinitePast() && !terminal_.is_terminal) last_progress_ = now;
  if (now - last_progress_ < pace) return;
  last_progress_ = now;
  std::string line = absl::StrCat(what, " ", done);
  if (of > 0) absl::StrAppend(&line, " of ", of);
  absl::StrAppend(&line, " rows");
  if (of_bytes > 0 && bytes > 0 && bytes <= of_bytes) {
    const double share = static_cast<double>(bytes) / static_cast<double>(of_bytes);
    const double left = absl::ToDoubleSeconds(now - began_) * (1 - share) / share;
    absl::StrAppend(&line, ", ", static_cast<int>(100 * share), " % of ", of_bytes >> 20, " MiB, ",
                    static_cast<int64_t>(left), " s left");
  }
  if (rejected_ > 0) absl::StrAppend(&line, ", ", rejected_, " rejected");
  if (terminal_.is_terminal) {
    *err_ << "\r\033[K" << Truncate(line, std::max(1, terminal_.width - 1)) << std::flush;
    progress_shown_ = true;
  } else {
    *err_ << line << std::endl;
  }
}

void ImportReport::ClearProgress() {
  if (progress_shown_) *err_ << "\r\033[K";
  progress_shown_ = false;
}

void ImportReport::PrintSummary(std::ostream& out) const {
  if (foreign_rows_ > 0) {
    out << foreign_rows_ << (foreign_rows_ == 1 ? " row" : " rows") << " read, "
        << foreign_rejected_
        << " of them rejected; records that came again in their file: " << repeated_ << "\n";
  }
  if (unsent_ > 0) out << "dry run: " << unsent_ << " records could be made out, none was sent\n";
  out << done() << (foreign_rows_ > 0 ? " record" : " row") << (done() == 1 ? ": " : "s: ")
      << created_ << " created, " << unchanged_ << " unchanged, ";
  if (skipped_ > 0) out << skipped_ << " skipped (there already with other values), ";
  out << rejected_ << " rejected";
  if (rejected_ > 0) {
    out << " ("
        << absl::StrJoin(reasons_, ", ",
                         [](std::string* text, const std::pair<const std::string, int64_t>& r) {
                           absl::StrAppend(text, r.second, " ", r.first);
                         })
        << ")";
  }
  out << "\n";
}

void ImportReport::PrintJsonSummary(std::ostream& out) const {
  // The reasons are words of our own, without anything to escape.
  out << "{\"created\":" << created_ << ",\"unchanged\":" << unchanged_
      << ",\"skipped\":" << skipped_ << ",\"repeated\":" << repeated_ << ",\"unsent\":" << unsent_
      << ",\"rejected\":" << rejected_ << ",\"reasons\":{"
      << absl::StrJoin(reasons_, ",",
                       [](std::string* text, const std::pair<const std::string, int64_t>& r) {
                         absl::StrAppend(text, "\"", r.first, "\":", r.second);
                       })
      << "}}\n";
}

}  // namespace headwater::cli
