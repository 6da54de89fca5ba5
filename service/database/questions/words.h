// An assessment in sentences that can be printed: names and counts, and why. Never a verdict.
#ifndef HEADWATER_DATABASE_QUESTIONS_WORDS_H_
#define HEADWATER_DATABASE_QUESTIONS_WORDS_H_

#include <string>
#include <vector>

#include "database/questions/weighed.h"
#include "headwater/v1/assessment.pb.h"

namespace headwater::database {

// Why the standing is what it is, first of all; then who carries the claim, through whom it was
// heard, what was taken back, what goes round in circles, what is said of wider and narrower
// claims, what was left out. Where nobody asserts the claim, the first sentence says so.
std::vector<std::string> ReasonsOf(const Weighed& weighed);

// The flags that are up, in the order of their numbers, and why one is up.
std::vector<v1::FlagKind> FlagsIn(const provenance::Flags& flags);
std::string FlagReason(const Weighed& weighed, v1::FlagKind flag);

// What the parts of this share.

// The voices of those who carry the stance, ascending.
std::vector<provenance::Index> VoicesOf(const Weighed& weighed,
                                        const provenance::StanceAssessment& stance);
// The sources of attributions.
std::vector<provenance::Index> SourcesOf(const Weighed& weighed,
                                         const std::vector<provenance::Index>& attributions);
// Whether the source took an attribution back, itself or with its document.
bool IsTakenBack(const provenance::Case& a_case, const provenance::AttributionFact& attribution);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_WORDS_H_
