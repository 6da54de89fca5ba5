// An assessment as the API's message.
#ifndef HEADWATER_DATABASE_QUESTIONS_DESCRIBE_H_
#define HEADWATER_DATABASE_QUESTIONS_DESCRIBE_H_

#include "database/questions/weighed.h"
#include "headwater/v1/assessment.pb.h"

namespace headwater::database {

// Fills the whole message but for its read_sequence, lists cut as assessment.proto says.
void Describe(const Weighed& weighed, v1::Assessment* out);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_DESCRIBE_H_
