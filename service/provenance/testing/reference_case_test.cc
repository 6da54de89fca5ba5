// The reference on cases whose answers are known beforehand: those of hand_cases.h, and one for
// each rule.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/hand_cases.h"
#include "provenance/testing/paths.h"
#include "provenance/testing/record.h"
#include "provenance/testing/reference.h"
#include "provenance/testing/validity.h"

namespace headwater::provenance::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Reference, AnswersAsByHand) {
  for (const HandCase& hand : HandCases()) {
    const Case a_case = CaseOf(hand.text);
    EXPECT_EQ(WhyNotACase(a_case), "") << hand.name;
    EXPECT_EQ(WhyNotAsByHand(hand, Reference(a_case)), "") << hand.name;
  }
}

ReferenceAssessment Assessed(const std::string& text) {
  const Case a_case = CaseOf(text);
  EXPECT_EQ(WhyNotACase(a_case), "") << text;
  return Reference(a_case);
}

// "at_least to at_most" of ASSERTS.
std::string Bounds(const std::string& text) {
  const ReferenceStance asserts = Assessed(text).stances[0];
  return std::to_string(asserts.at_least.count) + " to " + std::to_string(asserts.at_most.count);
}

constexpr char kThree[] = R"(
  source s0 NEWS_OUTLET
  source s1 NEWS_OUTLET
  source s2 PERSON
  document d0 by=s0
  document d1 by=s1
)";

TEST(Reference, TellsOfTheArticlesChainWhoIsHeardThroughWhom) {
  const Case a_case = CaseOf(HandCases().front().text);
  const ReferenceAssessment found = Reference(a_case);
  EXPECT_THAT(found.heard_through, ElementsAre(0));  // the compiler alone
  EXPECT_THAT(found.loops, IsEmpty());
  EXPECT_THAT(found.stances[0].own_name, ElementsAre(2));
  EXPECT_THAT(found.stances[0].relaying, ElementsAre(0, 1));
  ASSERT_EQ(found.stances[0].origins.size(), 1);
  EXPECT_EQ(found.stances[0].origins[0].kind, OriginKind::kFirstHand);
}

TEST(Reference, APublisherRelaysWhomItTellsOf) {
  // Told by one publisher, two people are one line; told by themselves, two.
  const std::string more = std::string(kThree) + "source s3 PERSON\n";
  EXPECT_EQ(Bounds(more + "says a0 s2 ASSERTS in=d0 first-hand\n"
                          "says a1 s3 ASSERTS in=d0 first-hand\n"),
            "1 to 2");
  EXPECT_EQ(Bounds(more + "says a0 s2 ASSERTS in=d0 first-hand\n"
                          "says a1 s3 ASSERTS in=d1 first-hand\n"),
            "2 to 2");
}

TEST(Reference, WhoCitesInTheSameDocumentHides) {
  // s1 stands between s0's document and s2, and is needed elsewhere.
  const std::string both = std::string(kThree) +
                           "source s3 PERSON\n"
                           "says a0 s2 ASSERTS in=d0 first-hand\n"
                           "says a1 s3 ASSERTS in=d1 first-hand\n";
  EXPECT_EQ(Bounds(both), "2 to 2");
  EXPECT_EQ(Bounds(both + "says a2 s1 RELAYS in=d0 cites=a0\n"), "1 to 2");
  // Not where it is cited back; not where it is deleted; but where it is withdrawn.
  EXPECT_EQ(Bounds(both + "says a2 s1 RELAYS in=d0 cites=a0 deleted\n"), "2 to 2");
  EXPECT_EQ(Bounds(both + "says a2 s1 RELAYS in=d0 cites=a0 retracted\n"), "1 to 2");
  EXPECT_EQ(Bounds(std::string(kThree) + "says a0 s2 ASSERTS in=d0 first-hand cites=a2\n"
                                         "says a1 s1 ASSERTS in=d1 first-hand\n"
                                         "says a2 s1 RELAYS in=d0 cites=a0\n"),
            "2 to 2");
  // Nor where it cites it for another stance, or is cited back by way of another told there; but a
  // way back through another document changes nothing.
  EXPECT_EQ(Bounds(both + "says a2 s1 ASSERTS in=d0 cites=a0:ASKS\n"), "2 to 3");
  const auto by_way_of = [](const std::string& document) {
    return Bounds(std::string(kThree) +
                  "says a0 s2 ASSERTS in=d0 first-hand cites=a3\n"
                  "says a1 s1 ASSERTS in=d1 first-hand\n"
                  "says a2 s1 RELAYS in=d0 cites=a0\n"
                  "says a3 s0 ASKS in=" +
                  document + " cites=a2\n");
  };
  EXPECT_EQ(by_way_of("d0"), "2 to 2");
  EXPECT_EQ(by_way_of("d1"), "1 to 2");
}

