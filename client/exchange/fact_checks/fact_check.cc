#include "exchange/fact_checks/fact_check.h"

#include <utility>
#include <vector>

#include "exchange/fact_checks/reviewed_claim.h"
#include "exchange/fit.h"
#include "exchange/fit_value.h"
#include "exchange/html_text.h"
#include "exchange/ids.h"
#include "exchange/json_items.h"
#include "exchange/json_text.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

constexpr char kFormat[] = "fact-check";

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

class FactCheckReader final : public Reader {
 public:
  FactCheckReader(std::unique_ptr<Input> input, std::string language)
      : input_(std::move(input)),
        language_(std::move(language)),
        items_(input_.get(), {"claims"}) {}

  absl::StatusOr<bool> Next(Row* row) override {
    std::string text;
    absl::StatusOr<bool> more = items_.Next(row, &text);
    if (more.ok() && *more && !row->rejected()) Convert(text, row);
    return more;
  }

 private:
  void Convert(const std::string& raw, Row* row) {
    const absl::StatusOr<Json> claim = ParseJson(raw);
    if (!claim.ok()) return row->Reject("not JSON", "", std::string(claim.status().message()));
    const std::string text = TextOf(*claim, {"text"});
    if (Trimmed(HtmlToText(ToUtf8(text))).empty()) {
      return row->Reject("text is missing", "text", "a claim says in it what is claimed");
    }
    RowBuilder builder(kFormat);
    for (const Json* review : ItemsOf(Member(*claim, "claimReview"))) {
      ReviewedClaim reviewed = Read(*claim, *review, language_);
      reviewed.record = raw;
      AddReviewedClaim(reviewed, &builder);
    }
    if (ItemsOf(Member(*claim, "claimReview")).empty()) {
      AddBareClaim(*claim, text, raw, language_, &builder);
    }
    builder.Finish(row);
  }

  std::unique_ptr<Input> input_;
  std::string language_;
  JsonItems items_;
};

}  // namespace

std::unique_ptr<Reader> NewFactCheckReader(std::unique_ptr<Input> input, std::string language) {
  return std::make_unique<FactCheckReader>(std::move(input), std::move(language));
}

}  // namespace headwater::exchange
