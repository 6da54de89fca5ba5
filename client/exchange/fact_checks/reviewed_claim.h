// What fact-checkers publish of a claim, whichever format it came in, as records.
#ifndef HEADWATER_EXCHANGE_FACT_CHECKS_REVIEWED_CLAIM_H_
#define HEADWATER_EXCHANGE_FACT_CHECKS_REVIEWED_CLAIM_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "exchange/row_builder.h"
#include "headwater/v1/source.pb.h"

namespace headwater::exchange {

// Values as they are found; empty where there is none. Text may be in HTML.
struct ReviewedClaim {
  struct Party {
    std::string name;
    v1::SourceKind kind = v1::SOURCE_KIND_ORGANIZATION;
    std::string uri;                   // its own page
    std::vector<std::string> same_as;  // what identifies it elsewhere
    std::string note;                  // its office
  };

  std::string text;
  std::string language;  // of the claim and the review; "und" where it is not known

  Party claimant;
  std::string claim_date;
  std::string first_appearance;
  std::vector<std::string> appearances;
  std::string said_at;  // where it was said, in words: "TV3"

  Party reviewer;
  std::vector<std::string> writers;  // of the review, where the reviewer is an outlet
  std::string title;
  std::string uri;
  std::string review_date;
  std::string verdict;  // in words
  std::string value;
  std::string best;
  std::string worst;
  std::string explanation;
  std::string note;

  absl::string_view record;  // kept beside the review; of whoever made this
};

// Adds the fact-checker, the review's document, the claim and the review; the claimant, where one
// is named; a document for each appearance; and where a claimant is named, that they ASSERT the
// claim, as told in each appearance, or where there is none, as told in the review's document.
// Requires text. Values that do not fit are kept in original.values, never refused.
//
// A fact-checker is known by the domain of its own page (no social network's), or else of its
// review, or else by its name. A claimant is known by name; one for unnamed people ("Several
// persons") is ANONYMOUS. On a network where the link does not name the account, a named claimant
// is taken for who published it.
void AddReviewedClaim(const ReviewedClaim& reviewed, RowBuilder* row);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FACT_CHECKS_REVIEWED_CLAIM_H_
