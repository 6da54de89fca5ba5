#include "cli/import_report.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/width.h"
#include "exchange/fields.h"
#include "exchange/unicode.h"

namespace headwater::cli {
namespace {

// Characters of one rejection: more than a good row can cause.
constexpr size_t kMostOfText = 10'000;

// What is told of a row, whatever stands in it.
std::string Shown(const std::string& text) {
  return Harmless(exchange::Shortened(text, kMostOfText));
}

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

ImportReport::ImportReport(std::ostream* err, Terminal terminal, bool dry_run)
    : err_(err),
      terminal_(terminal),
      dry_run_(dry_run),
      progress_(err, terminal, [] { return absl::Now(); }) {}

void ImportReport::BeginFile(const std::string& path, bool native) {
  path_ = path;
  native_ = native;
  rows_ = 0;
  waited_before_ += std::exchange(waited_, 0);
  before_.set_created(Total(&v1::ImportCounts::created));
  before_.set_updated(Total(&v1::ImportCounts::updated));
  before_.set_unchanged(Total(&v1::ImportCounts::unchanged));
  before_.set_skipped(Total(&v1::ImportCounts::skipped));
  before_.set_rejected(Total(&v1::ImportCounts::rejected));
  counts_.Clear();
}

void ImportReport::AddRow(bool rejected) {
  ++rows_;
  unreadable_ += rejected ? 1 : 0;
  if (native_) return;
  ++foreign_rows_;
  foreign_rejected_ += rejected ? 1 : 0;
}

void ImportReport::SetCounts(const v1::ImportCounts& counts) {
  counts_ = counts;
  // None settles before all have come, so that the most were all.
  waited_ = std::max(waited_, counts.waiting());
}

void ImportReport::Reject(int64_t row, const std::string& name, const std::string& reason,
                          const std::string& text) {
  ++reasons_[reason];
  if (!tells()) {
    ++untold_;
    return;
  }
  ++told_;
  progress_.Clear();
  const char* what = native_ ? "line " : "row ";
  *err_ << terminal_.Red(absl::StrCat(path_, path_.empty() ? "" : ", ", what, row, ":")) << " "
        << Shown(name) << (name.empty() ? "" : ": ") << Shown(text) << "\n";
}

void ImportReport::AlsoWrong(const std::string& text) {
  if (untold_ == 0) *err_ << "    " << Shown(text) << "\n";
}

void ImportReport::TellTheRest(bool kept) {
  if (untold_ == 0) return;
  progress_.Clear();
  *err_ << "and " << untold_ << " more that were rejected"
        << (kept ? "" : "; --rejects FILE keeps the rows of all") << "\n";
}

ImportProgress::State ImportReport::State(int64_t bytes, int64_t total_bytes) const {
  return {rows_, bytes, total_bytes, rejected(), 0};
}

void ImportReport::BeginProgress(int64_t bytes, int64_t total_bytes) {
  progress_.Begin(State(bytes, total_bytes));
}

void ImportReport::Progress(int64_t bytes, int64_t total_bytes) {
  ImportProgress::State state = State(bytes, total_bytes);
  if (bytes == total_bytes) state.waiting = counts_.waiting();
  progress_.Show(state);
}

int64_t ImportReport::done() const {
  return Total(&v1::ImportCounts::created) + Total(&v1::ImportCounts::updated) +
         Total(&v1::ImportCounts::unchanged) + Total(&v1::ImportCounts::skipped) +
         counts_.waiting() + not_made_ + rejected();
}

void ImportReport::PrintSummary(std::ostream& out) const {
  if (foreign_rows_ > 0) {
    out << foreign_rows_ << (foreign_rows_ == 1 ? " row" : " rows") << " read, "
        << foreign_rejected_
        << " of them rejected; records that came again in their file: " << repeated_ << "\n";
  }
  if (dry_run_) out << "dry run, nothing was written; it would be\n";
  out << done() << (foreign_rows_ > 0 ? " record" : " row") << (done() == 1 ? ": " : "s: ")
      << Total(&v1::ImportCounts::created) << " created, ";
  const int64_t updated = Total(&v1::ImportCounts::updated);
  if (updated > 0) out << updated << " updated, ";
  out << Total(&v1::ImportCounts::unchanged) << " unchanged, ";
  const int64_t skipped = Total(&v1::ImportCounts::skipped);
  if (skipped > 0) out << skipped << " skipped (there already with other values), ";
  if (not_made_ > 0) out << not_made_ << " not made since others were rejected, ";
  out << rejected() << " rejected";
  if (rejected() > 0) {
    out << " ("
        << absl::StrJoin(reasons_, ", ",
                         [](std::string* text, const std::pair<const std::string, int64_t>& r) {
                           absl::StrAppend(text, r.second, " ", r.first);
                         })
        << ")";
  }
  if (counts_.waiting() > 0) {
    out << "; " << counts_.waiting() << " still wait for what they refer to";
  } else if (waited_ + waited_before_ > 0) {
    out << "; " << waited_ + waited_before_ << " had waited for what they refer to";
  }
  out << "\n";
}

void ImportReport::PrintJsonSummary(std::ostream& out) const {
  // The reasons are words of our own and the server's, without anything to escape.
  out << "{\"created\":" << Total(&v1::ImportCounts::created)
      << ",\"updated\":" << Total(&v1::ImportCounts::updated)
      << ",\"unchanged\":" << Total(&v1::ImportCounts::unchanged)
      << ",\"skipped\":" << Total(&v1::ImportCounts::skipped)
      << ",\"waited\":" << waited_ + waited_before_ << ",\"waiting\":" << counts_.waiting()
      << ",\"repeated\":" << repeated_ << ",\"notMade\":" << not_made_
      << ",\"rejected\":" << rejected() << ",\"reasons\":{"
      << absl::StrJoin(reasons_, ",",
                       [](std::string* text, const std::pair<const std::string, int64_t>& r) {
                         absl::StrAppend(text, "\"", r.first, "\":", r.second);
                       })
      << "},\"dryRun\":" << (dry_run_ ? "true" : "false") << "}\n";
}

}  // namespace headwater::cli
