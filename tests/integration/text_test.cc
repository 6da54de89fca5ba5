// The text of documents: kept once, given when asked for, never other than its SHA-256 says.
#include <string>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/make.h"
#include "testing/server.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TextTest : public ::testing::Test {
 protected:
  TextTest() { EXPECT_TRUE(client().Call(&Sources::CreateSource, NewSource("s")).ok()); }

  const Client& client() { return server_.client(); }

  Answer<v1::Document> Make(const std::string& id, const std::string& text,
                            const std::string& sha256 = "") {
    v1::CreateDocumentRequest request = NewDocument(id, "s");
    request.mutable_document()->set_text(text);
    request.mutable_document()->set_sha256(sha256);
    return client().Call(&Documents::CreateDocument, request);
  }

  v1::Document Get(const std::string& id, bool include_text, int64_t sequence = 0) {
    v1::GetDocumentRequest request;
    request.set_name(absl::StrCat("documents/", id));
    request.set_include_text(include_text);
    if (sequence != 0) request.mutable_read()->set_sequence(sequence);
    const auto answer = client().Call(&Documents::GetDocument, request);
    EXPECT_TRUE(answer.ok()) << Show(answer.status);
    return answer.message;
  }

  TestServer server_;
};

std::string Sha(const std::string& text) { return ToHex(AsBytes(Sha256(text))); }

TEST_F(TextTest, IsGivenOnlyWhenAskedFor) {
  const std::string text = "Những lời đầu tiên.\nVà những lời sau.";
  const auto made = Make("d", text);
  ASSERT_TRUE(made.ok()) << Show(made.status);
  EXPECT_EQ(made.message.text(), "");
  EXPECT_EQ(made.message.sha256(), Sha(text));
  EXPECT_EQ(made.message.text_length(), 37);
  EXPECT_EQ(Get("d", false).text(), "");
  EXPECT_EQ(Get("d", true).text(), text);
  const auto list = client().Call(&Documents::ListDocuments, v1::ListDocumentsRequest());
  EXPECT_EQ(list.message.documents(0).text(), "");
  v1::ListDocumentRevisionsRequest revisions;
  revisions.set_name("documents/d");
  const auto history = client().Call(&Documents::ListDocumentRevisions, revisions);
  EXPECT_EQ(history.message.revisions(0).record().document().text(), "");
}

TEST_F(TextTest, IsKeptOnceHoweverManyDocumentsCarryIt) {
  std::string text;
  for (int i = 0; i < 20000; ++i) absl::StrAppend(&text, i * 7919 % 10007, " ");
  ASSERT_TRUE(Make("a", text).ok());
  const size_t once = server_.Rows().size();
  ASSERT_TRUE(Make("b", text).ok());
  EXPECT_LT(server_.Rows().size() - once, 3000U) << "the second document carries it again";
  EXPECT_EQ(Get("a", true).text(), text);
  EXPECT_EQ(Get("b", true).text(), text);
  // Two of one request, and one deleted: the other keeps it.
  v1::BatchCreateDocumentsRequest batch;
  for (const char* id : {"e", "f"}) {
    *batch.add_requests() = NewDocument(id, "s");
    batch.mutable_requests(batch.requests_size() - 1)->mutable_document()->set_text(text + "!");
  }
  const size_t before = server_.Rows().size();
  ASSERT_TRUE(client().Call(&Documents::BatchCreateDocuments, batch).ok());
  EXPECT_LT(server_.Rows().size() - before, text.size()) << "compressed, and once";
  v1::DeleteDocumentRequest remove;
  remove.set_name("documents/e");
  remove.set_reason("for the test");
  ASSERT_TRUE(client().Call(&Documents::DeleteDocument, remove).ok());
  EXPECT_EQ(Get("f", true).text(), text + "!");
}

TEST_F(TextTest, WithAnotherSha256IsRefused) {
  const std::string rows = server_.Rows();
  const auto refused = Make("d", "These words.", Sha("Other words."));
  EXPECT_EQ(refused.code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(refused.status), ElementsAre("document.sha256"));
  EXPECT_TRUE(server_.Rows() == rows) << "something was written";
  EXPECT_TRUE(Make("d", "These words.", Sha("These words.")).ok());
}

