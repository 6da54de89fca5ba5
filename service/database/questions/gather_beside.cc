#include "database/questions/gather_beside.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "provenance/published.h"
#include "provenance/takers.h"

namespace headwater::database {
namespace {

using provenance::Index;

// assessment.proto says so.
constexpr size_t kMostNeighbours = 100;
constexpr size_t kMostSpeakers = 5;

// Puts takers into words. `places` are those of the case's attributions among the words.
class Wording {
 public:
  Wording(const provenance::Case& a_case, const Gathered& told, std::vector<Index> places)
      : case_(a_case), told_(told), places_(std::move(places)) {}

  NeighbourStance Of(const std::vector<provenance::Taker>& takers) const {
    NeighbourStance stance;
    stance.count = takers.size();
    for (size_t i = 0; i < takers.size() && i < kMostSpeakers; ++i)
      stance.speakers.push_back(Of(takers[i]));
    return stance;
  }

 private:
  NeighbourStance::Speaker Of(const provenance::Taker& taker) const {
    NeighbourStance::Speaker speaker;
    speaker.source = case_.sources[taker.source].id;
    speaker.name = told_.sources[taker.source].name;
    speaker.kind = case_.sources[taker.source].kind;
    if (taker.attribution == provenance::kNone) return speaker;
    const provenance::AttributionFact& attribution = case_.attributions[taker.attribution];
    speaker.attribution =
        absl::StrCat("claims/", case_.claims[attribution.claim], "/attributions/", attribution.id);
    speaker.date = told_.attributions[places_[taker.attribution]].said;
    if (speaker.date.empty()) speaker.date = told_.documents[attribution.document].published;
    return speaker;
  }

  const provenance::Case& case_;
  const Gathered& told_;
  const std::vector<Index> places_;
};

class Gatherer {
 public:
  Gatherer(const Reading& reading, std::optional<int32_t> until, IndexWalk* walk,
           GatherBudget* budget)
      : reading_(reading), until_(until), walk_(walk), budget_(budget) {}

  absl::StatusOr<const Judged*> JudgeClaim(const std::string& id) {
    const keys::Name name = {keys::Kind::kClaim, "", id};
    HW_RETURN_IF_ERROR(budget_->Read(2));
    HW_ASSIGN_OR_RETURN(const RelatedClaims related,
                        GatherClaims(reading_, name, Beside::kNothing, walk_, budget_));
    std::vector<std::string> same;
    for (const RelatedClaim& one : related.same) same.push_back(one.id);
    const auto [found, is_new] = judged_.try_emplace(*std::min_element(same.begin(), same.end()));
    if (is_new) {
      HW_ASSIGN_OR_RETURN(const Gathered told,
                          GatherTold(reading_, std::move(same), walk_, budget_));
      found->second = Judge(told, until_);
    }
    return &found->second;
  }

  absl::StatusOr<std::vector<Neighbour>> Neighbours(std::vector<RelatedClaim> claims) {
    if (claims.size() > kMostNeighbours) claims.resize(kMostNeighbours);
    std::vector<Neighbour> neighbours;
    for (RelatedClaim& claim : claims) {
      HW_ASSIGN_OR_RETURN(const Judged* judged, JudgeClaim(claim.id));
      neighbours.push_back({std::move(claim.id), std::move(claim.text), judged->asserts,
                            judged->denies, judged->asks});
    }
    return neighbours;
  }

 private:
  const Reading& reading_;
  const std::optional<int32_t> until_;
  IndexWalk* const walk_;
  GatherBudget* const budget_;
  std::map<std::string, Judged> judged_;  // by the first of the claims that say the same
};

}  // namespace

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
  attributions.TakeOutside(&gathered.outside, &gathered.outside_citations);
  documents.Take(document_places, source_places, &a_case.documents, &gathered.documents);
  sources.Take(source_places, &a_case.sources, &gathered.sources);
  return gathered;
}

Judged Judge(const Gathered& told, std::optional<int32_t> until) {
  const provenance::Case& whole = told.a_case;
  std::optional<provenance::Published> published;
  if (until) published = provenance::UntilDay(whole, *until);
  const provenance::Case& a_case = published ? published->published : whole;
  // Those left are in the order of the whole.
  std::vector<Index> places;
  for (Index i = 0; i < whole.attributions.size() && places.size() < a_case.attributions.size();
       ++i) {
    const provenance::AttributionFact& next = a_case.attributions[places.size()];
    if (whole.attributions[i].claim == next.claim && whole.attributions[i].id == next.id)
      places.push_back(i);
  }
  const provenance::Takers takers = provenance::TakersOf(a_case);
  const Wording wording(a_case, told, std::move(places));
  return {takers.asserted, wording.Of(takers.assert), wording.Of(takers.deny),
          wording.Of(takers.ask)};
}

absl::Status GatherBeside(const Reading& reading, RelatedClaims related,
                          std::optional<int32_t> until, IndexWalk* walk, GatherBudget* budget,
                          Gathered* gathered) {
  Gatherer gatherer(reading, until, walk, budget);
  for (RelatedClaim& other : related.contradicting) {
    HW_ASSIGN_OR_RETURN(const Judged* judged, gatherer.JudgeClaim(other.id));
    gathered->a_case.contradicting.push_back({std::move(other.id), judged->asserted});
    gathered->contradicting.push_back(std::move(other.text));
  }
  gathered->wider_count = related.wider.size();
  gathered->narrower_count = related.narrower.size();
  HW_ASSIGN_OR_RETURN(gathered->wider, gatherer.Neighbours(std::move(related.wider)));
  HW_ASSIGN_OR_RETURN(gathered->narrower, gatherer.Neighbours(std::move(related.narrower)));
  return absl::OkStatus();
}

}  // namespace headwater::database
