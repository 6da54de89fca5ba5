// Rows of the Google Fact Check Tools API's claims:search.
#ifndef HEADWATER_EXCHANGE_FACT_CHECKS_FACT_CHECK_H_
#define HEADWATER_EXCHANGE_FACT_CHECKS_FACT_CHECK_H_

#include <memory>
#include <string>

#include "exchange/input.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// Reads claims: answers ({"claims": [...]}), one after another, or claims alone, one a line or in
// an array. Each has text, claimant, claimDate and claimReview, a list of reviews with publisher
// {name, site}, url, title, reviewDate, textualRating and languageCode. Rejected is what is not
// JSON or has no text ("text is missing"). A claim without reviews is read all the same.
std::unique_ptr<Reader> NewFactCheckReader(std::unique_ptr<Input> input, std::string language);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FACT_CHECKS_FACT_CHECK_H_
