// Gathers all that is on record about a claim and those that say the same, at a read point, as
// provenance::Assess takes it.
#ifndef HEADWATER_DATABASE_QUESTIONS_GATHER_H_
#define HEADWATER_DATABASE_QUESTIONS_GATHER_H_

#include <optional>
#include <string>
#include <vector>

#include "database/queries.h"
#include "database/questions/gather_attributions.h"
#include "database/questions/gather_budget.h"
#include "database/questions/gather_documents.h"
#include "database/questions/gather_sources.h"
#include "provenance/case.h"

namespace headwater::database {

// Who takes a stance on a claim that is wider or narrower.
struct NeighbourStance {
  struct Speaker {
    std::string source;  // id
    std::string name;
    v1::SourceKind kind = v1::SOURCE_KIND_UNSPECIFIED;
    std::string attribution;  // its name; empty where the source is only cited
    std::string date;         // EDTF: when said, or else published
  };
  std::vector<Speaker> speakers;  // the first five
  size_t count = 0;
};

struct Neighbour {
  std::string id;
  std::string text;
  NeighbourStance asserted;
  NeighbourStance denied;
  NeighbourStance asked;
};

// A case, and what is needed to speak of it: each list in the places of the case's own.
struct Gathered {
  provenance::Case a_case;
  std::string text;                            // of the claim asked about
  std::optional<v1::Credibility> credibility;  // likewise
  std::vector<SourceWords> sources;
  std::vector<DocumentWords> documents;
  std::vector<AttributionWords> attributions;
  std::vector<OutsideFact> outside;
  std::vector<OutsideCitation> outside_citations;
  std::vector<std::string> contradicting;  // texts
  // Claims that one of the case narrows, and those that narrow one: the first hundred by id.
  std::vector<Neighbour> wider;
  std::vector<Neighbour> narrower;
  size_t wider_count = 0;
  size_t narrower_count = 0;
  std::vector<uint64_t> seen;     // all that it came out of: GatherBudget::seen
  std::vector<MarkPlace> relied;  // and what else it rests on: GatherBudget::relied
};

// The case of `claim`. Exact at any sequence:
//  - A relation, a source, an original counts while it is live: what is deleted binds nobody. A
//    deleted attribution, document or source that something still mentions is there, and says so.
//  - A word for word copy of a deleted original tells with its own publisher.
// Claims that contradict it, and wider and narrower ones, are judged with those that say the same
// as they; with `until`, a day, as published by its end. The case itself is whole. NOT_FOUND where
// there is no such claim at the read point; kResourceExhausted, saying of what there is too much,
// beyond `bounds`; kv::WouldBlock() on the spot where it is not in cache or takes more than
// GatherBudget::kRowsOnTheSpot rows.
//
// Reads in batches: per claim of the case, and of those judged beside it, two places in the indexes
// and its edges; per source two
// more, and one for each of its URIs; all documents, then all sources, by two point reads each.
// What is held is in proportion to the case.
absl::StatusOr<Gathered> Gather(const Reading& reading, const keys::Name& claim,
                                const GatherBounds& bounds = {},
                                std::optional<int32_t> until = std::nullopt);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_GATHER_H_
