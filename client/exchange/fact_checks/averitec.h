// AVeriTeC: claims with their fact-checks' questions, answers and evidence.
#ifndef HEADWATER_EXCHANGE_FACT_CHECKS_AVERITEC_H_
#define HEADWATER_EXCHANGE_FACT_CHECKS_AVERITEC_H_

#include <memory>
#include <string>

#include "exchange/input.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// Reads the set's array (or lines) of claims, each with claim, claim_date (day first), speaker,
// reporting_source, original_claim_url, fact_checking_article, label, justification and questions
// with answers. Rejected is what is not JSON or has no claim ("claim is missing").
//
// A row makes the claim; the speaker, the reporting source or the network's unnamed accounts, who
// ASSERT it in the document at original_claim_url or else as told in the fact-check; the fact-check
// as a document, and the fact-checker's review without a verdict, which the set does not give; the
// review of the set's own annotators, with label and justification, and in its note the questions
// and answers with where they were found; and the documents that the answers rest on. What those
// say of the claim is not in the set: nothing is attributed to them.
std::unique_ptr<Reader> NewAveritecReader(std::unique_ptr<Input> input, std::string language);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FACT_CHECKS_AVERITEC_H_
