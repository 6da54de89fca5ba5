// What two sources say in claims that say the same.
#ifndef HEADWATER_DATABASE_QUESTIONS_COMPARED_GROUP_H_
#define HEADWATER_DATABASE_QUESTIONS_COMPARED_GROUP_H_

#include <set>
#include <string>
#include <vector>

#include "database/questions/gather.h"
#include "headwater/v1/source_comparison.pb.h"
#include "provenance/citations.h"

namespace headwater::database {

// What one of the two says there that counts.
struct ComparedSide {
  std::set<std::string> claims;     // ids
  provenance::Stances stances = 0;  // carried
  std::vector<std::string> citing;  // names of its attributions that cite the other
  int32_t earliest = INT32_MAX;     // the first day on which something can have been said
  int32_t latest = INT32_MAX;       // the day by which something certainly was
  uint64_t recorded = UINT64_MAX;   // the first sequence

  bool asserts() const { return (stances & provenance::BitOf(v1::STANCE_ASSERTS)) != 0; }
  bool denies() const { return (stances & provenance::BitOf(v1::STANCE_DENIES)) != 0; }
};

struct ComparedGroup {
  ComparedSide first;
  ComparedSide second;
};

// `first` and `second` are ids of sources.
ComparedGroup Compared(const Gathered& gathered, const std::string& first,
                       const std::string& second);

// What both have in common in a group in which both say something, but for the texts.
v1::SharedClaim SharedIn(const ComparedGroup& group);
// That one asserts what is said in one group and the other what is in another that contradicts it.
v1::SharedClaim SharedAcross(const ComparedSide& first, const ComparedSide& second);

// Counts it.
void Count(const v1::SharedClaim& shared, v1::ComparisonCounts* counts);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_COMPARED_GROUP_H_
