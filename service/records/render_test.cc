#include "records/render.h"

#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/record.pb.h"
#include "headwater/v1/revision.pb.h"
#include "records/resource.h"
#include "records/rules.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::util::MessageDifferencer;
using keys::Kind;
using testing::Parsed;

// A revision of a claim. The views live as long as the program.
Stored Revision(v1::Operation operation) {
  static const std::string* const body = new std::string(Serialized(Parsed<v1::Claim>(
      R"(name: "claims/x" text: "T" language: "en" nature: CLAIM_NATURE_FACT tags: "a")")));
  Stored stored;
  stored.entry.operation = operation;
  stored.entry.sequence = 31;
  stored.entry.first_sequence = 30;
  stored.entry.last_sequence = 33;
  stored.entry.create_micros = 2'500'000;
  stored.entry.commit_micros = 3'000'001;
  stored.entry.actor = "ann";
  stored.body = *body;
  stored.entry.stored = stored.entry.deleted() ? absl::string_view("a reason") : stored.body;
  return stored;
}

v1::Claim Rendered(bool deleted) {
  v1::Claim claim = Parsed<v1::Claim>(R"(
    name: "claims/x" text: "T" language: "en" nature: CLAIM_NATURE_FACT tags: "a" sequence: 31
    create_time { seconds: 2 nanos: 500000000 } update_time { seconds: 3 nanos: 1000 }
    etag: "\"1f\"")");
  if (deleted) *claim.mutable_delete_time() = claim.update_time();
  return claim;
}

template <class Message>
Message Read(const std::string& bytes) {
  Message message;
  EXPECT_TRUE(message.ParseFromString(bytes));
  EXPECT_TRUE(message.GetReflection()->GetUnknownFields(message).empty());
  return message;
}

// What render.cc takes for granted.
TEST(Render, WhatTheServerMakesHasTheSameNumbersInAllResources) {
  for (Kind kind : keys::kAllKinds) {
    const Descriptor* type = DescriptorOf(kind);
    for (const auto& [name, field_type] : {std::pair("sequence", FieldDescriptor::TYPE_INT64),
                                           std::pair("create_time", FieldDescriptor::TYPE_MESSAGE),
                                           std::pair("update_time", FieldDescriptor::TYPE_MESSAGE),
                                           std::pair("delete_time", FieldDescriptor::TYPE_MESSAGE),
                                           std::pair("etag", FieldDescriptor::TYPE_STRING)}) {
      const FieldDescriptor* field = type->FindFieldByName(name);
      ASSERT_NE(field, nullptr) << type->name() << "." << name;
      EXPECT_EQ(field->number(), v1::Source::descriptor()->FindFieldByName(name)->number());
      EXPECT_EQ(field->type(), field_type);
      EXPECT_FALSE(field->is_repeated());
      EXPECT_TRUE(IsServerMade(field));
    }
    // Behind the body come those five alone; a document's text_length stands in its body.
    int made = 0;
    for (int i = 0; i < type->field_count(); ++i) made += IsServerMade(type->field(i)) ? 1 : 0;
    EXPECT_EQ(made, kind == Kind::kDocument ? 6 : 5) << type->name();
  }
}

TEST(Render, AResourceIsItsBodyAndWhatTheServerMakes) {
  for (v1::Operation operation : {v1::OPERATION_CREATE, v1::OPERATION_UPDATE, v1::OPERATION_DELETE,
                                  v1::OPERATION_UNDELETE, v1::OPERATION_WITHDRAW}) {
    std::string bytes;
    AppendResource(Revision(operation), &bytes);
    const v1::Claim wanted = Rendered(operation == v1::OPERATION_DELETE);
    EXPECT_TRUE(MessageDifferencer::Equals(Read<v1::Claim>(bytes), wanted)) << operation;
    // Nothing but what protobuf would have written, in its order.
    EXPECT_EQ(bytes, Serialized(wanted));
  }
}

TEST(Render, ResourcesAsFieldsOfAMessage) {
  std::string bytes;
  AppendResourceField(v1::ListClaimsResponse::kClaimsFieldNumber, Revision(v1::OPERATION_CREATE),
                      &bytes);
  AppendResourceField(v1::ListClaimsResponse::kClaimsFieldNumber, Revision(v1::OPERATION_DELETE),
                      &bytes);
  AppendBytesField(v1::ListClaimsResponse::kNextPageTokenFieldNumber, "token", &bytes);
  AppendNumberField(v1::ListClaimsResponse::kReadSequenceFieldNumber, 300, &bytes);
  const auto page = Read<v1::ListClaimsResponse>(bytes);
  ASSERT_EQ(page.claims_size(), 2);
  EXPECT_TRUE(MessageDifferencer::Equals(page.claims(0), Rendered(false)));
  EXPECT_TRUE(MessageDifferencer::Equals(page.claims(1), Rendered(true)));
  EXPECT_EQ(page.next_page_token(), "token");
  EXPECT_EQ(page.read_sequence(), 300);
}

