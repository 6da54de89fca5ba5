#include "provenance/published.h"

#include <algorithm>
#include <queue>
#include <utility>

#include "provenance/settled.h"

namespace headwater::provenance {
namespace {

// The last day on which each can have been said.
std::vector<int32_t> LastDays(const Case& whole) {
  const Settled settled = Settle(whole);
  const Graph& cited = settled.citations.all;
  std::vector<int32_t> last(cited.size(), Days::kNever);
  using Dated = std::pair<int32_t, Index>;
  std::priority_queue<Dated, std::vector<Dated>, std::greater<>> queue;
  for (Index i = 0; i < whole.attributions.size(); ++i) {
    last[i] = settled.own_dates[i].latest;
    if (!whole.attributions[i].deleted) queue.push({last[i], i});
  }
  while (!queue.empty()) {
    const auto [day, node] = queue.top();
    queue.pop();
    if (day > last[node]) continue;
    for (const Graph::Edge& edge : cited[node]) {
      if (day >= last[edge.to]) continue;
      last[edge.to] = day;
      queue.push({day, edge.to});
    }
  }
  last.resize(whole.attributions.size());
  return last;
}

// An error of ours was one from the beginning.
template <class Fact>
void ForgetLaterWithdrawal(int32_t day, Fact* fact) {
  if (fact->taken != Taken::kRecordingError && fact->taken_date.latest > day)
    fact->taken = Taken::kStands;
}

}  // namespace

Published UntilDay(const Case& whole, int32_t day) {
  const std::vector<int32_t> last = LastDays(whole);
  Published result;
  Case& published = result.published;
  published = whole;
  published.attributions.clear();
  std::vector<Index> place(whole.attributions.size(), kNone);
  for (Index i = 0; i < whole.attributions.size(); ++i) {
    if (last[i] <= day) {
      place[i] = static_cast<Index>(published.attributions.size());
      published.attributions.push_back(whole.attributions[i]);
    } else if (!whole.attributions[i].deleted) {
      (whole.attributions[i].said.earliest > day ? result.later : result.perhaps).push_back(i);
    }
  }
  for (AttributionFact& attribution : published.attributions) {
    // Whoever is cited by one who is in is in too, but where that one is deleted, and speaks no
    // more.
    std::erase_if(attribution.cites, [&](CitationFact& citation) {
      if (citation.attribution == kNone) return false;
      citation.attribution = place[citation.attribution];
      return citation.attribution == kNone;
    });
    ForgetLaterWithdrawal(day, &attribution);
  }
  for (DocumentFact& document : published.documents) ForgetLaterWithdrawal(day, &document);
  return result;
}

}  // namespace headwater::provenance
