// How a query and a resource that may match it agree: the figures that ranking weighs.
#ifndef HEADWATER_SEARCH_RANK_FEATURES_H_
#define HEADWATER_SEARCH_RANK_FEATURES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "search/rank/candidates.h"
#include "search/rank/letters.h"
#include "search/rank/query_words.h"

namespace headwater::search {

// "Hit": the weight of words shared; "missed": that of words that the query lacks, as rare as they
// are among the candidates, less where the query has a similar word. "Statement" is the one of the
// resource's wordings that agrees best, "title" likewise; one without any title is its own.
enum Feature : uint8_t {
  kIndexScore,           // FindBest's
  kStatementHit,         //
  kTitleHit,             //
  kBothHit,              // of words in statement and title
  kSimilarHit,           // of words that are only similar
  kStatementMissed,      //
  kTitleMissed,          //
  kStatementCoverage,    // hit / (hit + missed)
  kTitleCoverage,        //
  kOverlap,              // Dice's coefficient of query and both texts
  kCosine,               // hit by the root of all weight in both texts
  kHighestHit,           // the weightiest word shared
  kSecondHit,            //
  kRootSquareHit,        //
  kSentenceHit,          // in the one sentence of the query that agrees best
  kSentenceCoverage,     //
  kStatementNeighbours,  // of pairs of words that are near each other in both
  kStatementRun,         // of the longest run of words shared
  kStatementOrder,       // of the longest sequence of words in the same order
  kTitleNeighbours,      //
  kTitleRun,             //
  kTitleOrder,           //
  kNameHit,              // of names in the statement
  kNameMissed,           //
  kNumberHit,            // how many figures are shared
  kNumberMissed,         // how many figures the query lacks
  kStatementLength,      // logarithms
  kTitleLength,          //
  kWordsHit,             // how many different words
  kWordsShare,           // of all in both texts
  kLettersHit,           // of sequences of four letters, by the words that they are in
  kRareLettersHit,       // likewise, by how rare they are themselves
  kFeatures
};
using Features = std::array<float, kFeatures>;

// Those of each candidate, in their order. `letters` are the query's, `scores` FindBest's.
std::vector<Features> Compare(const QueryWords& query, const QueryLetters& letters,
                              const Candidates& candidates, absl::Span<const uint64_t> scores);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_FEATURES_H_
