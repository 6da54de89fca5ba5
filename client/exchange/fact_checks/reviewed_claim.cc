#include "exchange/fact_checks/reviewed_claim.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "exchange/fit.h"
#include "exchange/fit_value.h"
#include "exchange/html_text.h"
#include "exchange/ids.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

constexpr size_t kMostAppearances = 200;

class Assembly {
 public:
  Assembly(const ReviewedClaim& reviewed, RowBuilder* row) : reviewed_(reviewed), row_(*row) {}

  void Run() {
    const std::string language = FitLanguage(reviewed_.language).value_or("und");
    claim_ = ClaimNameOf(language, HtmlToText(ToUtf8(reviewed_.text)));
    reviewer_ = AddReviewer();
    AddClaim(language);
    AddReviewDocument();
    if (!reviewed_.claimant.name.empty()) claimant_ = AddClaimant();
    const std::vector<std::string> appearances = Appearances();
    for (const std::string& uri : appearances) AddAppearance(uri, appearances.size() == 1);
    if (!told_ && !claimant_.empty() && !review_document_.empty()) Asserts(review_document_);
    AddReview();
  }

 private:
  std::string AddReviewer() {
    const ReviewedClaim::Party& party = reviewed_.reviewer;
    std::string domain = IsSocialNetwork(party.uri) ? "" : DomainOf(party.uri);
    if (domain.empty()) domain = DomainOf(ReviewUri());
    if (domain.empty() && party.name.empty()) {
      return AddSourceOfName(&row_, "unnamed fact-checker", v1::SOURCE_KIND_ORGANIZATION);
    }
    if (domain.empty()) return AddSourceOfName(&row_, party.name, party.kind);
    // A person's name is not the outlet's.
    const bool person = party.kind == v1::SOURCE_KIND_PERSON;
    return AddSourceOfDomain(&row_, domain, person ? "" : party.name, v1::SOURCE_KIND_NEWS_OUTLET);
  }

  void AddClaim(const std::string& language) {
    v1::Claim* claim = row_.NewClaim(claim_);
    if (claim == nullptr) return;
    Fitter fitter(claim, row_.format());
    fitter.SetHtml("text", reviewed_.text);
    claim->set_language(language);
    if (!reviewed_.language.empty() && reviewed_.language != language) {
      fitter.Keep("language", reviewed_.language);
    }
    claim->set_nature(v1::CLAIM_NATURE_FACT);
  }

  // The page of the review itself, where its link leads into an archive.
  std::string ReviewUri() const {
    const std::string archived = ArchivedUri(reviewed_.uri);
    return archived.empty() ? reviewed_.uri : archived;
  }

  void AddReviewDocument() {
    if (DomainOf(ReviewUri()).empty() || !FitUri(reviewed_.uri)) return;
    v1::Document* document = nullptr;
    review_document_ = AddDocument(&row_, reviewed_.uri, reviewed_.title, reviewer_, &document);
    if (document == nullptr) return;
    Fitter fitter(document, row_.format());
    fitter.Set("published_date", reviewed_.review_date);
    fitter.Set("language", reviewed_.language);
    for (const std::string& writer : reviewed_.writers) fitter.Add("authors", writer);
  }

  std::string AddClaimant() {
    const ReviewedClaim::Party& party = reviewed_.claimant;
    anonymous_ = IsCollective(party.name);
    v1::Source* source = nullptr;
    std::string name = AddSourceOfName(
        &row_, party.name, anonymous_ ? v1::SOURCE_KIND_ANONYMOUS : party.kind, &source);
    if (source == nullptr) return name;
    Fitter fitter(source, row_.format());
    fitter.SetHtml("note", party.note);
    // Links of unnamed people are where they said it, not who they are.
    for (const std::string& uri : party.same_as) {
      if (!anonymous_) fitter.Add("same_as", uri);
    }
    return name;
  }

  std::vector<std::string> Appearances() const {
    std::vector<std::string> uris;
    absl::flat_hash_set<std::string> keys;
    const auto add = [&](const std::string& uri) {
      if (uris.size() == kMostAppearances || DomainOf(uri).empty() || !FitUri(uri)) return;
      if (keys.insert(UriKey(uri)).second) uris.push_back(uri);
    };
    add(reviewed_.first_appearance);
    for (const std::string& uri : reviewed_.appearances) add(uri);
    return uris;
  }

  void AddAppearance(const std::string& uri, bool alone) {
    const std::string archived = ArchivedUri(uri);
    const std::string& own = archived.empty() ? uri : archived;
    const bool claimants =
        !claimant_.empty() && !anonymous_ && IsSocialNetwork(own) && !NamesAccount(own);
    const std::string publisher = claimants ? claimant_ : AddPublisherOf(&row_, own);
    v1::Document* document = nullptr;
    const std::string name = AddDocument(&row_, uri, "", publisher, &document);
    // The date is the claim's; it is the page's, too, where it is the only one.
    if (document != nullptr && alone) {
      Fitter(document, row_.format()).Set("published_date", reviewed_.claim_date);
    }
    if (!claimant_.empty()) Asserts(name);
  }

  void Asserts(const std::string& document) {
    v1::Attribution attribution;
    attribution.set_source(claimant_);
    attribution.set_document(document);
    attribution.set_stance(v1::STANCE_ASSERTS);
    const std::string name = AttributionNameOf(claim_, attribution);
    v1::Attribution* added = row_.NewAttribution(name);
    if (added == nullptr) return;
    *added = attribution;
    added->set_name(name);
    Fitter(added, row_.format()).Set("said_date", reviewed_.claim_date);
    told_ = true;
  }

  void AddReview() {
    v1::Review* review = row_.NewReview(ReviewNameOf(claim_, reviewer_, ReviewUri()));
    if (review == nullptr) return;
    Fitter fitter(review, row_.format());
    fitter.KeepRecord(reviewed_.record);
    review->set_author(reviewer_);
    fitter.SetHtml("title", reviewed_.title);
    fitter.Set("uri", reviewed_.uri);
    fitter.Set("published_date", reviewed_.review_date);
    fitter.Set("language", reviewed_.language);
    fitter.SetHtml("claim_reviewed", reviewed_.text);
    fitter.SetHtml("rating.alternate_name", reviewed_.verdict);
    fitter.Set("rating.value", reviewed_.value);
    fitter.Set("rating.best", reviewed_.best);
    fitter.Set("rating.worst", reviewed_.worst);
    fitter.SetHtml("rating.explanation", reviewed_.explanation);
    fitter.SetHtml("item_reviewed.author", reviewed_.claimant.name);
    fitter.Set("item_reviewed.published_date", reviewed_.claim_date);
    fitter.Set("item_reviewed.first_appearance", reviewed_.first_appearance);
    for (const std::string& uri : reviewed_.appearances) {
      fitter.Add("item_reviewed.appearances", uri);
    }
    fitter.SetHtml("note", reviewed_.note);
    fitter.Keep("item_reviewed.name", reviewed_.said_at);
  }

  const ReviewedClaim& reviewed_;
  RowBuilder& row_;
  std::string claim_;
  std::string reviewer_;
  std::string review_document_;
  std::string claimant_;
  bool anonymous_ = false;
  bool told_ = false;
};

}  // namespace

void AddReviewedClaim(const ReviewedClaim& reviewed, RowBuilder* row) {
  Assembly(reviewed, row).Run();
}

}  // namespace headwater::exchange
