// A search without words: what its filters let through, in the order of names.
#ifndef HEADWATER_DATABASE_FINDING_LIST_FILTERED_H_
#define HEADWATER_DATABASE_FINDING_LIST_FILTERED_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "database/finding/claim_filter.h"
#include "database/finding/index_point.h"
#include "search/query/parse.h"
#include "search/text/analyzer.h"

namespace headwater::database {

struct FilteredListing {
  std::string behind;       // the claim before; empty: from the first
  size_t most = 20;         // claims
  size_t facet_claims = 0;  // of how many filters are counted
};

struct FilteredClaims {
  std::vector<std::string> ids;
  std::map<std::string, uint64_t> facets;  // how often each filter stands among them
  std::string go_on;                       // the last claim examined; empty at the end
};

// Examines at most kMostExamined claims a page, and may return fewer than asked for: where a filter
// stands with few claims those alone, else one claim after the other. `filter` has the query's;
// what the query excludes is held against the claims' words.
absl::StatusOr<FilteredClaims> ListFiltered(const IndexPoint& point,
                                            const search::ParsedQuery& query,
                                            const FilteredListing& listing, ClaimFilter* filter,
                                            search::Analyzer* analyzer);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_LIST_FILTERED_H_
