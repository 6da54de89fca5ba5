// Names that may have been meant.
#ifndef HEADWATER_DATABASE_FINDING_SUGGEST_H_
#define HEADWATER_DATABASE_FINDING_SUGGEST_H_

#include "absl/status/status.h"
#include "database/finding/index_point.h"
#include "headwater/v1/search.pb.h"
#include "search/query/parse.h"
#include "search/text/analyzer.h"

namespace headwater::database {

// Adds names of sources and of what claims are about that words of the query nearly are: words that
// no claim has, alone or with a neighbour, and values of the filters source: and about: that nobody
// is called. Looks at a few of them only.
absl::Status AddSuggestions(const IndexPoint& point, const v1::SearchClaimsRequest& request,
                            const search::ParsedQuery& query, search::Analyzer* analyzer,
                            v1::SearchClaimsResponse* response);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_SUGGEST_H_