TEST_F(TextTest, IsDroppedOnlyWhereTheMaskSaysSo) {
  const auto made = Make("d", "These words.");
  v1::UpdateDocumentRequest update;
  *update.mutable_document() = Get("d", false);
  update.mutable_document()->clear_etag();
  update.mutable_document()->set_note("read");
  update.mutable_update_mask()->add_paths("*");
  EXPECT_TRUE(client().Call(&Documents::UpdateDocument, update).ok());
  EXPECT_EQ(Get("d", true).text(), "These words.") << "reads come without it";

  update.mutable_update_mask()->set_paths(0, "note");
  update.mutable_document()->set_note("again");
  EXPECT_TRUE(client().Call(&Documents::UpdateDocument, update).ok());
  EXPECT_EQ(Get("d", true).text(), "These words.");

  update.mutable_update_mask()->set_paths(0, "text");
  const auto dropped = client().Call(&Documents::UpdateDocument, update);
  ASSERT_TRUE(dropped.ok()) << Show(dropped.status);
  EXPECT_EQ(dropped.message.text_length(), 0);
  EXPECT_EQ(Get("d", true).text(), "");
  EXPECT_EQ(Get("d", true, made.message.sequence()).text(), "These words.") << "as of before";
}

TEST_F(TextTest, IsReplacedByAnUpdate) {
  ASSERT_TRUE(Make("d", "These words.").ok());
  v1::UpdateDocumentRequest update;
  update.mutable_document()->set_name("documents/d");
  update.mutable_document()->set_text("Those words, more of them.");
  ASSERT_TRUE(client().Call(&Documents::UpdateDocument, update).ok());
  EXPECT_EQ(Get("d", true).text(), "Those words, more of them.");
  EXPECT_EQ(Get("d", true).sha256(), Sha("Those words, more of them."));
}

TEST_F(TextTest, IsNeverOtherThanItsSha256Says) {
  ASSERT_TRUE(Make("d", "These words.").ok());
  v1::UpdateDocumentRequest update;
  update.mutable_document()->set_name("documents/d");
  update.mutable_document()->set_sha256(Sha("Other words."));
  const std::string rows = server_.Rows();
  for (const std::string text : {"", "Those words."}) {
    update.mutable_document()->set_text(text);
    const auto refused = client().Call(&Documents::UpdateDocument, update);
    EXPECT_EQ(refused.code(), grpc::StatusCode::INVALID_ARGUMENT) << Show(refused.status);
    EXPECT_THAT(BadFields(refused.status), ElementsAre("document.sha256"));
    const std::string& message = refused.status.error_message();
    EXPECT_THAT(message, HasSubstr(Sha("Other words.")));
    EXPECT_THAT(message, HasSubstr(Sha(text.empty() ? "These words." : text)));
  }
  EXPECT_TRUE(server_.Rows() == rows) << "something was written";
  update.mutable_document()->set_text("Other words.");
  EXPECT_TRUE(client().Call(&Documents::UpdateDocument, update).ok());
  EXPECT_EQ(Get("d", true).text(), "Other words.");
}

// Who knows only the SHA-256 of a text on record does not get the text by it.
TEST_F(TextTest, IsNotHadForItsSha256) {
  ASSERT_TRUE(Make("secret", "Words under embargo.").ok());
  v1::CreateDocumentRequest request = NewDocument("curious", "s");
  request.mutable_document()->set_sha256(Sha("Words under embargo."));
  request.mutable_document()->set_text_length(20);
  const auto made = client().Call(&Documents::CreateDocument, request);
  ASSERT_TRUE(made.ok()) << Show(made.status);
  EXPECT_EQ(made.message.text_length(), 0);
  EXPECT_EQ(Get("curious", true).text(), "");
}

// At the bound in code points, not bytes.
TEST_F(TextTest, MayBeAMillionCodePointsLong) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "\xe1\xba\xbf";
  const auto made = Make("d", text);
  ASSERT_TRUE(made.ok()) << Show(made.status);
  EXPECT_EQ(made.message.text_length(), 1'000'000);
  EXPECT_EQ(Get("d", true).text(), text);
  const auto refused = Make("e", text + "a");
  EXPECT_THAT(BadFields(refused.status), ElementsAre("document.text"));
}

}  // namespace
}  // namespace headwater::integration
