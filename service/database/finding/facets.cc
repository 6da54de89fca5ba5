#include "database/finding/facets.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "search/record_text.h"

namespace headwater::database {
namespace {

using search::FilterField;

constexpr size_t kMostValues = 20;
constexpr std::pair<FilterField, const char*> kFields[] = {{FilterField::kSource, "source"},
                                                           {FilterField::kAbout, "about"},
                                                           {FilterField::kTag, "tag"},
                                                           {FilterField::kLanguage, "lang"},
                                                           {FilterField::kStance, "stance"}};

}  // namespace

void AddFacets(const std::map<std::string, uint64_t>& filters, v1::SearchClaimsResponse* response) {
  for (const auto& [field, name] : kFields) {
    const std::string prefix = search::FilterOf(field, "");
    std::vector<std::pair<uint64_t, std::string>> values;
    for (auto at = filters.lower_bound(prefix);
         at != filters.end() && at->first.compare(0, prefix.size(), prefix) == 0; ++at) {
      std::string value = at->first.substr(prefix.size());
      if (field == FilterField::kStance) value = absl::AsciiStrToLower(value);
      values.emplace_back(at->second, std::move(value));
    }
    if (values.empty()) continue;
    std::stable_sort(values.begin(), values.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    if (values.size() > kMostValues) values.resize(kMostValues);
    v1::Facet* const facet = response->add_facets();
    facet->set_field(name);
    for (auto& [count, value] : values) {
      v1::FacetValue* const out = facet->add_values();
      out->set_value(std::move(value));
      out->set_count(static_cast<int32_t>(count));
    }
  }
}

}  // namespace headwater::database