TEST(Render, ADocumentWithItsText) {
  const std::string body =
      Serialized(Parsed<v1::Document>(R"(name: "documents/d" title: "T" text_length: 4)"));
  Stored stored = Revision(v1::OPERATION_CREATE);
  stored.body = body;
  std::string bytes;
  AppendDocumentWithText(stored, "Text", &bytes);
  const auto document = Read<v1::Document>(bytes);
  EXPECT_EQ(document.text(), "Text");
  EXPECT_EQ(document.text_length(), 4);
  EXPECT_EQ(document.sequence(), 31);
}

TEST(Render, ARevisionOfEveryKind) {
  for (Kind kind : keys::kAllKinds) {
    std::unique_ptr<Message> resource = NewResource(kind);
    SetStringField("name", "a name", resource.get());
    const std::string body = Serialized(*resource);
    Stored stored = Revision(v1::OPERATION_UPDATE);
    stored.body = body;
    std::string bytes;
    AppendRevisionField(v1::ListClaimRevisionsResponse::kRevisionsFieldNumber, stored, kind,
                        &bytes);
    const auto page = Read<v1::ListClaimRevisionsResponse>(bytes);
    ASSERT_EQ(page.revisions_size(), 1);
    const v1::Record& record = page.revisions(0).record();
    EXPECT_EQ(static_cast<int>(record.resource_case()), static_cast<int>(kind));
    const auto* field = v1::Record::descriptor()->FindFieldByNumber(static_cast<int>(kind));
    EXPECT_EQ(StringField(record.GetReflection()->GetMessage(record, field), "name"), "a name");
  }
}

TEST(Render, ARevisionSaysWhoDidWhatWhenAndWhy) {
  std::string bytes;
  AppendRevisionField(1, Revision(v1::OPERATION_DELETE), Kind::kClaim, &bytes);
  AppendRevisionField(1, Revision(v1::OPERATION_CREATE), Kind::kClaim, &bytes);
  const auto page = Read<v1::ListClaimRevisionsResponse>(bytes);
  ASSERT_EQ(page.revisions_size(), 2);
  auto wanted = Parsed<v1::Revision>(R"(
    sequence: 31 commit_time { seconds: 3 nanos: 1000 } actor: "ann" operation: OPERATION_DELETE
    reason: "a reason" first_sequence: 30 last_sequence: 33)");
  *wanted.mutable_record()->mutable_claim() = Rendered(true);
  EXPECT_TRUE(MessageDifferencer::Equals(page.revisions(0), wanted));
  wanted.set_operation(v1::OPERATION_CREATE);
  wanted.clear_reason();
  *wanted.mutable_record()->mutable_claim() = Rendered(false);
  EXPECT_TRUE(MessageDifferencer::Equals(page.revisions(1), wanted));
}

TEST(Render, ZeroAndEmptyAreLeftOut) {
  std::string bytes;
  AppendNumberField(1, 0, &bytes);
  AppendBytesField(2, "", &bytes);
  EXPECT_EQ(bytes, "");
}

TEST(Render, TimesBefore1970HaveNoNegativeNanos) {
  Stored stored = Revision(v1::OPERATION_CREATE);
  stored.entry.create_micros = -1;
  stored.entry.commit_micros = -2'000'000;
  std::string bytes;
  AppendResource(stored, &bytes);
  const auto claim = Read<v1::Claim>(bytes);
  EXPECT_EQ(claim.create_time().seconds(), -1);
  EXPECT_EQ(claim.create_time().nanos(), 999'999'000);
  EXPECT_EQ(claim.update_time().seconds(), -2);
  EXPECT_EQ(claim.update_time().nanos(), 0);
}

TEST(Etag, IsTheSequenceInQuotes) {
  EXPECT_EQ(Etag(1), "\"1\"");
  EXPECT_EQ(Etag(UINT64_MAX), "\"ffffffffffffffff\"");
}

}  // namespace
}  // namespace headwater::records
