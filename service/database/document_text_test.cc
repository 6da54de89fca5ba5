// What updates make of a document's text and its SHA-256.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_split.h"
#include "base/sha256.h"
#include "database/api.h"
#include "database/database.h"
#include "google/rpc/error_details.pb.h"
#include "kv/memory_engine.h"

namespace headwater::database {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string Sha(const std::string& text) { return ToHex(AsBytes(Sha256(text))); }

constexpr char kWords[] = "These words.";
constexpr char kOther[] = "Other words.";

// A document "d" with the text kWords.
class DocumentTextTest : public ::testing::Test {
 protected:
  DocumentTextTest() {
    Options options;
    options.pool = &pool_;
    database_ = *Database::Open(kv::NewMemoryEngine(), options);
    v1::CreateSourceRequest source;
    source.set_source_id("s");
    source.mutable_source()->set_kind(v1::SOURCE_KIND_NEWS_OUTLET);
    source.mutable_source()->set_display_name("s");
    EXPECT_TRUE(database_->WriteAndWait(source).ok());
    Make("d", kWords, "");
  }

  void Make(const std::string& id, const std::string& text, const std::string& sha256) {
    v1::CreateDocumentRequest document;
    document.set_document_id(id);
    document.mutable_document()->set_publisher("sources/s");
    document.mutable_document()->set_title(id);
    document.mutable_document()->set_text(text);
    document.mutable_document()->set_sha256(sha256);
    EXPECT_TRUE(database_->WriteAndWait(document).ok());
  }

  // Updates "d" to that text and SHA-256, by that mask ("text,sha256"; empty for none).
  absl::Status Update(const std::string& mask, const std::string& text, const std::string& sha256) {
    v1::UpdateDocumentRequest update;
    update.mutable_document()->set_name("documents/d");
    update.mutable_document()->set_publisher("sources/s");
    update.mutable_document()->set_title("d");
    update.mutable_document()->set_text(text);
    update.mutable_document()->set_sha256(sha256);
    for (const absl::string_view path : absl::StrSplit(mask, ',', absl::SkipEmpty()))
      update.mutable_update_mask()->add_paths(std::string(path));
    return database_->WriteAndWait(update).status();
  }

  // That "d" has this text and SHA-256.
  void ExpectText(const std::string& text, const std::string& sha256) {
    v1::GetDocumentRequest get;
    get.set_name("documents/d");
    get.set_include_text(true);
    const Reply reply = database_->Read(get, kv::Patience::kMayWait);
    ASSERT_TRUE(reply.ok()) << reply.status();
    v1::Document document;
    ASSERT_TRUE(document.ParseFromString(*reply));
    EXPECT_EQ(document.text(), text);
    EXPECT_EQ(document.text_length(), static_cast<int>(text.size()));
    EXPECT_EQ(document.sha256(), sha256);
  }

  WorkerPool pool_{2, 100};
  std::unique_ptr<Database> database_;
};

// What is wrong with document.sha256; empty where that is not what was refused.
std::string WrongSha256(const absl::Status& status) {
  google::rpc::BadRequest bad;
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  if (!absl::IsInvalidArgument(status) || !payload.has_value() ||
      !bad.ParseFromString(std::string(*payload)) || bad.field_violations_size() != 1 ||
      bad.field_violations(0).field() != "document.sha256")
    return "";
  return bad.field_violations(0).description();
}

TEST_F(DocumentTextTest, ANewTextBringsItsOwnSha256) {
  ASSERT_TRUE(Update("text", kOther, Sha(kWords)).ok())
      << "what the mask leaves out is not looked at";
  ExpectText(kOther, Sha(kOther));
  ASSERT_TRUE(Update("", kWords, "").ok());
  ExpectText(kWords, Sha(kWords));
  ASSERT_TRUE(Update("*", kOther, "").ok());
  ExpectText(kOther, Sha(kOther));
  ASSERT_TRUE(Update("text,sha256", kWords, "").ok());
  ExpectText(kWords, Sha(kWords));
}

TEST_F(DocumentTextTest, ATextIsTakenWithItsOwnSha256AndNoOther) {
  for (const char* mask : {"text,sha256", "*", ""}) {
    for (const std::string& wrong : {Sha(kWords), Sha("neither")}) {
      const absl::Status refused = Update(mask, kOther, wrong);
      EXPECT_THAT(WrongSha256(refused), AllOf(HasSubstr(wrong), HasSubstr(Sha(kOther))))
          << "mask '" << mask << "': " << refused;
    }
    ExpectText(kWords, Sha(kWords));
    EXPECT_TRUE(Update(mask, kOther, Sha(kOther)).ok());
    ExpectText(kOther, Sha(kOther));
    ASSERT_TRUE(Update("text", kWords, "").ok());
  }
}

TEST_F(DocumentTextTest, TheSha256OfATextOnRecordStaysWithIt) {
  for (const char* mask : {"sha256", "*", ""}) {
    const absl::Status refused = Update(mask, "", Sha(kOther));
    EXPECT_THAT(WrongSha256(refused),
                AllOf(HasSubstr(Sha(kOther)), HasSubstr(Sha(kWords)), HasSubstr("text,sha256")))
        << "mask '" << mask << "': " << refused;
  }
  for (const char* mask : {"sha256", "*"}) {
    const absl::Status refused = Update(mask, "", "");
    EXPECT_THAT(WrongSha256(refused), AllOf(HasSubstr("cannot be cleared"), HasSubstr(Sha(kWords)),
                                            HasSubstr("text,sha256")))
        << "mask '" << mask << "': " << refused;
  }
  ExpectText(kWords, Sha(kWords));
  for (const char* mask : {"sha256", "*", ""}) EXPECT_TRUE(Update(mask, "", Sha(kWords)).ok());
  ExpectText(kWords, Sha(kWords));
}

TEST_F(DocumentTextTest, ATextIsClearedWithItsSha256OrWithout) {
  ASSERT_TRUE(Update("text", "", "").ok());
  ExpectText("", Sha(kWords));
  // Nothing is on record now that it would have to agree with.
  ASSERT_TRUE(Update("sha256", "", Sha(kOther)).ok());
  ExpectText("", Sha(kOther));
  ASSERT_TRUE(Update("text", kWords, "").ok());
  ExpectText(kWords, Sha(kWords));
  ASSERT_TRUE(Update("text,sha256", "", "").ok());
  ExpectText("", "");
  ASSERT_TRUE(Update("text", kWords, "").ok());
  ASSERT_TRUE(Update("text,sha256", "", Sha(kOther)).ok());
  ExpectText("", Sha(kOther));
}

}  // namespace
}  // namespace headwater::database
