// AssessImpact: which claims would change, were something withdrawn.
//
// Candidates. A withdrawal changes the assessment of a claim only by what was gathered for it: by
// attributions of the claims that say the same; by citations that these make of attributions of
// others (severed then); by whether a contradicting claim, or one that says the same as that, is
// asserted, for which only their own attributions count, not what they cite from others. So it is
// enough to look at the claims that are hit (impact_walk.h), and all that say the same as those;
// and, where something withdrawn is told in the claim that is hit, at the claims that contradict
// one of these, and all that say the same as those.
//
// Once each. Claims that say the same are a *group*: relations lead there and back, so all of them
// have the same group, the same case and the same paths. A group's paths are those of its own
// claims and the told ones of the groups that contradict it. It is reported on the
// least of its paths, and there only from the first claim that leads to it (the one that is hit, or
// else the first by name that contradicts it). Whether a hit is this one can be told from the case
// alone; so pages need to know nothing of each other, and cost what they examine.
#ifndef HEADWATER_DATABASE_QUESTIONS_IMPACT_H_
#define HEADWATER_DATABASE_QUESTIONS_IMPACT_H_

#include <string>

#include "database/page_place.h"
#include "database/queries.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::database {

// A page. `position` is of its page token, empty for the first. Never on the spot.
Reply AssessImpact(const Reading& reading, const v1::AssessImpactRequest& request,
                   const std::string& position, const PageBounds& bounds = {});

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_IMPACT_H_
