// Sources whose names are nearly what was asked for, in whatever script.
#ifndef HEADWATER_DATABASE_FINDING_SIMILAR_SOURCES_H_
#define HEADWATER_DATABASE_FINDING_SIMILAR_SOURCES_H_

#include <string>

#include "absl/status/status.h"
#include "database/queries.h"

namespace headwater::database {

// Appends to a LookupSourceResponse in wire format, which has no sources, those with names near to
// `name` (search/index/name_rows.h), nearest first; at most ten. `reading` is of the latest state;
// what the search index has not seen yet is not found. Errors: those of the reader.
absl::Status AppendSimilarSources(const Reading& reading, const std::string& name,
                                  std::string* reply);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_SIMILAR_SOURCES_H_
