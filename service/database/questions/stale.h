// Whether a judgement of a claim's credibility still stands on the assessment it was given on.
#ifndef HEADWATER_DATABASE_QUESTIONS_STALE_H_
#define HEADWATER_DATABASE_QUESTIONS_STALE_H_

#include "database/queries.h"
#include "database/questions/weighed.h"
#include "headwater/v1/assessment.pb.h"

namespace headwater::database {

// The judgement of what is `now` at `reading`: all that is recorded there. Costs one more
// assessment, as of the one it was given on; that one's errors, but for NOT_FOUND: a claim that was
// not on record then is another one now.
absl::StatusOr<v1::AssessedCredibility> JudgementOf(const Reading& reading, const keys::Name& claim,
                                                    const v1::Credibility& credibility,
                                                    const Weighed& now);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_STALE_H_
