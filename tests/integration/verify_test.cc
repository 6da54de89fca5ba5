// Verify through gRPC.
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/search_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(SearchTest, AStatementLeadsToTheClaimThatItRepeats) {
  Outlet("ft", "Financial Times");
  Claim("engineers", "Huawei engineers failed to complete a training run on Ascend chips");
  Claim("users", "DeepSeek's monthly users fell to 163 million in June");
  Claim("rain", "It rained in Hanoi on Monday");
  Says("ft", "engineers", v1::STANCE_DENIES);
  const v1::VerifyResponse response = Verify(
      "text: 'Good morning! Engineers from Huawei failed to complete the training run. "
      "\\n\\n Đi đâu đấy? DeepSeek monthly users fell to 170 million.' language: 'en'");
  EXPECT_EQ(response.read_sequence(), server_.head());
  EXPECT_EQ(response.language(), "en");
  ASSERT_EQ(response.statements_size(), 4);
  EXPECT_EQ(response.statements(0).matches_size(), 0);
  const v1::VerifiedStatement& second = response.statements(1);
  EXPECT_EQ(second.text(), "Engineers from Huawei failed to complete the training run.");
  EXPECT_EQ(second.position().start(), 14);
  EXPECT_EQ(second.position().end(), 14 + 58);
  ASSERT_EQ(second.matches_size(), 1) << second.DebugString();
  const v1::ClaimMatch& match = second.matches(0);
  EXPECT_EQ(match.claim().claim(), "claims/engineers");
  EXPECT_TRUE(match.is_match());
  EXPECT_FALSE(match.is_same_text());
  EXPECT_THAT(match.reason(), HasSubstr("\"Huawei\""));
  EXPECT_THAT(Marked(match.snippet()), Contains("Huawei"));
  // Nobody asserts it, which its summary must say, and who denies it.
  EXPECT_EQ(match.claim().standing(), v1::STANDING_NOT_ASSERTED);
  EXPECT_THAT(match.claim().flags(), ElementsAre(v1::FLAG_KIND_DENIED_NOT_ASSERTED));
  EXPECT_THAT(match.claim().summary(), AllOf(HasSubstr("asserts"), HasSubstr("Financial Times")));
  EXPECT_EQ(response.statements(2).position().start(), 14 + 58 + 4);
  // The same statement with another figure, and that is said.
  const v1::VerifiedStatement& fourth = response.statements(3);
  ASSERT_GE(fourth.matches_size(), 1);
  EXPECT_EQ(fourth.matches(0).claim().claim(), "claims/users");
  ASSERT_EQ(fourth.matches(0).mismatches_size(), 1);
  EXPECT_EQ(fourth.matches(0).mismatches(0).kind(), v1::MISMATCH_KIND_FIGURES);
  EXPECT_THAT(fourth.matches(0).mismatches(0).statement_figures(), ElementsAre("170000000"));
  EXPECT_THAT(fourth.matches(0).mismatches(0).claim_figures(), ElementsAre("163000000"));
}

TEST_F(SearchTest, AQuoteIsMatchedAsAWhole) {
  Claim("one", "The bridge is closed. Nobody may cross it.");
  Claim("two", "The bridge across the river is old");
  const v1::VerifyResponse response =
      Verify("quote: 'the bridge is CLOSED; nobody may cross it' max_matches: 1");
  ASSERT_EQ(response.statements_size(), 1);
  ASSERT_EQ(response.statements(0).matches_size(), 1);
  EXPECT_EQ(response.statements(0).matches(0).claim().claim(), "claims/one");
  EXPECT_TRUE(response.statements(0).matches(0).is_same_text());
  EXPECT_EQ(response.statements(0).matches(0).likelihood(), 1);
}

TEST_F(SearchTest, WhatIsUnlikelyComesOnlyWhereAskedFor) {
  Claim("one", "The old bridge across the river was closed to lorries in spring");
  const std::string text = "quote: 'Lorries were seen in Paris' ";
  EXPECT_EQ(Verify(text).statements(0).matches_size(), 0);
  const v1::VerifyResponse all = Verify(text + "show_unlikely: true");
  ASSERT_EQ(all.statements(0).matches_size(), 1);
  EXPECT_FALSE(all.statements(0).matches(0).is_match());
}

