// The parts of a filter that a scan does not see to, held against what it finds.
#ifndef HEADWATER_DATABASE_EXCHANGE_MATCH_H_
#define HEADWATER_DATABASE_EXCHANGE_MATCH_H_

#include "database/filter.h"
#include "records/reader.h"

namespace headwater::database {

// Whether all of the filter's terms and days hold for a revision that Scan(filter) found; how a
// claim stands apart.
bool Matches(const Filter& filter, const records::Stored& stored);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_MATCH_H_
