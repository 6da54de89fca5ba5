// The tests' reference: what a case amounts to by the rules in provenance/assessment.h, worked out
// by trying everything. For small cases.
#ifndef HEADWATER_PROVENANCE_TESTING_REFERENCE_H_
#define HEADWATER_PROVENANCE_TESTING_REFERENCE_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "provenance/assessment.h"
#include "provenance/case.h"

namespace headwater::provenance::testing {

// A voice is named by its first source, whatever its number.
struct ReferenceVoice {
  std::set<Index> sources;
  std::set<Index> unit;  // the sources of all voices of its unit
  VoiceKind kind = VoiceKind::kPublic;
  bool holds_person = false;
  friend bool operator==(const ReferenceVoice&, const ReferenceVoice&) = default;
};

struct ReferenceBound {
  uint32_t count = 0;
  bool exact = true;
  friend bool operator==(const ReferenceBound&, const ReferenceBound&) = default;
};

// As in StanceAssessment.
struct ReferenceStance {
  v1::Stance stance = v1::STANCE_UNSPECIFIED;
  std::vector<Index> own_name;
  std::vector<Index> relaying;
  std::vector<Origin> origins;
  ReferenceBound at_least;
  ReferenceBound at_most;
  std::set<Index> chokepoints;
  bool loop = false;
  bool anonymous_only = false;
  Index first_said = kNone;
  Index first_recorded = kNone;
  friend bool operator==(const ReferenceStance&, const ReferenceStance&) = default;
};

struct ReferenceSevered {
  Step step;
  std::vector<Index> rested;
  friend bool operator==(const ReferenceSevered&, const ReferenceSevered&) = default;
};

// An assessment without what may differ between two that are right: how voices and units are
// numbered, and which lines are shown.
struct ReferenceAssessment {
  std::vector<ReferenceVoice> voices;  // by their first sources
  std::vector<ReferenceStance> stances;
  std::vector<std::vector<Index>> loops;
  std::vector<ReferenceSevered> severed;
  std::set<Index> heard_through;
  Standing standing = Standing::kNoStanding;
  Flags flags;
  friend bool operator==(const ReferenceAssessment&, const ReferenceAssessment&) = default;
};

ReferenceAssessment Reference(const Case& a_case);

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_REFERENCE_H_