// Word by word the same, they rank alike: what their ids are must not decide.
TEST_F(SearchTest, OfClaimsThatSayTheSameTheOlderComesFirst) {
  for (const char* id : {"m-first", "z-second", "a-third"}) {
    Claim(absl::StrCat(id, "-bridge"), "The old bridge of Lindau is closed for repairs until May.");
    Claim(absl::StrCat(id, "-harbour"), "Nobody may enter the harbour of Lindau at night.");
  }
  // The first is no younger for having been deleted for a while.
  const auto remove =
      From<v1::DeleteClaimRequest>("name: 'claims/m-first-bridge' reason: 'A slip'");
  Ok(&Claims::DeleteClaim, remove);
  Ok(&Claims::UndeleteClaim, From<v1::UndeleteClaimRequest>("name: 'claims/m-first-bridge'"));
  const std::string parts[] = {"bridge", "harbour"};
  const std::string asked[] = {"the old bridge of Lindau is closed for repairs until May",
                               "They say nobody may enter the harbour of Lindau at night now"};
  for (int i = 0; i < 2; ++i) {
    const v1::VerifyResponse response =
        Verify(absl::StrCat("text: '", asked[i], "' show_unlikely: true max_matches: 2"));
    ASSERT_EQ(response.statements_size(), 1);
    ASSERT_EQ(response.statements(0).matches_size(), 2);
    EXPECT_EQ(response.statements(0).matches(0).claim().claim(),
              absl::StrCat("claims/m-first-", parts[i]));
    EXPECT_EQ(response.statements(0).matches(1).claim().claim(),
              absl::StrCat("claims/z-second-", parts[i]));
  }
}

TEST_F(SearchTest, AnAddressLeadsToWhatIsToldThere) {
  for (const char* id : {"ft", "rfi", "vn"}) Outlet(id, id);
  Claim("a", "The first thing");
  Claim("b", "The second thing");
  Says("ft", "a");
  Says("ft", "b");
  v1::CreateAttributionRequest cites = NewAttribution("a", "rfi", "rfi", "ft");
  Ok(&Attributions::CreateAttribution, cites);
  Ok(&Attributions::CreateAttribution, NewAttribution("a", "vn", "ft", "ft"));  // told there too
  for (const char* uri :
       {"https://ft.example/story", "http://www.ft.example/story/?utm_source=x#top",
        "https://web.archive.org/web/2025/https://ft.example/story"}) {
    const v1::VerifyResponse response = Verify(absl::StrCat("uri: '", uri, "'"));
    ASSERT_TRUE(response.has_document()) << uri;
    const v1::VerifiedDocument& document = response.document();
    EXPECT_EQ(document.document().name(), "documents/ft");
    EXPECT_EQ(document.claim_count(), 2);
    ASSERT_EQ(document.claims_size(), 2);
    EXPECT_EQ(document.claims(0).claim(), "claims/a");
    EXPECT_EQ(document.citing_count(), 1);
    ASSERT_EQ(document.citing_size(), 1);
    EXPECT_EQ(document.citing(0).attribution(), "claims/a/attributions/rfi");
    EXPECT_EQ(document.citing(0).cited(), "claims/a/attributions/ft");
    EXPECT_EQ(document.citing(0).document(), "documents/rfi");
    EXPECT_EQ(document.citing(0).stance(), v1::STANCE_ASSERTS);
    EXPECT_EQ(document.citing(0).display_name(), "rfi");
  }
  EXPECT_FALSE(Verify("uri: 'https://ft.example/other'").has_document());
  v1::DeleteDocumentRequest remove;
  remove.set_name("documents/ft");
  remove.set_reason("test");
  remove.set_force(true);
  Ok(&Documents::DeleteDocument, remove);
  EXPECT_FALSE(Verify("uri: 'https://ft.example/story'").has_document());
}

}  // namespace
}  // namespace headwater::integration
