// Files of any format, packed or not: input is one, and is to be told by its beginning.
#include "fuzz/reading.h"

namespace headwater::fuzz {

void Try(absl::string_view input) { ReadAll("auto", input); }

}  // namespace headwater::fuzz
