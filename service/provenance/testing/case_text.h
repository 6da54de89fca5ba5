// Cases as text, to write them in tests and to read those that fail. One fact a line, '#' begins a
// remark:
//
//   nature FACT
//   claim c0                       the one asked about comes first
//   source s0 NEWS_OUTLET part_of=s1 owner=s2 same_as=u distinct=s3 deleted
//   source s4 EVIDENCE author=s0 authenticated
//   document d0 by=s0 copies=d1 published=10..20 retracted|corrected|error deleted
//   says a0 s0 ASSERTS in=d0 of=c0 first-hand|second-hand extent=FULL said=..15 hedge=may
//        cites=… retracted|corrected|error deleted recorded=7                  (on one line)
//   contradicting x asserted
//
// An attribution cites another (a1), a source alone (=s1) or an attribution of that source outside
// the case (^s1); then, as recorded, for a stance (a1:DENIES), severed (=s1!). Words but the first
// three of an attribution may be left out; it is then of the first claim, and recorded as it
// stands.
#ifndef HEADWATER_PROVENANCE_TESTING_CASE_TEXT_H_
#define HEADWATER_PROVENANCE_TESTING_CASE_TEXT_H_

#include <string>

#include "provenance/case.h"

namespace headwater::provenance::testing {

std::string ToText(const Case& a_case);

// The case that a text describes. Ends the program, saying why, where it describes none.
Case CaseOf(const std::string& text);

// "ASSERTS".
std::string StanceName(v1::Stance stance);

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_CASE_TEXT_H_