TEST(Reference, ACitationFromElsewhereReachesOnlyAsToldThere) {
  // In d0, a0 is hidden by a1, and that by a2.
  const Case a_case = CaseOf(std::string(kThree) +
                             "source s3 ANONYMOUS\nsource s4 ANONYMOUS\n"
                             "says a0 s3 ASSERTS in=d0\n"
                             "says a1 s4 RELAYS in=d0 cites=a0\n"
                             "says a2 s2 RELAYS in=d0 cites=a1\n"
                             "says a3 s1 RELAYS in=d1 cites=a0\n");
  const Record record(a_case);
  const Paths paths(record, v1::STANCE_ASSERTS, Bound::kAtMost);
  const auto attribution = [](Index i) { return Step{StepKind::kAttribution, i}; };
  const Step relay = {StepKind::kImpliedRelay, 0};
  const Line as_told = {relay, attribution(2), attribution(1), attribution(0)};
  Line from_elsewhere = as_told;
  from_elsewhere.insert(from_elsewhere.begin(), attribution(3));
  EXPECT_THAT(paths.All(), ElementsAre(Line{attribution(2), attribution(1), attribution(0)},
                                       from_elsewhere, as_told));
  EXPECT_FALSE(paths.Holds({attribution(3), attribution(0)}));
  EXPECT_FALSE(paths.Holds({attribution(3), relay, attribution(0)}));
  EXPECT_FALSE(paths.Holds({attribution(3), relay, attribution(1), attribution(0)}));
}

TEST(Reference, AVoiceThatTookTheContraryStanceLaterProvesNothing) {
  const std::string said = std::string(kThree) +
                           "says a0 s0 ASSERTS in=d0 first-hand said=1..1\n"
                           "says a1 s0 DENIES in=d1 said=";
  EXPECT_EQ(Bounds(said + "2..2\n"), "0 to 1");
  EXPECT_EQ(Bounds(said + "..2\n"), "1 to 1");
  EXPECT_EQ(Bounds(said + "2..2 retracted\n"), "1 to 1");
  EXPECT_EQ(Bounds(said + "2..2 extent=NON_DENIAL\n"), "1 to 1");
}

TEST(Reference, OfOwnersAndPeopleThatMightBeTheSameItProvesOneLine) {
  const auto two = [](const std::string& of_first, const std::string& of_second) {
    return Bounds("source s0 NEWS_OUTLET " + of_first + "\nsource s1 NEWS_OUTLET " + of_second +
                  "\nsource s2 ORGANIZATION\nsource s3 GOVERNMENT owner=s2\n"
                  "document d0 by=s0\ndocument d1 by=s1\n"
                  "says a0 s0 ASSERTS in=d0 first-hand\nsays a1 s1 ASSERTS in=d1 first-hand\n");
  };
  EXPECT_EQ(two("", ""), "2 to 2");
  EXPECT_EQ(two("owner=s2", "owner=s3"), "1 to 2");
  EXPECT_EQ(two("owner=s1", ""), "1 to 2");
  EXPECT_EQ(two("part_of=s1", ""), "1 to 1");
  EXPECT_EQ(two("same_as=u", "same_as=u"), "1 to 1");
}

TEST(Reference, EvidenceCountsOnceAuthenticated) {
  const auto shown = [](const std::string& evidence) {
    return Bounds("source s0 NEWS_OUTLET\nsource s1 EVIDENCE " + evidence +
                  "\ndocument d0 by=s0\nsays a0 s1 ASSERTS in=d0 first-hand\n");
  };
  EXPECT_EQ(shown(""), "0 to 1");
  EXPECT_EQ(shown("authenticated"), "1 to 1");
}

