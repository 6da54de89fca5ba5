#include "cli/impact_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/rows.h"
#include "cli/words.h"

namespace headwater::cli {
namespace {

// "SINGLE_LINE → ORIGIN_LOST"; once where it stays.
std::string Turned(const std::string& before, const std::string& after) {
  return before == after ? before : absl::StrCat(before, " → ", after);
}

std::string Standing(const v1::ClaimState& state) {
  const std::string word = BareWord(state.standing());
  return word.empty() ? "-" : word;
}

std::string Bounds(const v1::LineBounds& bounds) {
  if (bounds.at_least() == bounds.at_most()) return absl::StrCat(bounds.at_least());
  return absl::StrCat(bounds.at_least(), " to ", bounds.at_most());
}

// Of those that deny it only where there are any.
std::string Lines(const v1::ClaimImpact& impact) {
  const v1::LineBounds& denied_before = impact.before().denies();
  const v1::LineBounds& denied_after = impact.after().denies();
  std::string lines = Turned(Bounds(impact.before().asserts()), Bounds(impact.after().asserts()));
  if (denied_before.at_most() > 0 || denied_after.at_most() > 0)
    absl::StrAppend(&lines, "; denied ", Turned(Bounds(denied_before), Bounds(denied_after)));
  return lines;
}

// "+ASKED -DOUBTED".
std::string Flags(const v1::ClaimImpact& impact) {
  const auto has = [](const v1::ClaimState& state, int flag) {
    return std::find(state.flags().begin(), state.flags().end(), flag) != state.flags().end();
  };
  std::vector<std::string> changes;
  for (int flag : impact.after().flags()) {
    if (!has(impact.before(), flag))
      changes.push_back(absl::StrCat("+", BareWord(static_cast<v1::FlagKind>(flag))));
  }
  for (int flag : impact.before().flags()) {
    if (!has(impact.after(), flag))
      changes.push_back(absl::StrCat("-", BareWord(static_cast<v1::FlagKind>(flag))));
  }
  return absl::StrJoin(changes, " ");
}

}  // namespace

std::vector<std::string> ImpactHeader() { return {"CLAIM", "STANDING", "LINES", "FLAGS", "WHY"}; }

std::vector<std::string> ImpactRow(const v1::ClaimImpact& impact) {
  return {ShortName(impact.claim()), Turned(Standing(impact.before()), Standing(impact.after())),
          Lines(impact), Flags(impact), impact.reason()};
}

std::string ImpactSummary(const v1::AssessImpactResponse& totals, int64_t changed) {
  std::string summary =
      absl::StrCat(changed, " of ", totals.examined_count(),
                   totals.examined_count() == 1 ? " claim" : " claims", " examined would change.");
  if (totals.too_large_size() > 0)
    absl::StrAppend(&summary, " Left out, with too much behind them to be assessed: ",
                    absl::StrJoin(totals.too_large(), ", "), ".");
  return summary;
}

}  // namespace headwater::cli
