// The part of an assessment by which two are compared.
#ifndef HEADWATER_DATABASE_QUESTIONS_CLAIM_STATE_H_
#define HEADWATER_DATABASE_QUESTIONS_CLAIM_STATE_H_

#include <string>

#include "database/questions/weighed.h"
#include "headwater/v1/impact.pb.h"

namespace headwater::database {

// That of a claim of `nature` that says what was assessed.
v1::ClaimState StateOf(const provenance::Assessment& assessment, v1::ClaimNature nature);

// Whether standing, flags and bounds are the same; whether these are exact does not count.
bool IsSame(const v1::ClaimState& one, const v1::ClaimState& other);

// "Independent lines behind it: 2 instead of 1." `of`: "behind it".
std::string BoundsChange(absl::string_view of, const v1::LineBounds& before,
                         const v1::LineBounds& now);
bool IsSame(const v1::LineBounds& one, const v1::LineBounds& other);

// Why the state of what was weighed is no longer `before`, in sentences. Requires that it is not.
// `weighed` is what it has become, of which `now` is the state.
std::string ChangeReason(const Weighed& weighed, const v1::ClaimState& before,
                         const v1::ClaimState& now);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_CLAIM_STATE_H_
