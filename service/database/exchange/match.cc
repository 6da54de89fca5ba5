#include "database/exchange/match.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "records/references.h"
#include "records/resource.h"
#include "records/terms.h"

namespace headwater::database {

bool Matches(const Filter& filter, const records::Stored& stored) {
  const bool days_left = filter.has_days() && !filter.walks_days();
  if (filter.terms.size() <= (filter.walks_standings() ? 0 : 1) && !days_left) return true;
  const std::unique_ptr<records::Message> resource =
      records::ParseResource(filter.kind, stored.body);
  if (resource == nullptr) return false;
  if (days_left) {
    const std::optional<int32_t> day = records::FirstDay(records::ListedDate(*resource));
    if (!day || day < filter.from_day.value_or(INT32_MIN) ||
        day > filter.until_day.value_or(INT32_MAX))
      return false;
  }
  const std::vector<std::string> terms =
      records::TermsOf(*resource, records::ReferencesOf(*resource));
  return std::all_of(filter.terms.begin(), filter.terms.end(), [&](const std::string& term) {
    return std::binary_search(terms.begin(), terms.end(), term);
  });
}

}  // namespace headwater::database
