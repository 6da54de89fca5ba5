// FollowTheMoney statements from anybody, as CSV or JSON lines.
#include <memory>
#include <string>

#include "exchange/fit.h"
#include "exchange/ftm/reader.h"
#include "exchange/kinds.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  auto opened = exchange::Input::FromString(std::string(input));
  if (!opened.ok()) return;
  const auto reader = exchange::NewFtmReader(*std::move(opened));
  exchange::Row row;
  while (true) {
    const auto more = reader->Next(&row);
    if (!more.ok()) {
      HW_HOLDS(more.status().code() == absl::StatusCode::kInvalidArgument ||
               more.status().code() == absl::StatusCode::kDataLoss);
      return;
    }
    if (!*more) return;
    HW_HOLDS(row.number > 0);
    HW_HOLDS(!row.rejected() || row.records.empty());
    for (const v1::Record& record : row.records) HW_HOLDS(exchange::KindOf(record) != nullptr);
  }
}

}  // namespace headwater::fuzz
