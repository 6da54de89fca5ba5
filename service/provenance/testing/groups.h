// Which sources are one voice, and which voices one unit.
#ifndef HEADWATER_PROVENANCE_TESTING_GROUPS_H_
#define HEADWATER_PROVENANCE_TESTING_GROUPS_H_

#include <set>
#include <vector>

#include "provenance/assessment.h"
#include "provenance/case.h"

namespace headwater::provenance::testing {

// A voice is named by its first source, a unit by the first source of its voices. The case must
// outlive the groups.
class Groups {
 public:
  explicit Groups(const Case& a_case);

  Index VoiceOf(Index source) const { return voice_of_[source]; }
  Index UnitOf(Index source) const { return unit_of_[source]; }
  std::set<Index> SourcesOfVoice(Index voice) const;
  std::set<Index> SourcesOfUnit(Index unit) const;

  VoiceKind KindOf(Index voice) const;
  bool HoldsPerson(Index voice) const;
  bool KnownDistinct(Index voice, Index other) const;
  // Whether two different voices might be the same people.
  bool MightBeSame(Index voice, Index other) const;

 private:
  const Case& case_;
  std::vector<Index> voice_of_;
  std::vector<Index> unit_of_;
};

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_GROUPS_H_
