// The sentence about a claim's standing.
#ifndef HEADWATER_DATABASE_QUESTIONS_WORDS_STANDING_H_
#define HEADWATER_DATABASE_QUESTIONS_WORDS_STANDING_H_

#include <string>

#include "database/questions/weighed.h"

namespace headwater::database {

// Why the standing is what it is, or why there is none; where nobody asserts the claim, that.
std::string StandingReason(const Weighed& weighed);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_WORDS_STANDING_H_
