#include "database/questions/gather.h"

#include <utility>

#include "base/status_macros.h"
#include "database/questions/gather_beside.h"

namespace headwater::database {
absl::StatusOr<Gathered> Gather(const Reading& reading, const keys::Name& claim,
                                const GatherBounds& bounds, std::optional<int32_t> until) {
  const ReadCaches* const caches = reading.point.view.caches;
  GatherBudget budget(claim, bounds, reading.patience,
                      caches == nullptr ? nullptr : &caches->marks);
  IndexWalk walk(reading, &budget);
  HW_RETURN_IF_ERROR(budget.Read(2));
  HW_ASSIGN_OR_RETURN(RelatedClaims related,
                      GatherClaims(reading, claim, Beside::kAll, &walk, &budget));
  std::vector<std::string> same;
  for (const RelatedClaim& one : related.same) same.push_back(one.id);
  HW_ASSIGN_OR_RETURN(Gathered gathered, GatherTold(reading, std::move(same), &walk, &budget));
  gathered.text = std::move(related.same.front().text);
  gathered.a_case.nature = related.nature;
  gathered.credibility = std::move(related.credibility);
  HW_RETURN_IF_ERROR(GatherBeside(reading, std::move(related), until, &walk, &budget, &gathered));
  gathered.seen = budget.seen();
  gathered.relied = budget.relied();
  return gathered;
}

}  // namespace headwater::database
