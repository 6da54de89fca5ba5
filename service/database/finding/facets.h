// How results are distributed over the values of fields.
#ifndef HEADWATER_DATABASE_FINDING_FACETS_H_
#define HEADWATER_DATABASE_FINDING_FACETS_H_

#include <cstdint>
#include <map>
#include <string>

#include "headwater/v1/search.pb.h"

namespace headwater::database {

// `filters` says how often each filter of the index (search::FilterOf) stands among the results.
void AddFacets(const std::map<std::string, uint64_t>& filters, v1::SearchClaimsResponse* response);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_FACETS_H_
