// Wikidata's statements from anybody. Whatever comes of a row can go in.
#include <memory>
#include <string>

#include "exchange/fit.h"
#include "exchange/kinds.h"
#include "exchange/wikidata/reader.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  auto opened = exchange::Input::FromString(std::string(input));
  if (!opened.ok()) return;
  const auto reader = exchange::NewWikidataReader(*std::move(opened));
  exchange::Row row;
  while (true) {
    const auto more = reader->Next(&row);
    if (!more.ok()) {
      HW_HOLDS(more.status().code() == absl::StatusCode::kInvalidArgument ||
               more.status().code() == absl::StatusCode::kDataLoss);
      return;
    }
    if (!*more) return;
    HW_HOLDS(row.rejected() != !row.records.empty());
    for (const v1::Record& record : row.records) {
      const exchange::Kind* kind = exchange::KindOf(record);
      HW_HOLDS(kind != nullptr);
      HW_HOLDS(exchange::CheckRules(exchange::ResourceIn(record, *kind)).ok());
    }
  }
}

}  // namespace headwater::fuzz
