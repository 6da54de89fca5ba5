// Files of the AVeriTeC set: input is one.
#include "fuzz/reading.h"

namespace headwater::fuzz {

void Try(absl::string_view input) { ReadAll("averitec", input); }

}  // namespace headwater::fuzz
