// What is on record of a source, and of two beside each other, for people.
#ifndef HEADWATER_CLI_SOURCE_VIEW_H_
#define HEADWATER_CLI_SOURCE_VIEW_H_

#include <ostream>

#include "cli/terminal.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {

// All pages of a profile, added up: counts with their labels, the ten names that come most often of
// each list.
void PrintProfile(std::ostream& out, const Terminal& terminal,
                  const v1::ProfileSourceResponse& profile);

// All pages of a comparison, added up: the totals, then a row for each claim that both share.
void PrintComparison(std::ostream& out, const Terminal& terminal,
                     const v1::CompareSourcesRequest& request,
                     const v1::CompareSourcesResponse& comparison);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_SOURCE_VIEW_H_
