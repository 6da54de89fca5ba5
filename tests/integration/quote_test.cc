// Quotes: checked against the text of their document, whichever of the two changes, and never moved
// to where they would fit.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"

namespace headwater::integration {
namespace {

using grpc::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kText[] = "Ông nói: “Chưa rõ”. Bà nói: “Chưa rõ, còn phải xem”.";

// A document d with kText, one without any text, a claim c.
class QuoteTest : public ApiTest {
 protected:
  QuoteTest() {
    Ok(&Sources::CreateSource, NewSource("s"));
    Ok(&Claims::CreateClaim, NewClaim("c"));
    v1::CreateDocumentRequest document = NewDocument("d", "s");
    document.mutable_document()->set_text(kText);
    Ok(&Documents::CreateDocument, document);
    Ok(&Documents::CreateDocument, NewDocument("bare", "s"));
  }

  // An attribution with a quote, in text format.
  static v1::CreateAttributionRequest Quoting(const std::string& id, const std::string& quote,
                                              const std::string& document = "d") {
    v1::CreateAttributionRequest request = NewAttribution("c", "s", document);
    request.set_attribution_id(id);
    *request.mutable_attribution()->mutable_quote() = From<v1::Quote>(quote);
    return request;
  }
  static v1::UpdateDocumentRequest Retold(const std::string& text,
                                          const std::string& document = "d") {
    v1::UpdateDocumentRequest request;
    request.mutable_document()->set_name(absl::StrCat("documents/", document));
    request.mutable_document()->set_text(text);
    request.mutable_update_mask()->add_paths("text");
    return request;
  }
  static v1::UpdateAttributionRequest Requoted(const std::string& id, const std::string& quote) {
    v1::UpdateAttributionRequest request;
    request.mutable_attribution()->set_name(Name(id));
    *request.mutable_attribution()->mutable_quote() = From<v1::Quote>(quote);
    request.mutable_update_mask()->add_paths("quote");
    return request;
  }
  static std::string Name(const std::string& id) {
    return absl::StrCat("claims/c/attributions/", id);
  }
  void Delete(const std::string& id) {
    v1::DeleteAttributionRequest request;
    request.set_name(Name(id));
    request.set_reason("for the test");
    Ok(&Attributions::DeleteAttribution, request);
  }
  static v1::UndeleteAttributionRequest Undeleted(const std::string& id) {
    v1::UndeleteAttributionRequest request;
    request.set_name(Name(id));
    return request;
  }
  // That the quote is refused for what stands in `field`, in these words.
  void Untrue(const std::string& quote, const std::string& field, const std::string& words) {
    const grpc::Status status = Refused(&Attributions::CreateAttribution, Quoting("x", quote),
                                        StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(BadFields(status), ElementsAre(field)) << Show(status);
    EXPECT_THAT(status.error_message(), HasSubstr(words));
  }
};

TEST_F(QuoteTest, StandsExactlyAtItsPosition) {
  Ok(&Attributions::CreateAttribution,
     Quoting("a", "exact: 'Chưa rõ' position {start: 10 end: 17}"));
  Ok(&Attributions::CreateAttribution,
     Quoting("b",
             "exact: 'Chưa rõ' prefix: 'Bà nói: “' suffix: ', còn' position {start: 29 end: 36}"));
  const std::string field = "attribution.quote.position";
  Untrue("exact: 'Chưa rõ' position {start: 11 end: 18}", field, "stands at 10 to 17");
  Untrue("exact: 'Chưa rõ' position {start: 28 end: 35}", field, "stands at 29 to 36");
  Untrue("exact: 'chưa rõ' position {start: 10 end: 17}", field, "does not stand in the text");
  Untrue("exact: 'xem”.' position {start: 900000 end: 900005}", field, "stands at ");
  Untrue("exact: 'Chưa rõ' prefix: 'Bà nói: “' position {start: 10 end: 17}",
         "attribution.quote.prefix", "stands at 29 to 36");
  Untrue("exact: 'Chưa rõ' suffix: '!' position {start: 10 end: 17}", "attribution.quote.suffix",
         "stands nowhere");
}

TEST_F(QuoteTest, WithoutAPositionStandsSomewhere) {
  Ok(&Attributions::CreateAttribution, Quoting("a", "exact: 'phải xem'"));
  Ok(&Attributions::CreateAttribution, Quoting("b", "exact: 'Chưa rõ' suffix: ', còn'"));
  Untrue("exact: 'phải nghe'", "attribution.quote.exact", "does not stand in the text");
  Untrue("exact: 'phải xem' prefix: 'đã '", "attribution.quote.prefix", "nowhere");
}

TEST_F(QuoteTest, IsTakenAsItStandsWhereThereIsNoText) {
  Ok(&Attributions::CreateAttribution,
     Quoting("a", "exact: 'Anything' position {start: 10 end: 18}", "bare"));
  // Told in a document with a text it must be true, and be true when a text comes.
  v1::UpdateAttributionRequest moved;
  moved.mutable_attribution()->set_name(Name("a"));
  moved.mutable_attribution()->set_document("documents/d");
  const grpc::Status status =
      Refused(&Attributions::UpdateAttribution, moved, StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(status), ElementsAre("attribution.quote.position"));
  const grpc::Status untrue = Refused(&Documents::UpdateDocument, Retold("Other words.", "bare"),
                                      StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(untrue), "QUOTE_UNTRUE");
  EXPECT_THAT(SubjectsOf(untrue), ElementsAre(Name("a")));
  Ok(&Documents::UpdateDocument, Retold("It began: Anything may be.", "bare"));
}

TEST_F(QuoteTest, AnUpdateIsCheckedWhereItTouchesTheQuote) {
  Ok(&Attributions::CreateAttribution,
     Quoting("a", "exact: 'Chưa rõ' position {start: 10 end: 17}"));
  EXPECT_THAT(BadFields(Refused(&Attributions::UpdateAttribution,
                                Requoted("a", "exact: 'Chưa' position {start: 11 end: 15}"),
                                StatusCode::INVALID_ARGUMENT)),
              ElementsAre("attribution.quote.position"));
  const v1::Attribution now = Ok(&Attributions::UpdateAttribution,
                                 Requoted("a", "exact: 'Chưa' position {start: 29 end: 33}"));
  EXPECT_EQ(now.quote().position().start(), 29);
  v1::UpdateAttributionRequest cue;
  cue.mutable_attribution()->set_name(Name("a"));
  cue.mutable_attribution()->mutable_quote()->set_cue("nói");
  cue.mutable_update_mask()->add_paths("quote.cue");
  EXPECT_EQ(Ok(&Attributions::UpdateAttribution, cue).quote().exact(), "Chưa");
}

TEST_F(QuoteTest, ATextIsNotTakenFromUnderTheQuotes) {
  Ok(&Attributions::CreateAttribution,
     Quoting("a", "exact: 'Chưa rõ' position {start: 10 end: 17}"));
  Ok(&Attributions::CreateAttribution, Quoting("b", "exact: 'phải xem'"));
  Ok(&Attributions::CreateAttribution, Quoting("bare", "exact: 'phải nghe'", "bare"));
  grpc::Status status = Refused(&Documents::UpdateDocument, Retold(absl::StrCat("“", kText)),
                                StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(SubjectsOf(status), ElementsAre(Name("a"))) << "one code point further on";
  status = Refused(&Documents::UpdateDocument, Retold("Không."), StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(SubjectsOf(status), ElementsAre(Name("a"), Name("b")));
  EXPECT_THAT(status.error_message(), HasSubstr("documents/d"));
  Ok(&Documents::UpdateDocument, Retold(absl::StrCat(kText, " Hết.")));
  // Without a text nothing is untrue; with the next one it may be again.
  Ok(&Documents::UpdateDocument, Retold(""));
  status = Refused(&Documents::UpdateDocument, Retold("Không."), StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(SubjectsOf(status), SizeIs(2));
  Delete("a");
  Delete("b");
  Ok(&Documents::UpdateDocument, Retold("Không."));
}

TEST_F(QuoteTest, AnUndeletionIsCheckedAgainstTheTextAsItIsNow) {
  Ok(&Attributions::CreateAttribution, Quoting("a", "exact: 'phải xem'"));
  Delete("a");
  Ok(&Documents::UpdateDocument, Retold("Không."));
  grpc::Status status =
      Refused(&Attributions::UndeleteAttribution, Undeleted("a"), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(status), "QUOTE_UNTRUE");
  EXPECT_THAT(SubjectsOf(status), ElementsAre(Name("a")));
  // With its claim too, and by force too: a quote can't be severed.
  v1::DeleteClaimRequest whole;
  whole.set_name("claims/c");
  whole.set_reason("for the test");
  whole.set_force(true);
  Ok(&Documents::UpdateDocument, Retold(kText));
  Ok(&Attributions::UndeleteAttribution, Undeleted("a"));
  Ok(&Claims::DeleteClaim, whole);
  Ok(&Documents::UpdateDocument, Retold("Không."));
  v1::UndeleteClaimRequest back;
  back.set_name("claims/c");
  back.set_force(true);
  status = Refused(&Claims::UndeleteClaim, back, StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(SubjectsOf(status), ElementsAre(Name("a")));
  Ok(&Documents::UpdateDocument, Retold(kText));
  Ok(&Claims::UndeleteClaim, back);
}

// What is told in a deleted document is held to its text all the same, so that the document can be
// undeleted.
TEST_F(QuoteTest, ADeletedDocumentsTextStillCounts) {
  Ok(&Attributions::CreateAttribution, Quoting("a", "exact: 'phải xem'"));
  v1::DeleteDocumentRequest remove;
  remove.set_name("documents/d");
  remove.set_reason("for the test");
  remove.set_force(true);
  Ok(&Documents::DeleteDocument, remove);
  Refused(&Attributions::UpdateAttribution, Requoted("a", "exact: 'phải nghe'"),
          StatusCode::INVALID_ARGUMENT);
  Ok(&Attributions::UpdateAttribution, Requoted("a", "exact: 'Bà nói'"));
  v1::UndeleteDocumentRequest back;
  back.set_name("documents/d");
  Ok(&Documents::UndeleteDocument, back);
}

TEST_F(QuoteTest, ABatchNamesEachThatIsUntrue) {
  v1::BatchCreateAttributionsRequest batch;
  *batch.add_requests() = Quoting("a", "exact: 'phải xem'");
  *batch.add_requests() = Quoting("b", "exact: 'phải nghe'");
  *batch.add_requests() = Quoting("e", "exact: 'phải nghe'", "bare");
  *batch.add_requests() = Quoting("f", "exact: 'Chưa' position {start: 0 end: 4}");
  const grpc::Status status =
      Refused(&Attributions::BatchCreateAttributions, batch, StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(status), ElementsAre("requests[1].attribution.quote.exact",
                                             "requests[3].attribution.quote.position"));
  batch.mutable_requests()->DeleteSubrange(1, 1);
  batch.mutable_requests()->RemoveLast();
  Ok(&Attributions::BatchCreateAttributions, batch);
}

// A text that can't be looked through on the spot.
TEST_F(QuoteTest, IsFoundInTheLongestText) {
  std::string text;
  for (int i = 0; i < 1'000'000 - 8; ++i) text += i % 97 == 0 ? " " : "ế";
  text += "tận cùng";
  Ok(&Documents::UpdateDocument, Retold(text, "bare"));
  Ok(&Attributions::CreateAttribution,
     Quoting("a", "exact: 'tận cùng' position {start: 999992 end: 1000000}", "bare"));
  Ok(&Attributions::CreateAttribution, Quoting("b", "exact: 'tận cùng'", "bare"));
  const grpc::Status status =
      Refused(&Attributions::CreateAttribution,
              Quoting("x", "exact: 'tận cùng' position {start: 0 end: 8}", "bare"),
              StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("stands at 999992 to 1000000"));
}

// Up to the most attributions told in a document, and not beyond.
TEST_F(QuoteTest, ATextToldByTooManyStaysAsItIs) {
  v1::BatchCreateAttributionsRequest batch;
  for (int i = 0; i < 10'000; ++i)
    *batch.add_requests() =
        Quoting(absl::StrCat("a", i), "exact: 'rõ' position {start: 15 end: 17}");
  Ok(&Attributions::BatchCreateAttributions, batch);
  const grpc::Status untrue =
      Refused(&Documents::UpdateDocument, Retold("Không."), StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(SubjectsOf(untrue), SizeIs(5));
  EXPECT_THAT(untrue.error_message(), HasSubstr("and others"));
  Ok(&Documents::UpdateDocument, Retold(absl::StrCat(kText, "!")));
  Ok(&Attributions::CreateAttribution, Quoting("z", "exact: 'rõ'"));
  const grpc::Status status =
      Refused(&Documents::UpdateDocument, Retold(kText), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(status), "TOO_MANY_QUOTES");
  EXPECT_THAT(SubjectsOf(status), ElementsAre("documents/d"));
  Ok(&Documents::UpdateDocument, Retold(""));  // a text may always go
}

}  // namespace
}  // namespace headwater::integration
