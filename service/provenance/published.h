// A case as it was published by a day: what may have come later is left out.
#ifndef HEADWATER_PROVENANCE_PUBLISHED_H_
#define HEADWATER_PROVENANCE_PUBLISHED_H_

#include <vector>

#include "provenance/case.h"

namespace headwater::provenance {

struct Published {
  Case published;
  // Of the whole case: those left out that may be no later than the day, and those that certainly
  // are. Ascending.
  std::vector<Index> perhaps;
  std::vector<Index> later;
};

// What of `whole` was certainly said by the end of `day`. An attribution was said no later than the
// last day of its said date, than its document was published, and than whatever cites it was said;
// it is certainly later where its said date begins after the day. A withdrawal by the
// source counts where its own date is certainly no later, an error of ours always. Sources,
// relations and deletions are taken as recorded: they are our own work, not what was published.
// O((attributions + citations) log).
Published UntilDay(const Case& whole, int32_t day);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_PUBLISHED_H_
