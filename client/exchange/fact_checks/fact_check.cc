#include "exchange/fact_checks/fact_check.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "exchange/fact_checks/reviewed_claim.h"
#include "exchange/fit.h"
#include "exchange/fit_value.h"
#include "exchange/html_text.h"
#include "exchange/ids.h"
#include "exchange/json_reader.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

constexpr char kFormat[] = "fact-check";
constexpr size_t kMostReviews = 1000;  // of one claim

ReviewedClaim Read(const Json& claim, const Json& review, const std::string& default_language) {
  ReviewedClaim reviewed;
  reviewed.text = TextOf(claim, {"text"});
  reviewed.claimant.name = TextOf(claim, {"claimant"});
  // The API does not say who is a person; most claimants are.
  reviewed.claimant.kind = v1::SOURCE_KIND_PERSON;
  reviewed.claim_date = TextOf(claim, {"claimDate"});
  reviewed.language = TextOf(review, {"languageCode"});
  if (reviewed.language.empty()) reviewed.language = default_language;
  if (const Json* publisher = Member(review, "publisher"); publisher != nullptr) {
    reviewed.reviewer.name = TextOf(*publisher, {"name"});
    reviewed.reviewer.uri = TextOf(*publisher, {"site"});
  }
  reviewed.title = TextOf(review, {"title"});
  reviewed.uri = TextOf(review, {"url"});
  reviewed.review_date = TextOf(review, {"reviewDate"});
  reviewed.verdict = TextOf(review, {"textualRating"});
  return reviewed;
}

// A claim that nobody has reviewed, and who made it.
void AddBareClaim(const Json& claim, const std::string& text, const std::string& raw,
                  const std::string& default_language, RowBuilder* builder) {
  const std::string language = FitLanguage(default_language).value_or("und");
  v1::Claim* added = builder->NewClaim(ClaimNameOf(language, HtmlToText(ToUtf8(text))));
  Fitter fitter(added, kFormat);
  fitter.KeepRecord(raw);
  fitter.SetHtml("text", text);
  added->set_language(language);
  added->set_nature(v1::CLAIM_NATURE_FACT);
  const std::string claimant = TextOf(claim, {"claimant"});
  if (claimant.empty()) return;
  AddSourceOfName(builder, claimant,
                  IsCollective(claimant) ? v1::SOURCE_KIND_ANONYMOUS : v1::SOURCE_KIND_PERSON);
}

void Convert(const Json& claim, const std::string& raw, const std::string& language, Row* row) {
  const std::string text = TextOf(claim, {"text"});
  if (Trimmed(HtmlToText(ToUtf8(text))).empty()) {
    return row->Reject("text is missing", "text", "a claim says in it what is claimed");
  }
  const std::vector<const Json*> reviews = ItemsOf(Member(claim, "claimReview"));
  // What the claim says is gone through for each review of it.
  if (reviews.size() > kMostReviews || reviews.size() * text.size() > kMaxRow) {
    return row->Reject(
        "too many reviews", "claimReview",
        absl::StrCat("a claim may have ", kMostReviews, ", and fewer of a long one"));
  }
  RowBuilder builder(kFormat);
  size_t kept = 0;
  for (const Json* review : reviews) {
    ReviewedClaim reviewed = Read(claim, *review, language);
    kept += raw.size();
    if (kept <= kMaxRow) reviewed.record = raw;
    AddReviewedClaim(reviewed, &builder);
  }
  if (reviews.empty()) AddBareClaim(claim, text, raw, language, &builder);
  builder.Finish(row);
}

}  // namespace

std::unique_ptr<Reader> NewFactCheckReader(std::unique_ptr<Input> input, std::string language) {
  return NewJsonReader(
      std::move(input), {"claims"},
      [language = std::move(language)](const Json& value, const std::string& text, Row* row) {
        Convert(value, text, language, row);
      });
}

}  // namespace headwater::exchange
