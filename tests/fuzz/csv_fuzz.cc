// CSV: input is a mapping on its first line, and a file. An empty mapping: columns are named as
// fields.
#include "fuzz/reading.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  const Parts parts = Split(input);
  exchange::ReadSettings settings;
  settings.mapping = std::string(parts.first);
  ReadAll("csv", parts.second, settings);
}

}  // namespace headwater::fuzz
