// What makes a resource wrong in itself, and whom it refers to, as the comments in the protos say.
#ifndef HEADWATER_TESTS_INTEGRATION_RULES_H_
#define HEADWATER_TESTS_INTEGRATION_RULES_H_

#include <string>
#include <utility>
#include <vector>

#include "api.h"

namespace headwater::model {

// Whether something required is missing or fields contradict one another. Formats and sizes are not
// looked at: the test sends none that are wrong.
bool IsWrong(const Message& resource);
bool IsWrong(const v1::Withdrawal& withdrawal);

// Whether a text is not as a quote from it says.
bool IsUntrue(const v1::Quote& quote, const std::string& text);

// Who a resource refers to: the field's full name and the name in it.
using Reference = std::pair<std::string, std::string>;
std::vector<Reference> ReferencesOf(const Message& resource);

// Whether a source may publish documents and own sources.
bool MayPublish(v1::SourceKind kind);
// The fields that only such a source may stand in.
bool NeedsPublisher(const Reference& reference);

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_RULES_H_
