// Answers that come page by page, added up.
#ifndef HEADWATER_TOTALS_H_
#define HEADWATER_TOTALS_H_

#include "headwater/v1/provenance_service.pb.h"

namespace headwater {

// Each adds a page to what those before it came to, `*whole`, which begins empty. Lists grow,
// counts add up, counts of one name too; what all pages say alike stays as it is. next_page_token
// becomes the page's.
void AddPage(const v1::AssessImpactResponse& page, v1::AssessImpactResponse* whole);
void AddPage(const v1::CompareSourcesResponse& page, v1::CompareSourcesResponse* whole);
void AddPage(const v1::ProfileSourceResponse& page, v1::ProfileSourceResponse* whole);

}  // namespace headwater

#endif  // HEADWATER_TOTALS_H_
