#include "exchange/fact_checks/averitec.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "exchange/fit.h"
#include "exchange/fit_value.h"
#include "exchange/ids.h"
#include "exchange/json_reader.h"
#include "exchange/row_builder.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

constexpr char kFormat[] = "averitec";
constexpr size_t kMostEvidence = 1000;  // documents of one claim

class Assembly {
 public:
  Assembly(const Json& row, const std::string& raw, const std::string& language,
           RowBuilder* builder)
      : row_(row), raw_(raw), language_(FitLanguage(language).value_or("en")), builder_(*builder) {}

  void Run() {
    claim_ = ClaimNameOf(language_, Text("claim"));
    AddClaim();
    AddFactCheck();
    AddWhoSaidIt();
    AddEvidence();
    AddLabel();
  }

 private:
  std::string Text(absl::string_view member) const { return TextOf(row_, {member}); }

  void AddClaim() {
    v1::Claim* claim = builder_.NewClaim(claim_);
    Fitter fitter(claim, kFormat);
    fitter.Set("text", Text("claim"));
    claim->set_language(language_);
    claim->set_nature(v1::CLAIM_NATURE_FACT);
    for (const Json* type : ItemsOf(Member(row_, "claim_types"))) {
      if (const auto tag = FitId(TextOf(type))) fitter.Add("tags", *tag);
    }
  }

  static bool IsLink(const std::string& uri) {
    return FitUri(uri).has_value() && !DomainOf(uri).empty();
  }

  static std::string OwnUri(const std::string& uri) {
    const std::string archived = ArchivedUri(uri);
    return archived.empty() ? uri : archived;
  }

  // The fact-check, who published it, and the review that it is.
  void AddFactCheck() {
    const std::string uri = Text("fact_checking_article");
    if (!IsLink(uri)) return;
    const std::string own = OwnUri(uri);
    const std::string reviewer =
        AddSourceOfDomain(&builder_, DomainOf(own), "", v1::SOURCE_KIND_NEWS_OUTLET);
    fact_check_ = AddDocument(&builder_, uri, "", reviewer);
    v1::Review* review = builder_.NewReview(ReviewNameOf(claim_, reviewer, own));
    review->set_author(reviewer);
    Fitter fitter(review, kFormat);
    fitter.Set("uri", own);
    FillItemReviewed(&fitter);
  }

  void FillItemReviewed(Fitter* fitter) {
    fitter->Set("claim_reviewed", Text("claim"));
    fitter->Set("item_reviewed.author", Text("speaker"));
    fitter->Set("item_reviewed.published_date", Text("claim_date"), DayOrder::kDayFirst);
    fitter->Add("item_reviewed.appearances", Text("original_claim_url"));
  }

  // Whoever is named as speaker, or else what reported it: an outlet, or unnamed accounts on a
  // network. Empty where the row names neither.
  std::string AddSpeaker() {
    const std::string speaker = Text("speaker");
    if (!speaker.empty()) {
      return AddSourceOfName(
          &builder_, speaker,
          IsCollective(speaker) ? v1::SOURCE_KIND_ANONYMOUS : v1::SOURCE_KIND_PERSON);
    }
    return AddReporter();
  }

  std::string AddReporter() {
    const std::string reporter = Text("reporting_source");
    if (reporter.empty()) return std::string();
    const std::string network = NetworkOfName(reporter);
    if (!network.empty()) return AddPublisherOf(&builder_, network);
    return AddSourceOfName(
        &builder_, reporter,
        IsCollective(reporter) ? v1::SOURCE_KIND_ANONYMOUS : v1::SOURCE_KIND_NEWS_OUTLET);
  }

  void AddWhoSaidIt() {
    const std::string uri = Text("original_claim_url");
    std::string document = fact_check_;
    std::string source;
    if (IsLink(uri)) {
      const std::string own = OwnUri(uri);
      source = AddSpeaker();
      const bool speakers = !Text("speaker").empty() && !IsCollective(Text("speaker")) &&
                            IsSocialNetwork(own) && !NamesAccount(own);
      const std::string publisher = speakers ? source : AddPublisherOf(&builder_, own);
      if (source.empty()) source = publisher;
      v1::Document* added = nullptr;
      document = AddDocument(&builder_, uri, "", publisher, &added);
      if (added != nullptr) {
        Fitter fitter(added, kFormat);
        fitter.Set("published_date", Text("claim_date"), DayOrder::kDayFirst);
        if (added->archive_uri().empty()) {
          fitter.Set("archive_uri", Text("cached_original_claim_url"));
        }
      }
    } else {
      source = AddSpeaker();
    }
    if (!source.empty() && !document.empty()) AddAssertion(source, document);
  }

