// Cases written by hand, in the text of case_text.h, whose answers are known beforehand: an
// article's chains, and others' cases on counting origins.
#ifndef HEADWATER_PROVENANCE_TESTING_HAND_CASES_H_
#define HEADWATER_PROVENANCE_TESTING_HAND_CASES_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "provenance/assessment.h"
#include "provenance/case.h"
#include "provenance/testing/reference.h"

namespace headwater::provenance::testing {

struct HandCase {
  std::string name;
  std::string text;
  v1::Stance stance = v1::STANCE_ASSERTS;
  uint32_t at_least = 0;
  uint32_t at_most = 0;
  Standing standing = Standing::kNoStanding;
  std::set<std::string> chokepoints;  // by the ids of their first sources
  Flags flags;
};

const std::vector<HandCase>& HandCases();

// What an assessment of the case says otherwise than the hand; empty where nothing.
std::string WhyNotAsByHand(const HandCase& hand, const ReferenceAssessment& assessment);

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_HAND_CASES_H_
