// Why a claim was found for a statement, and what does not agree, in sentences.
#ifndef HEADWATER_DATABASE_FINDING_MATCH_WORDS_H_
#define HEADWATER_DATABASE_FINDING_MATCH_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "headwater/v1/verification.pb.h"
#include "search/rank/matcher.h"
#include "search/text/token.h"

namespace headwater::database {

// `tokens` are the statement's.
std::string MatchReason(const search::Match& match, absl::string_view statement,
                        absl::Span<const search::Token> tokens);

// To the reason of one that came by its vector.
void AddNearReason(double cosine, const v1::Embedding& embedding, v1::ClaimMatch* out);

void AddMismatches(const search::Match& match, v1::ClaimMatch* out);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_MATCH_WORDS_H_
