// Gathers all that is on record about a claim and those that say the same, at a read point, as
// provenance::Assess takes it.
#ifndef HEADWATER_DATABASE_GATHER_H_
#define HEADWATER_DATABASE_GATHER_H_

#include <string>
#include <vector>

#include "database/gather_attributions.h"
#include "database/gather_budget.h"
#include "database/gather_documents.h"
#include "database/gather_sources.h"
#include "database/queries.h"
#include "provenance/case.h"

namespace headwater::database {

// A case, and what is needed to speak of it: each list in the places of the case's own.
struct Gathered {
  provenance::Case a_case;
  std::string text;  // of the claim asked about
  std::vector<SourceWords> sources;
  std::vector<DocumentWords> documents;
  std::vector<AttributionWords> attributions;
  std::vector<std::string> contradicting;  // texts
};

// The case of `claim`. Exact at any sequence:
//  - A relation, a source, an original counts while it is live: what is deleted binds nobody. A
//    deleted attribution, document or source that something still mentions is there, and says so.
//  - A word for word copy of a deleted original tells with its own publisher.
// NOT_FOUND where there is no such claim at the read point; kResourceExhausted, saying of what
// there is too much, beyond `bounds`; kv::WouldBlock() on the spot where it is not in cache or
// takes more than GatherBudget::kRowsOnTheSpot rows.
//
// Reads in batches: per claim of the case two places in the indexes and its edges; per source two
// more, and one for each of its URIs; all documents, then all sources, by two point reads each.
// What is held is in proportion to the case.
absl::StatusOr<Gathered> Gather(const Reading& reading, const keys::Name& claim,
                                const GatherBounds& bounds = {});

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_GATHER_H_
