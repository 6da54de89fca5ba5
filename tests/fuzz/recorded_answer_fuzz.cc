// Recorded answers of requests with an id: input is the bytes of one.
#include "database/writing/requests.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  const auto answer = database::ParseRecordedAnswer(input);
  if (!answer) return;
  HW_HOLDS(answer->fingerprint.size() == 32);
  HW_HOLDS(answer->revisions.size() <= input.size());
  const std::string again = database::RecordedAnswerValue(*answer);
  HW_HOLDS(again.size() <= input.size());
  const auto second = database::ParseRecordedAnswer(again);
  HW_HOLDS(second && second->fingerprint == answer->fingerprint &&
           second->unchanged_count == answer->unchanged_count &&
           second->revisions == answer->revisions);
}

}  // namespace headwater::fuzz
