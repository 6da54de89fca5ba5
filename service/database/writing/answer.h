// Answers to writes, in wire format.
#ifndef HEADWATER_DATABASE_WRITING_ANSWER_H_
#define HEADWATER_DATABASE_WRITING_ANSWER_H_

#include <string>

#include "database/writing/committer.h"
#include "database/writing/requests.h"

namespace headwater::database {

// The answer to a write that was committed, or that changes nothing. Takes nothing from disk.
std::string AnswerTo(const PendingWrite& write);

// The answer that was given to a request before, from its record.
absl::StatusOr<std::string> AnswerAgain(const RecordedAnswer& recorded, bool batch,
                                        const records::Reader& reader);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITING_ANSWER_H_
