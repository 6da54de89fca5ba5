// Values of index rows: input is one, tried as a live and as a closed one.
#include "fuzz/fuzz.h"
#include "records/index_row.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  if (const auto live = records::ParseLive(input)) {
    const std::string again = records::LiveValue(*live);
    HW_HOLDS(again.size() <= input.size());
    const auto second = records::ParseLive(again);
    HW_HOLDS(second && second->from == live->from && second->head == live->head &&
             second->deleted == live->deleted);
  }
  if (const auto closed = records::ParseClosed(input)) {
    const std::string again = records::ClosedValue(*closed);
    HW_HOLDS(again.size() <= input.size());
    const auto second = records::ParseClosed(again);
    HW_HOLDS(second && second->to == closed->to && second->deleted == closed->deleted);
  }
}

}  // namespace headwater::fuzz
