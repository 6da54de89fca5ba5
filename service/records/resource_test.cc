#include "records/resource.h"

#include <set>

#include "gtest/gtest.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/record.pb.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using keys::Kind;
using testing::Parsed;

TEST(Resource, EveryKindHasAMessageTypeOfItsOwnName) {
  std::set<const google::protobuf::Descriptor*> seen;
  for (Kind kind : keys::kAllKinds) {
    EXPECT_EQ(DescriptorOf(kind)->name(), std::string(KindName(kind)));
    EXPECT_EQ(KindOf(DescriptorOf(kind)), kind);
    EXPECT_EQ(NewResource(kind)->GetDescriptor(), DescriptorOf(kind));
    EXPECT_TRUE(seen.insert(DescriptorOf(kind)).second);
  }
  EXPECT_EQ(KindOf(v1::GetClaimRequest::descriptor()), std::nullopt);
  EXPECT_EQ(KindOf(v1::Quote::descriptor()), std::nullopt);
}

TEST(Resource, AKindIsItsFieldsNumberInRecord) {
  EXPECT_EQ(v1::Record::descriptor()->field_count(), static_cast<int>(keys::kAllKinds.size()));
  for (Kind kind : keys::kAllKinds) {
    const auto* field = v1::Record::descriptor()->FindFieldByNumber(static_cast<int>(kind));
    ASSERT_NE(field, nullptr);
    EXPECT_EQ(field->message_type(), DescriptorOf(kind));
  }
}

TEST(Resource, KindsOfTypesAreKnownAtCompileTime) {
  EXPECT_EQ(DescriptorOf(kKindOf<v1::Source>), v1::Source::descriptor());
  EXPECT_EQ(DescriptorOf(kKindOf<v1::Document>), v1::Document::descriptor());
  EXPECT_EQ(DescriptorOf(kKindOf<v1::Claim>), v1::Claim::descriptor());
  EXPECT_EQ(DescriptorOf(kKindOf<v1::Attribution>), v1::Attribution::descriptor());
  EXPECT_EQ(DescriptorOf(kKindOf<v1::Relation>), v1::Relation::descriptor());
  EXPECT_EQ(DescriptorOf(kKindOf<v1::Review>), v1::Review::descriptor());
}

TEST(Resource, SerializedIsFieldsByNumberAndReadsBack) {
  const auto claim = Parsed<v1::Claim>(R"(tags: "b" language: "en" text: "T" tags: "a")");
  EXPECT_EQ(Serialized(claim),
            "\x12\x01T\x1a\x02"
            "enJ\x01"
            "bJ\x01"
            "a");
  std::unique_ptr<Message> read = ParseResource(Kind::kClaim, Serialized(claim));
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->SerializeAsString(), claim.SerializeAsString());
  EXPECT_EQ(Serialized(v1::Claim()), "");
}

TEST(Resource, DamagedBytesAreNoResource) {
  EXPECT_EQ(ParseResource(Kind::kClaim, "\x12\x09short"), nullptr);
  EXPECT_EQ(ParseResource(Kind::kSource, "\xff"), nullptr);
  EXPECT_NE(ParseResource(Kind::kReview, ""), nullptr);
}

TEST(Resource, SetsAndGetsStringFields) {
  for (Kind kind : keys::kAllKinds) {
    std::unique_ptr<Message> resource = NewResource(kind);
    EXPECT_EQ(StringField(*resource, "name"), "");
    SetStringField("name", "x", resource.get());
    EXPECT_EQ(StringField(*resource, "name"), "x");
  }
}

}  // namespace
}  // namespace headwater::records
