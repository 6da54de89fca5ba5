#include "database/page_token.h"

#include <gmock/gmock.h>

#include <random>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "keys/register.h"
#include "records/testing.h"

namespace headwater::database {
namespace {

using records::testing::Parsed;
using records::testing::RandomBytes;
using ::testing::StartsWith;

v1::ListClaimsRequest Request() {
  return Parsed<v1::ListClaimsRequest>(
      R"(page_size: 10 tag: "h20" show_deleted: true read { sequence: 4 })");
}

void ExpectRefused(absl::string_view token, const google::protobuf::Message& request) {
  const auto decoded = DecodePageToken(token, request);
  EXPECT_EQ(decoded.status().code(), absl::StatusCode::kInvalidArgument) << token;
  EXPECT_THAT(std::string(decoded.status().message()), StartsWith("page_token ")) << token;
}

TEST(PageToken, ReadsBack) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 1000; ++round) {
    const PageToken token{random() >> (random() % 64), RandomBytes(300, &random)};
    const std::string text = EncodePageToken(token, Request());
    const auto decoded = DecodePageToken(text, Request());
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(decoded->sequence, token.sequence);
    EXPECT_EQ(decoded->position, token.position);
    EXPECT_EQ(
        text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
        std::string::npos);
  }
}

TEST(PageToken, HoldsForAnyPageSizeAndTheTokenOfThePageBefore) {
  const std::string token = EncodePageToken({7, "here"}, Request());
  v1::ListClaimsRequest request = Request();
  request.set_page_size(1000);
  request.set_page_token(token);
  EXPECT_TRUE(DecodePageToken(token, request).ok());
  EXPECT_EQ(EncodePageToken({7, "here"}, request), token);
}

TEST(PageToken, BelongsToItsListing) {
  const std::string token = EncodePageToken({7, "here"}, Request());
  for (const char* other :
       {R"(tag: "h21" show_deleted: true read { sequence: 4 })",
        R"(tag: "h20" read { sequence: 4 })",
        R"(tag: "h20" show_deleted: true read { sequence: 5 })",
        R"(tag: "h20" show_deleted: true read { min_sequence: 4 })",
        R"(tag: "h20" show_deleted: true)",
        R"(tag: "h20" show_deleted: true read { sequence: 4 } nature: CLAIM_NATURE_FACT)"}) {
    ExpectRefused(token, Parsed<v1::ListClaimsRequest>(other));
  }
}

TEST(PageToken, BelongsToItsMethod) {
  // These two requests have the same bytes.
  v1::ListClaimRevisionsRequest claims;
  claims.set_name("x");
  v1::ListAttributionRevisionsRequest attributions;
  attributions.set_name("x");
  const std::string token = EncodePageToken({7, "here"}, claims);
  EXPECT_TRUE(DecodePageToken(token, claims).ok());
  ExpectRefused(token, attributions);
}

TEST(PageToken, RefusesWhatIsNone) {
  for (const char* token : {"", "x", "????", "AQ", "AA", "not a token", "AQ=="})
    ExpectRefused(token, Request());
}

TEST(PageToken, RefusesWhatIsCutOff) {
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(EncodePageToken({300, ""}, Request()), &bytes));
  for (size_t size = 0; size < bytes.size(); ++size) {
    std::string token;
    absl::WebSafeBase64Escape(bytes.substr(0, size), &token);
    ExpectRefused(token, Request());
  }
}

TEST(PageToken, RefusesAnotherLayout) {
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(EncodePageToken({300, ""}, Request()), &bytes));
  bytes[0] = '\x02';
  std::string token;
  absl::WebSafeBase64Escape(bytes, &token);
  ExpectRefused(token, Request());
}

// A token is sent back in a field that holds 2,000 code points.
TEST(PageToken, TheLongestIsShortEnoughToBeSentBack) {
  const std::string id(63, 'a');
  const keys::Name name{keys::Kind::kAttribution, id, id};
  for (const std::string& term :
       {keys::Term(keys::Index::kAbout, keys::TextValue(std::string(2000, 'x'))),
        keys::Term(keys::Index::kAbout, keys::TextValue(std::string(96, '\0'))),
        keys::Term(keys::Index::kReference,
                   keys::ReferenceValue(name, keys::Reference::kCitedAttribution))}) {
    const std::string position = term + name.Key();
    EXPECT_LT(EncodePageToken({UINT64_MAX, position}, Request()).size(), 1000u);
  }
}

}  // namespace
}  // namespace headwater::database
