// CompareSources: what two sources have in common.
//
// The index of one of them is walked claim by claim; for each of its claims those that say the same
// and those that contradict it are looked up, and whether the other one is on record there: a
// place in the index each. Walked is the one of fewer claims, as far as the first ones tell: beside
// an outlet with a million attributions a spokesperson with fifty costs fifty. What both share is
// then gathered and settled as for an assessment: who carries what by their own or others' words.
//
// Claims that say the same make a group, which is told of at the first of its claims, by name, that
// the walked source is on record in: that can be told from the group alone, so each is told once
// over all pages.
#ifndef HEADWATER_DATABASE_QUESTIONS_COMPARE_H_
#define HEADWATER_DATABASE_QUESTIONS_COMPARE_H_

#include <string>

#include "database/page_place.h"
#include "database/queries.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::database {

// A page. `position` is of its page token, empty for the first. Never on the spot.
Reply CompareSources(const Reading& reading, const v1::CompareSourcesRequest& request,
                     const std::string& position, const PageBounds& bounds = {});

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_COMPARE_H_