  void AddAssertion(const std::string& source, const std::string& document) {
    v1::Attribution made;
    made.set_source(source);
    made.set_document(document);
    made.set_stance(v1::STANCE_ASSERTS);
    const std::string name = AttributionNameOf(claim_, made);
    v1::Attribution* attribution = builder_.NewAttribution(name);
    *attribution = made;
    attribution->set_name(name);
    Fitter fitter(attribution, kFormat);
    fitter.Set("said_date", Text("claim_date"), DayOrder::kDayFirst);
    if (!Text("speaker").empty()) fitter.Keep("reporting_source", Text("reporting_source"));
  }

  // "Question? Answer (found at URI)", a line each, and the documents they were found in.
  void AddEvidence() {
    size_t documents = 0;
    for (const Json* question : ItemsOf(Member(row_, "questions"))) {
      absl::StrAppend(&questions_, questions_.empty() ? "" : "\n", TextOf(*question, {"question"}));
      for (const Json* answer : ItemsOf(Member(*question, "answers"))) {
        absl::StrAppend(&questions_, "\n- ", TextOf(*answer, {"answer"}));
        const std::string why = TextOf(*answer, {"boolean_explanation"});
        if (!why.empty()) absl::StrAppend(&questions_, ": ", why);
        const std::string uri = TextOf(*answer, {"source_url"});
        if (!IsLink(uri) || ++documents > kMostEvidence) continue;
        absl::StrAppend(&questions_, " (", OwnUri(uri), ")");
        AddEvidenceDocument(uri, *answer);
      }
    }
  }

  void AddEvidenceDocument(const std::string& uri, const Json& answer) {
    const std::string publisher = AddPublisherOf(&builder_, OwnUri(uri));
    v1::Document* document = nullptr;
    AddDocument(&builder_, uri, "", publisher, &document);
    if (document == nullptr) return;
    Fitter fitter(document, kFormat);
    const std::string cached = TextOf(answer, {"cached_source_url"});
    if (document->archive_uri().empty() && cached != uri) fitter.Set("archive_uri", cached);
    fitter.Keep("source_medium", TextOf(answer, {"source_medium"}));
  }

  // The label is the annotators', not the fact-checker's.
  void AddLabel() {
    const std::string annotators =
        AddSourceOfName(&builder_, "AVeriTeC annotators", v1::SOURCE_KIND_DATA_PROVIDER);
    v1::Review* review =
        builder_.NewReview(ReviewNameOf(claim_, annotators, OwnUri(Text("fact_checking_article"))));
    review->set_author(annotators);
    Fitter fitter(review, kFormat);
    fitter.KeepRecord(raw_);
    FillItemReviewed(&fitter);
    fitter.Set("rating.alternate_name", Text("label"));
    fitter.Set("rating.explanation", Text("justification"));
    fitter.Set("note", questions_);
    fitter.Keep("location_ISO_code", Text("location_ISO_code"));
  }

  const Json& row_;
  const std::string& raw_;
  const std::string language_;
  RowBuilder& builder_;
  std::string claim_;
  std::string fact_check_;  // the document, where there is one
  std::string questions_;
};

void Convert(const Json& value, const std::string& text, const std::string& language, Row* row) {
  if (Trimmed(ToUtf8(TextOf(value, {"claim"}))).empty()) {
    return row->Reject("claim is missing", "claim", "a row says in it what is claimed");
  }
  RowBuilder builder(kFormat);
  Assembly(value, text, language, &builder).Run();
  builder.Finish(row);
}

}  // namespace

std::unique_ptr<Reader> NewAveritecReader(std::unique_ptr<Input> input, std::string language) {
  return NewJsonReader(
      std::move(input), {},
      [language = std::move(language)](const Json& value, const std::string& text, Row* row) {
        Convert(value, text, language, row);
      });
}

}  // namespace headwater::exchange
