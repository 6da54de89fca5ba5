#include "cli/impact_view.h"

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

using ::testing::ElementsAre;

template <class Message>
Message From(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

TEST(ImpactView, ShowsWhatTurnsIntoWhat) {
  EXPECT_THAT(ImpactRow(From<v1::ClaimImpact>(R"pb(
                claim: "claims/x"
                text: "It is so."
                reason: "What FT said no longer stands."
                before {
                  standing: STANDING_SINGLE_LINE
                  flags: FLAG_KIND_ANONYMOUS_ONLY
                  asserts { at_least: 1 at_most: 2 }
                }
                after {
                  standing: STANDING_ORIGIN_LOST
                  flags: FLAG_KIND_SOURCE_RETRACTED
                  asserts {}
                })pb")),
              ElementsAre("x", "SINGLE_LINE → ORIGIN_LOST", "1 to 2 → 0",
                          "+SOURCE_RETRACTED -ANONYMOUS_ONLY", "What FT said no longer stands."));
}

TEST(ImpactView, ShowsWhatStaysOnce) {
  EXPECT_THAT(ImpactRow(From<v1::ClaimImpact>(R"pb(
                claim: "claims/x"
                before { denies { at_least: 1 at_most: 1 } }
                after {})pb")),
              ElementsAre("x", "-", "0; denied 1 → 0", "", ""));
}

TEST(ImpactView, SumsUp) {
  EXPECT_EQ(ImpactSummary(From<v1::AssessImpactResponse>("examined_count: 12"), 10),
            "10 of 12 claims examined would change.");
  EXPECT_EQ(ImpactSummary(
                From<v1::AssessImpactResponse>("examined_count: 1 too_large: 'claims/viral'"), 0),
            "0 of 1 claim examined would change. Left out, with too much behind them to be "
            "assessed: claims/viral.");
}

}  // namespace
}  // namespace headwater::cli
