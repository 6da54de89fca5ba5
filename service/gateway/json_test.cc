#include "gateway/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "google/rpc/error_details.pb.h"
#include "headwater/v1/claim_service.pb.h"

namespace headwater::gateway {
namespace {

using ::testing::HasSubstr;

// The field that the refusal of `json` as a CreateClaimRequest names.
std::string FieldOf(absl::string_view json) {
  const auto wire = WireOf(*v1::CreateClaimRequest::descriptor(), json);
  EXPECT_EQ(wire.status().code(), absl::StatusCode::kInvalidArgument) << json;
  const auto payload = wire.status().GetPayload("type.googleapis.com/google.rpc.BadRequest");
  google::rpc::BadRequest bad;
  if (!payload || !bad.ParseFromString(std::string(*payload))) return "(none)";
  return bad.field_violations(0).field();
}

TEST(WireOf, TakesBothNamesOfAField) {
  for (const char* json :
       {R"({"claimId":"a","claim":{"text":"t"}})", R"({"claim":{"text":"t"},"claim_id":"a"})"}) {
    const auto wire = WireOf(*v1::CreateClaimRequest::descriptor(), json);
    ASSERT_TRUE(wire.ok()) << wire.status();
    v1::CreateClaimRequest request;
    ASSERT_TRUE(request.ParseFromString(*wire));
    EXPECT_EQ(request.claim_id(), "a");
    EXPECT_EQ(request.claim().text(), "t");
  }
  EXPECT_EQ(WireOf(*v1::CreateClaimRequest::descriptor(), "{}").value(), "");
}

TEST(WireOf, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(FieldOf(R"({"nonsense":1})"), "nonsense");
  EXPECT_EQ(FieldOf(R"({"claim":{"nonsense":1}})"), "claim.nonsense");
  EXPECT_EQ(FieldOf(R"({"claim":{"translations":[{},{"nonsense":1}]}})"),
            "claim.translations[1].nonsense");
  EXPECT_EQ(FieldOf(R"({"claim":{"createTime":"yesterday"}})"), "claim.create_time");
  EXPECT_EQ(FieldOf(R"({"claim":5})"), "claim");
}

TEST(WireOf, RefusesWhatIsNoObject) {
  for (const char* json :
       {"", "{", "[]", "5", "\"x\"", "{} {}", "{\"claimId\":}", "\xff", "{\"claimId\":\"\xff\"}"}) {
    const auto wire = WireOf(*v1::CreateClaimRequest::descriptor(), json);
    EXPECT_EQ(wire.status().code(), absl::StatusCode::kInvalidArgument) << json;
  }
}

TEST(WireOf, RefusesWhatIsNestedWithoutEnd) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"claim\":";
  EXPECT_FALSE(WireOf(*v1::CreateClaimRequest::descriptor(), deep).ok());
  EXPECT_FALSE(WireOf(*v1::CreateClaimRequest::descriptor(), std::string(100'000, '[')).ok());
}

TEST(JsonOf, WritesLongNumbersAsStrings) {
  v1::Claim claim;
  claim.set_name("claims/x");
  claim.set_sequence(1'234'567'890'123);
  const std::string json = JsonOf(*v1::Claim::descriptor(), claim.SerializeAsString()).value();
  EXPECT_THAT(json, HasSubstr(R"("name":"claims/x")"));
  EXPECT_THAT(json, HasSubstr(R"("sequence":"1234567890123")"));
}

// As the server's answers are: made fields stand behind the stored bytes.
TEST(JsonOf, ReadsBytesThatWereAppendedToAsOneMessage) {
  v1::Claim first;
  first.set_name("claims/x");
  first.set_text("old");
  v1::Claim second;
  second.set_text("new");
  const std::string json =
      JsonOf(*v1::Claim::descriptor(), first.SerializeAsString() + second.SerializeAsString())
          .value();
  EXPECT_THAT(json, HasSubstr(R"("text":"new")"));
  EXPECT_THAT(json, ::testing::Not(HasSubstr("old")));
  EXPECT_EQ(JsonOf(*v1::Claim::descriptor(), "\xff").status().code(), absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace headwater::gateway
