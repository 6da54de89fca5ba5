// Model::Judged: whether a claim's digit still stands on the assessment that it was given on, by
// comparing the two assessments as they are told.
#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "model.h"

namespace headwater::model {
namespace {

// What a judgement rests on, each thing in a line of its own.
std::set<std::string> Grounds(const v1::Assessment& assessment) {
  std::set<std::string> grounds = {absl::StrCat("standing ", assessment.standing())};
  for (const v1::Flag& flag : assessment.flags())
    grounds.insert(absl::StrCat("flag ", flag.kind()));
  for (const v1::StanceAssessment& stance : assessment.stances()) {
    if (stance.stance() != v1::STANCE_ASSERTS && stance.stance() != v1::STANCE_DENIES) continue;
    // A stance that nobody takes is as good as one without lines.
    if (stance.lines().at_least() > 0 || stance.lines().at_most() > 0) {
      grounds.insert(absl::StrCat("lines ", stance.stance(), " ", stance.lines().at_least(), " ",
                                  stance.lines().at_most()));
    }
    for (const v1::Origin& origin : stance.origins()) {
      grounds.insert(
          absl::StrCat("origin ", stance.stance(), " ", origin.kind(), " ",
                       origin.attribution().empty() ? origin.source() : origin.attribution()));
    }
  }
  for (const v1::ContradictingClaim& claim : assessment.contradicting()) {
    if (claim.asserted()) grounds.insert(claim.claim());
  }
  return grounds;
}

}  // namespace

void Model::Judge(int64_t sequence, v1::Assessment* assessment) const {
  const std::string& claim = assessment->claim();
  const v1::Claim& record = Find(claim, sequence)->record().claim();
  if (!record.has_credibility()) return;
  v1::AssessedCredibility* judged = assessment->mutable_credibility();
  *judged->mutable_credibility() = record.credibility();
  const int64_t then = RoundedDown(std::min(record.credibility().assessed_sequence(), sequence));
  const absl::StatusOr<v1::Assessment> was = Weighed(claim, std::nullopt, "", then);
  const absl::StatusOr<v1::Assessment> is = Weighed(claim, std::nullopt, "", sequence);
  judged->set_stale(!was.ok() || Grounds(*was) != Grounds(*is));
}

}  // namespace headwater::model
