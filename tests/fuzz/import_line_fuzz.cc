// Lines of an import file: input is a file of them.
#include <sstream>

#include "exchange/record_lines.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {
namespace {

void TryLine(absl::string_view line) {
  const auto record = exchange::ParseRecord(line);
  if (!record.ok()) {
    HW_HOLDS(record.status().code() == absl::StatusCode::kInvalidArgument);
    return;
  }
  const std::string again = exchange::FormatRecord(*record);
  HW_HOLDS(again.find('\n') == std::string::npos);
  const auto second = exchange::ParseRecord(again);
  HW_HOLDS(second.ok());
  HW_HOLDS(exchange::FormatRecord(*second) == again);
}

}  // namespace

void Try(absl::string_view input) {
  std::istringstream file{std::string(input)};
  exchange::LineReader reader(&file);
  std::string line;
  std::string all;
  int lines = 0;
  while (reader.Next(&line)) {
    HW_HOLDS(line.find('\n') == std::string::npos);
    HW_HOLDS(reader.number() == ++lines);
    TryLine(line);
    all += line + "\n";
  }
  HW_HOLDS(reader.bytes() == input.size());
  HW_HOLDS(all.size() <= input.size() + 1);
}

}  // namespace headwater::fuzz
