// ProfileSource: what is on record of a source, in counts and names.
//
// Three walks one after the other: its attributions, claim by claim; where it is cited, alone and
// then by each of its attributions; the documents that it publishes. A claim is never cut in two,
// so that whether it is asserted and denied is told once, from all of it.
#ifndef HEADWATER_DATABASE_QUESTIONS_PROFILE_H_
#define HEADWATER_DATABASE_QUESTIONS_PROFILE_H_

#include <string>

#include "database/page_place.h"
#include "database/queries.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::database {

// A page. `position` is of its page token, empty for the first. Never on the spot.
Reply ProfileSource(const Reading& reading, const v1::ProfileSourceRequest& request,
                    const std::string& position, const PageBounds& bounds = {});

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_PROFILE_H_
