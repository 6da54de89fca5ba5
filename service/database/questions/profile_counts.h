// What a single record adds to a source's profile.
#ifndef HEADWATER_DATABASE_QUESTIONS_PROFILE_COUNTS_H_
#define HEADWATER_DATABASE_QUESTIONS_PROFILE_COUNTS_H_

#include "headwater/v1/source_profile.pb.h"
#include "records/edge.h"

namespace headwater::database {

// The most claims that a page names as examples; ProfileSourceResponse says so.
inline constexpr int kMostExamples = 20;

// Whether it asserts or denies in its own name, first-hand.
bool IsOriginated(const records::Edge& edge);

// `fate` is how it was withdrawn, itself or with its document; UNSPECIFIED where it was not.
void CountAttribution(const records::Edge& edge, v1::WithdrawalKind fate,
                      v1::ProfileCounts* counts);

void CountDocument(v1::WithdrawalKind fate, v1::ProfileCounts* counts);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_PROFILE_COUNTS_H_
