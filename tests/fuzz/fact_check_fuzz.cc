// Answers of claims:search: input is a file of them.
#include "fuzz/reading.h"

namespace headwater::fuzz {

void Try(absl::string_view input) { ReadAll("fact-check", input); }

}  // namespace headwater::fuzz
