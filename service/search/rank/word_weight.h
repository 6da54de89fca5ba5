// What the words of a text that is searched for weigh.
#ifndef HEADWATER_SEARCH_RANK_WORD_WEIGHT_H_
#define HEADWATER_SEARCH_RANK_WORD_WEIGHT_H_

#include <cstdint>

#include "search/rank/query_words.h"
#include "search/text/byline.h"
#include "search/text/token.h"

namespace headwater::search {

// What it weighs to be in so many of all resources: the fewer, the more.
double RarityWeight(uint32_t having, uint32_t resources);

// The rarer the word, the more; names more than other words, figures and links less; all of it by
// the word's share.
double WeightOf(const QueryWord& word, uint32_t resources);

// How much of a word's weight counts at this place, 0 to 1. A post's byline tells who says it and
// when, of which claims tell the name at most: its words would else outweigh what is said.
double ShareOf(const Token& token, const Byline& byline);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_WORD_WEIGHT_H_
