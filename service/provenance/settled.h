// What is settled about a case before lines are counted: who carries which stance, who is heard
// how, what still counts.
#ifndef HEADWATER_PROVENANCE_SETTLED_H_
#define HEADWATER_PROVENANCE_SETTLED_H_

#include <vector>

#include "provenance/citations.h"
#include "provenance/voices.h"

namespace headwater::provenance {

// All by assessment.h's rules; lists go by attribution unless said otherwise.
struct Settled {
  Voices voices;
  std::vector<Index> publisher;  // of each document: the voice with which it tells
  std::vector<Days> own_dates;
  std::vector<bool> counts;
  std::vector<bool> directly_heard;
  Citations citations;
  std::vector<Stances> carries;  // by node of citations.all
  std::vector<Stances> rests;    // for which stances it rests on somebody, a stub perhaps
  std::vector<Stances> hidden;   // for which stances it is heard only through others told with it
  std::vector<bool> evidence_only;  // no first-hand origin: EVIDENCE that nobody vouches for

  Index voice(const Case& a_case, Index attribution) const {
    return voices.voice_of[a_case.attributions[attribution].source];
  }
};

Settled Settle(const Case& a_case);

// The strong components of the citations (Citations::all or told_together) that allow one of
// `stances`, among the attributions for which `in` holds: the number of each node's.
std::vector<size_t> CitationComponents(const Graph& citations, const std::vector<bool>& in,
                                       Stances stances = kAllStances);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_SETTLED_H_