TEST(Reference, WhatIsWithdrawnOrDeletedIsNoOrigin) {
  const std::string relay = std::string(kThree) + "says a1 s1 ASSERTS in=d1 cites=a0\n";
  for (const std::string fate : {"retracted", "corrected", "error", "deleted"}) {
    const ReferenceAssessment found =
        Assessed(relay + "says a0 s0 ASSERTS in=d0 first-hand " + fate + "\n");
    EXPECT_EQ(found.standing, Standing::kOriginLost) << fate;
    ASSERT_EQ(found.severed.size(), 1) << fate;
    EXPECT_THAT(found.severed[0].rested, ElementsAre(0)) << fate;
    EXPECT_EQ(found.flags.source_retracted, fate == "retracted" || fate == "corrected") << fate;
  }
  const ReferenceAssessment severed =
      Assessed(std::string(kThree) + "says a1 s1 RELAYS in=d1 cites=^s2!\n");
  EXPECT_EQ(severed.standing, Standing::kOriginLost);
  ASSERT_EQ(severed.severed.size(), 1);
  EXPECT_EQ(severed.severed[0].step, (Step{StepKind::kStub, 2}));
}

TEST(Reference, ABareCitationMeansWhatIsNotCertainlyLater) {
  const auto cites = [](const std::string& said) {
    return Bounds(std::string(kThree) + "says a0 s0 RELAYS in=d0 said=5..5 cites==s1\n" +
                  "says a1 s1 DENIES in=d1 said=" + said + "\n");
  };
  EXPECT_EQ(cites("5..6"), "0 to 0");
  EXPECT_EQ(cites("6..6"), "0 to 1");  // a stub, asserting
}

TEST(Reference, ACitationMaySayForWhichStance) {
  const std::string mixed = std::string(kThree) +
                            "says a0 s0 ASSERTS in=d0 first-hand\n"
                            "says a1 s2 DENIES in=d0 first-hand\n";
  const auto relays = [&](const std::string& cites) {
    const ReferenceAssessment found = Assessed(mixed + "says a2 s1 RELAYS in=d1 " + cites + "\n");
    std::vector<v1::Stance> stances;
    for (const ReferenceStance& stance : found.stances) {
      if (!stance.relaying.empty()) stances.push_back(stance.stance);
    }
    return stances;
  };
  EXPECT_THAT(relays("cites=a0 cites=a1"), ElementsAre(v1::STANCE_ASSERTS, v1::STANCE_DENIES));
  EXPECT_THAT(relays("cites=a0 cites=a1:ASKS"), ElementsAre(v1::STANCE_ASSERTS));
  EXPECT_THAT(relays("cites=a0:DENIES"), IsEmpty());
  EXPECT_THAT(relays("cites==s2:DOUBTS"), IsEmpty());
  EXPECT_THAT(relays("cites=^s2:DOUBTS"), ElementsAre(v1::STANCE_DOUBTS));
}

TEST(Reference, AStubCitedForAnotherStanceThanOnesOwnIsNone) {
  const auto cites = [](const std::string& how) {
    const ReferenceAssessment found =
        Assessed(std::string(kThree) + "says a0 s0 " + how + " in=d0 cites==s1:DENIES\n");
    return found.stances[1].origins.size();
  };
  EXPECT_EQ(cites("ASSERTS"), 0);
  EXPECT_EQ(cites("DENIES extent=NON_DENIAL"), 0);
  EXPECT_EQ(cites("DENIES"), 1);
  EXPECT_EQ(cites("RELAYS"), 1);
}

TEST(Reference, TheFirstIsTheOneWhoseDateEndsFirst) {
  const ReferenceStance found = Assessed(std::string(kThree) +
                                         "says a0 s0 ASSERTS in=d0 said=1..9 recorded=1\n"
                                         "says a1 s1 ASSERTS in=d1 said=..4 recorded=3\n"
                                         "says a2 s2 RELAYS in=d1 said=2..4 cites=a1 recorded=2\n"
                                         "says a3 s2 ASSERTS in=d1 said=0.. recorded=4\n")
                                    .stances[0];
  EXPECT_EQ(found.first_said, 2);
  EXPECT_EQ(found.first_recorded, 0);
}

}  // namespace
}  // namespace headwater::provenance::testing
