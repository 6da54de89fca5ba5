#include "headwater/totals.h"

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

using ::testing::ElementsAre;

template <class Message>
Message From(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

std::vector<std::string> Tally(const google::protobuf::RepeatedPtrField<v1::SourceCount>& counts) {
  std::vector<std::string> tally;
  for (const v1::SourceCount& count : counts)
    tally.push_back(count.source() + " " + std::to_string(count.count()));
  return tally;
}

TEST(Totals, AddsCountsAndTalliesOfAProfile) {
  v1::ProfileSourceResponse whole;
  AddPage(From<v1::ProfileSourceResponse>(R"pb(
            name: "sources/ft"
            display_name: "FT"
            next_page_token: "more"
            read_sequence: 7
            reliability { grade: RELIABILITY_GRADE_B }
            counts { attributions: 2 relays: 1 }
            leans_on { source: "sources/b" count: 1 }
            leans_on { source: "sources/d" count: 2 }
            denied_claims: "claims/x")pb"),
          &whole);
  AddPage(From<v1::ProfileSourceResponse>(R"pb(
            name: "sources/ft"
            display_name: "FT"
            read_sequence: 7
            counts { attributions: 3 documents: 4 }
            leans_on { source: "sources/a" count: 1 }
            leans_on { source: "sources/b" count: 5 }
            leans_on { source: "sources/c" count: 1 }
            denied_claims: "claims/x"
            denied_claims: "claims/y")pb"),
          &whole);
  EXPECT_EQ(whole.counts().attributions(), 5);
  EXPECT_EQ(whole.counts().relays(), 1);
  EXPECT_EQ(whole.counts().documents(), 4);
  EXPECT_EQ(whole.reliability().grade(), v1::RELIABILITY_GRADE_B);
  EXPECT_THAT(Tally(whole.leans_on()),
              ElementsAre("sources/a 1", "sources/b 6", "sources/c 1", "sources/d 2"));
  EXPECT_THAT(whole.denied_claims(), ElementsAre("claims/x", "claims/y"));
  EXPECT_EQ(whole.next_page_token(), "");
}

TEST(Totals, AddsComparisonsAndImpacts) {
  v1::CompareSourcesResponse comparison;
  const auto page = From<v1::CompareSourcesResponse>(
      "shared { text: 'a' } counts { shared: 1 second_recorded: 1 } too_large: 'claims/x'");
  AddPage(page, &comparison);
  AddPage(page, &comparison);
  EXPECT_EQ(comparison.shared_size(), 2);
  EXPECT_EQ(comparison.counts().shared(), 2);
  EXPECT_EQ(comparison.counts().second_recorded(), 2);
  EXPECT_THAT(comparison.too_large(), ElementsAre("claims/x"));

  v1::AssessImpactResponse impact;
  AddPage(From<v1::AssessImpactResponse>("claims { claim: 'a' } examined_count: 3"), &impact);
  AddPage(From<v1::AssessImpactResponse>("examined_count: 2 unchanged_count: 2"), &impact);
  EXPECT_EQ(impact.claims_size(), 1);
  EXPECT_EQ(impact.examined_count(), 5);
  EXPECT_EQ(impact.unchanged_count(), 2);
}

}  // namespace
}  // namespace headwater
