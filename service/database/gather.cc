#include "database/gather.h"

#include <map>
#include <utility>

#include "base/status_macros.h"
#include "database/gather_claims.h"
#include "provenance/assessment.h"

namespace headwater::database {
namespace {

// What is told of some claims, the first of which is the one asked about.
absl::StatusOr<Gathered> GatherTold(const Reading& reading, std::vector<std::string> claims,
                                    IndexWalk* walk, GatherBudget* budget) {
  SourceGatherer sources(reading, walk, budget);
  DocumentGatherer documents(reading, budget, &sources);
  AttributionGatherer attributions(reading, budget, &sources, &documents);
  std::map<std::string, provenance::Index> by_id;
  for (size_t i = 0; i < claims.size(); ++i) by_id[claims[i]] = static_cast<provenance::Index>(i);
  for (const auto& [id, place] : by_id) HW_RETURN_IF_ERROR(attributions.Add(id, place));
  HW_RETURN_IF_ERROR(attributions.Resolve(claims));
  HW_RETURN_IF_ERROR(documents.Load());
  HW_RETURN_IF_ERROR(sources.Load());

  Gathered gathered;
  provenance::Case& a_case = gathered.a_case;
  a_case.claims = std::move(claims);
  const std::vector<provenance::Index> source_places = sources.Places();
  const std::vector<provenance::Index> document_places = documents.Places();
  attributions.Take(source_places, document_places, &a_case.attributions, &gathered.attributions);
  documents.Take(document_places, source_places, &a_case.documents, &gathered.documents);
  sources.Take(source_places, &a_case.sources, &gathered.sources);
  return gathered;
}

}  // namespace

absl::StatusOr<Gathered> Gather(const Reading& reading, const keys::Name& claim,
                                const GatherBounds& bounds) {
  GatherBudget budget(claim, bounds, reading.patience);
  IndexWalk walk(reading, &budget);
  HW_RETURN_IF_ERROR(budget.Read(2));
  HW_ASSIGN_OR_RETURN(RelatedClaims related, GatherClaims(reading, claim, &walk, &budget));
  HW_ASSIGN_OR_RETURN(Gathered gathered,
                      GatherTold(reading, std::move(related.same), &walk, &budget));
  gathered.text = related.claim.text();
  gathered.a_case.nature = related.claim.nature();
  for (const v1::Claim& other : related.contradicting) {
    std::string id = keys::Name::Parse(other.name())->id;
    HW_ASSIGN_OR_RETURN(const Gathered told, GatherTold(reading, {id}, &walk, &budget));
    gathered.a_case.contradicting.push_back({std::move(id), provenance::IsAsserted(told.a_case)});
    gathered.contradicting.push_back(other.text());
  }
  return gathered;
}

}  // namespace headwater::database
