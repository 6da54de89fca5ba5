// What would change, in a table.
#ifndef HEADWATER_CLI_IMPACT_VIEW_H_
#define HEADWATER_CLI_IMPACT_VIEW_H_

#include <string>
#include <vector>

#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {

// The columns: which claim, how it stands and would stand, and why.
std::vector<std::string> ImpactHeader();
std::vector<std::string> ImpactRow(const v1::ClaimImpact& impact);

// "10 of 12 claims examined would change."
std::string ImpactSummary(const v1::AssessImpactResponse& totals, int64_t changed);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPACT_VIEW_H_
