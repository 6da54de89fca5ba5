#include "database/questions/claim_state.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "database/questions/words.h"
#include "database/questions/words_standing.h"
#include "provenance/standing.h"

namespace headwater::database {
namespace {

void SetBounds(const provenance::StanceAssessment& stance, v1::LineBounds* out) {
  out->set_at_least(static_cast<int32_t>(stance.at_least.count));
  out->set_at_most(static_cast<int32_t>(stance.at_most.count));
  out->set_at_least_exact(stance.at_least.exact);
  out->set_at_most_exact(stance.at_most.exact);
}

bool HasFlag(const v1::ClaimState& state, int flag) {
  return std::find(state.flags().begin(), state.flags().end(), flag) != state.flags().end();
}

const char* NoLonger(int flag) {
  switch (flag) {
    case v1::FLAG_KIND_ALSO_DENIED:
      return "It is no longer both asserted and denied";
    case v1::FLAG_KIND_DENIED_NOT_ASSERTED:
      return "It is no longer denied without anybody asserting it";
    case v1::FLAG_KIND_ANONYMOUS_ONLY:
      return "It no longer begins with unnamed people alone";
    case v1::FLAG_KIND_ASKED:
      return "Nobody asks any more whether it is so";
    case v1::FLAG_KIND_DOUBTED:
      return "Nobody doubts it any more";
    case v1::FLAG_KIND_HEDGE_DROPPED:
      return "Nobody who counts drops a hedge any more";
    case v1::FLAG_KIND_SOURCE_RETRACTED:
      return "Nobody who asserted it has taken that back any more";
    default:
      return "No claim that contradicts it is asserted any more";
  }
}

std::string Text(const v1::LineBounds& bounds) {
  if (bounds.at_least() == bounds.at_most()) return absl::StrCat(bounds.at_least());
  return absl::StrCat(bounds.at_least(), " to ", bounds.at_most());
}

}  // namespace

bool IsSame(const v1::LineBounds& one, const v1::LineBounds& other) {
  return one.at_least() == other.at_least() && one.at_most() == other.at_most();
}

std::string BoundsChange(absl::string_view of, const v1::LineBounds& before,
                         const v1::LineBounds& now) {
  return absl::StrCat("Independent lines ", of, ": ", Text(now), " instead of ", Text(before), ".");
}

v1::ClaimState StateOf(const provenance::Assessment& assessment, v1::ClaimNature nature) {
  v1::ClaimState state;
  const provenance::StanceAssessment& asserts = assessment.stances[0];
  state.set_standing(static_cast<v1::Standing>(provenance::StandingOf(nature, asserts)));
  for (v1::FlagKind flag : FlagsIn(assessment.flags)) state.add_flags(flag);
  SetBounds(asserts, state.mutable_asserts());
  SetBounds(assessment.stances[v1::STANCE_DENIES - v1::STANCE_ASSERTS], state.mutable_denies());
  return state;
}

bool IsSame(const v1::ClaimState& one, const v1::ClaimState& other) {
  return one.standing() == other.standing() &&
         std::equal(one.flags().begin(), one.flags().end(), other.flags().begin(),
                    other.flags().end()) &&
         IsSame(one.asserts(), other.asserts()) && IsSame(one.denies(), other.denies());
}

std::string ChangeReason(const Weighed& weighed, const v1::ClaimState& before,
                         const v1::ClaimState& now) {
  if (before.standing() != now.standing()) return StandingReason(weighed);
  std::vector<std::string> sentences;
  for (int flag : now.flags()) {
    if (!HasFlag(before, flag))
      sentences.push_back(FlagReason(weighed, static_cast<v1::FlagKind>(flag)));
  }
  for (int flag : before.flags()) {
    if (!HasFlag(now, flag)) sentences.push_back(absl::StrCat(NoLonger(flag), "."));
  }
  if (!IsSame(before.asserts(), now.asserts()))
    sentences.push_back(BoundsChange("behind it", before.asserts(), now.asserts()));
  if (!IsSame(before.denies(), now.denies()))
    sentences.push_back(BoundsChange("behind its denial", before.denies(), now.denies()));
  return absl::StrJoin(sentences, " ");
}

}  // namespace headwater::database
