#include "cli/source_view.h"

#include <sstream>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;

template <class Message>
Message From(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

TEST(ProfileView, ReadsAsASheet) {
  std::ostringstream out;
  PrintProfile(
      out, {}, From<v1::ProfileSourceResponse>(R"pb(
        name: "sources/ft"
        display_name: "Financial Times"
        kind: SOURCE_KIND_NEWS_OUTLET
        read_sequence: 97
        reliability { grade: RELIABILITY_GRADE_B graded_by: "the desk" graded_date: "2025-08" }
        counts {
          attributions: 12
          asserts: 2
          relays: 10
          first_hand: 1
          basis_not_recorded: 11
          originated: 1
          retracted: 1
          citations: 10
          asserted_claims: 2
          denied_claims: 1
          documents: 3
          documents_corrected: 1
        }
        leans_on { source: "sources/a" display_name: "A" count: 1 }
        leans_on { source: "sources/people" display_name: "three people" count: 9 }
        denied_by { source: "sources/nvidia" count: 1 }
        originated_claims: "claims/x"
        denied_claims: "claims/y")pb"));
  EXPECT_EQ(out.str(),
            "Financial Times\n"
            "sources/ft, NEWS_OUTLET, as of sequence 97\n"
            "\n"
            "reliability     B, given by the desk on 2025-08\n"
            "attributions    12: 2 assert, 10 relay\n"
            "basis           1 first-hand, 11 not recorded\n"
            "originates      1\n"
            "                x\n"
            "withdrawn       1 retracted\n"
            "cites           10 times\n"
            "leans on        three people 9, A 1\n"
            "asserted claims 2: 1 denied by others\n"
            "                y\n"
            "denied by       nvidia 1\n"
            "documents       3: 1 corrected\n");
}

TEST(ProfileView, CutsListsAfterTenNames) {
  v1::ProfileSourceResponse profile;
  for (int i = 0; i < 12; ++i) {
    v1::SourceCount* count = profile.add_leaned_on_by();
    count->set_source("sources/s" + std::to_string(i));
    count->set_count(1);
  }
  std::ostringstream out;
  PrintProfile(out, {}, profile);
  EXPECT_THAT(out.str(), HasSubstr("s9 1 and 2 more\n"));
}

TEST(CompareView, ShowsTotalsThenClaims) {
  std::ostringstream out;
  PrintComparison(out, {},
                  From<v1::CompareSourcesRequest>("first: 'sources/ft' second: 'sources/nvidia'"),
                  From<v1::CompareSourcesResponse>(R"pb(
                    read_sequence: 97
                    first_display_name: "FT"
                    second_display_name: "Nvidia"
                    counts {
                      shared: 1
                      contradict: 1
                      contradict_across: 1
                      first_cites_second: 1
                      first_said: 1
                      second_recorded: 1
                    }
                    shared {
                      first_claims: "claims/x"
                      second_claims: "claims/x"
                      text: "It is so."
                      contradict: true
                      first_stances: STANCE_ASSERTS
                      second_stances: STANCE_DENIES
                      first_citing: "claims/x/attributions/ft"
                      first_citing_count: 1
                      first_said: PRECEDENCE_FIRST
                      first_recorded: PRECEDENCE_SECOND
                    }
                    shared {
                      first_claims: "claims/y"
                      second_claims: "claims/z"
                      text: "Y."
                      second_text: "Z."
                      first_stances: STANCE_ASSERTS
                      second_stances: STANCE_ASSERTS
                      contradict: true
                      across: true
                    })pb"));
  EXPECT_EQ(out.str(),
            "FT and Nvidia\n"
            "as of sequence 97\n"
            "\n"
            "shared claims   1\n"
            "agree           on 0\n"
            "contradict      on 1 of them, and by 1 pairs of claims that contradict each other\n"
            "cites           FT cites Nvidia on 1, Nvidia cites FT on 0\n"
            "first to say    FT 1, Nvidia 0, undecided 0\n"
            "first recorded  FT 0, Nvidia 1\n"
            "\n"
            "CLAIM  BOTH        FIRST SOURCE  SECOND SOURCE  FIRST TO SAY  CITING  TEXT\n"
            "x      contradict  ASSERTS       DENIES         FT            x/ft    It is so.\n"
            "y / z  contradict  ASSERTS       ASSERTS        -             -       Y.\n");
}

}  // namespace
}  // namespace headwater::cli
