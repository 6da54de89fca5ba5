// PROV-JSON from anybody: read, and held against its rules.
#include <memory>
#include <string>

#include "exchange/fit.h"
#include "exchange/kinds.h"
#include "exchange/prov/reader.h"
#include "exchange/prov/rules.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  auto opened = exchange::Input::FromString(std::string(input));
  if (!opened.ok()) return;
  const auto reader = exchange::NewProvReader(*std::move(opened));
  exchange::Row row;
  int64_t number = 0;
  while (true) {
    const auto more = reader->Next(&row);
    if (!more.ok()) {
      HW_HOLDS(more.status().code() == absl::StatusCode::kInvalidArgument ||
               more.status().code() == absl::StatusCode::kDataLoss);
      break;
    }
    if (!*more) break;
    HW_HOLDS(row.number > number);
    number = row.number;
    HW_HOLDS(row.rejected() != !row.records.empty());
    for (const v1::Record& record : row.records) HW_HOLDS(exchange::KindOf(record) != nullptr);
  }
  auto again = exchange::Input::FromString(std::string(input));
  if (again.ok()) (void)exchange::FindProvProblems(again->get(), 10);
}

}  // namespace headwater::fuzz
