#include "database/questions/words.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "database/questions/describe.h"
#include "gtest/gtest.h"

namespace headwater::database {
namespace {

using provenance::Index;
using provenance::kNone;
using provenance::Taken;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A case, told step by step.
class Story {
 public:
  Story() {
    gathered_.text = "It is so.";
    gathered_.a_case.claims = {"c"};
    gathered_.a_case.nature = v1::CLAIM_NATURE_FACT;
  }

  Index Source(const std::string& name, v1::SourceKind kind = v1::SOURCE_KIND_NEWS_OUTLET,
               int people = 0) {
    provenance::SourceFact fact;
    fact.id = absl::StrCat("s", gathered_.sources.size());
    fact.kind = kind;
    gathered_.a_case.sources.push_back(fact);
    gathered_.sources.push_back({name, people});
    return static_cast<Index>(gathered_.sources.size() - 1);
  }
  Index Document(Index publisher) {
    provenance::DocumentFact fact;
    fact.id = absl::StrCat("d", gathered_.documents.size());
    fact.publisher = publisher;
    gathered_.a_case.documents.push_back(fact);
    gathered_.documents.push_back({fact.id, ""});
    return static_cast<Index>(gathered_.documents.size() - 1);
  }
  Index Says(Index source, Index document, v1::Stance stance, std::vector<Index> cites = {},
             v1::Basis basis = v1::BASIS_UNSPECIFIED) {
    provenance::AttributionFact fact;
    fact.id = absl::StrCat("a", gathered_.attributions.size());
    fact.source = source;
    fact.document = document;
    fact.stance = stance;
    fact.basis = basis;
    fact.recorded = gathered_.attributions.size() + 1;
    for (Index cited : cites) fact.cites.emplace_back().attribution = cited;
    gathered_.a_case.attributions.push_back(fact);
    gathered_.attributions.push_back({""});
    return static_cast<Index>(gathered_.attributions.size() - 1);
  }
  // An outlet with a document of its own, which asserts or relays.
  Index Outlet(const std::string& name, std::vector<Index> cites = {}) {
    const Index source = Source(name);
    const v1::Stance stance = cites.empty() ? v1::STANCE_ASSERTS : v1::STANCE_RELAYS;
    return Says(source, Document(source), stance, std::move(cites));
  }

  provenance::AttributionFact& attribution(Index i) { return gathered_.a_case.attributions[i]; }
  provenance::Case& a_case() { return gathered_.a_case; }
  Gathered& gathered() { return gathered_; }

  std::vector<std::string> Reasons() const { return ReasonsOf(Weigh(gathered_)); }
  std::string Standing() const { return Reasons().front(); }
  std::vector<std::string> Flags() const {
    const Weighed weighed = Weigh(gathered_);
    std::vector<std::string> lines;
    for (v1::FlagKind flag : FlagsIn(weighed.assessment.flags))
      lines.push_back(
          absl::StrCat(v1::FlagKind_Name(flag).substr(10), " ", FlagReason(weighed, flag)));
    return lines;
  }

 private:
  Gathered gathered_;
};

TEST(Words, ListsAndCounts) {
  EXPECT_EQ(AndList({}), "");
  EXPECT_EQ(AndList({"A"}), "A");
  EXPECT_EQ(AndList({"A", "B"}), "A and B");
  EXPECT_EQ(AndList({"A", "B", "C"}), "A, B and C");
  EXPECT_EQ(AndList({"A", "B", "C", "D", "E"}), "A, B, C, D and E");
  EXPECT_EQ(AndList({"A", "B", "C", "D", "E", "F", "G"}), "A, B, C, D, E and 2 more");
  EXPECT_EQ(Counted(1, "voice", "voices"), "1 voice");
  EXPECT_EQ(Counted(2, "voice", "voices"), "2 voices");
}

TEST(Words, NobodyAssertsIt) {
  Story story;
  EXPECT_THAT(story.Reasons(), ElementsAre("Nobody recorded here asserts it."));
  EXPECT_THAT(story.Flags(), IsEmpty());
  const Index paper = story.Source("The Paper");
  const Index told = story.Document(paper);
  story.Says(story.Source("Nvidia", v1::SOURCE_KIND_ORGANIZATION), told, v1::STANCE_DENIES);
  story.Says(story.Source("A minister", v1::SOURCE_KIND_PERSON), told, v1::STANCE_ASKS);
  EXPECT_EQ(story.Standing(),
            "Nobody recorded here asserts it; Nvidia denies it; A minister asks whether it is so.");
  EXPECT_THAT(story.Flags(),
              ElementsAre("DENIED_NOT_ASSERTED Nvidia denies it; nobody recorded here asserts it.",
                          "ASKED A minister asks whether it is so; nobody recorded here asserts "
                          "it."));
  story.a_case().nature = v1::CLAIM_NATURE_OPINION;
  EXPECT_EQ(story.Standing(),
            "Nobody recorded here asserts it; Nvidia denies it; A minister asks whether it is so. "
            "This is an opinion: it is held or not, and has no standing.");
}

TEST(Words, DenialsInPartAndByOthers) {
  Story story;
  const Index paper = story.Outlet("The Paper");
  const Index told = story.attribution(paper).document;
  const Index one = story.Source("Huawei", v1::SOURCE_KIND_ORGANIZATION);
  const Index other = story.Source("Nvidia", v1::SOURCE_KIND_ORGANIZATION);
  const Index third = story.Source("two engineers", v1::SOURCE_KIND_ANONYMOUS, 2);
  story.Says(one, told, v1::STANCE_DENIES);
  story.attribution(story.Says(other, told, v1::STANCE_DENIES)).denial_extent =
      v1::DENIAL_EXTENT_PART;
  EXPECT_THAT(story.Flags(), Contains("ALSO_DENIED Huawei denies it; Nvidia denies part of it."));
  story.Says(third, told, v1::STANCE_DENIES);
  EXPECT_THAT(story.Flags(), Contains("ALSO_DENIED Huawei and two engineers (unnamed) deny it; "
                                      "Nvidia denies part of it."));
}

TEST(Words, AllSpeakOnOneWord) {
  Story story;
  const Index ft = story.Source("Financial Times");
  const Index document = story.Document(ft);
  const Index people = story.Source("three people", v1::SOURCE_KIND_ANONYMOUS, 3);
  const Index origin = story.Says(people, document, v1::STANCE_ASSERTS, {}, v1::BASIS_FIRST_HAND);
  EXPECT_EQ(story.Standing(), "three people (unnamed) say so first-hand, through Financial Times.");
  const Index relay = story.Says(ft, document, v1::STANCE_RELAYS, {origin});
  EXPECT_EQ(story.Standing(), "Financial Times speaks on the word of three people (unnamed).");
  for (const char* name : {"A", "B", "C"}) story.Outlet(name, {relay});
  EXPECT_EQ(story.Standing(),
            "All 3 outlets, A, B and C, speak on the word of three people (unnamed), through "
            "Financial Times.");
  EXPECT_THAT(story.Reasons(),
              Contains("5 voices carry it: 1 says so in its own name and 4 pass it on."));
  EXPECT_THAT(story.Reasons(), Contains("It was heard through Financial Times, A, B and C."));
  EXPECT_THAT(story.Flags(), ElementsAre("ANONYMOUS_ONLY No origin of it has a name: it begins "
                                         "with three people (unnamed)."));
}

TEST(Words, AnOriginThatDoesNotSayHow) {
  Story story;
  const Index one = story.Outlet("A");
  EXPECT_EQ(story.Standing(), "A says so and does not say how it is known.");
  story.Outlet("B", {one});
  EXPECT_EQ(story.Standing(), "B speaks on the word of A; how it is known there is not said.");
  story.Outlet("C");
  EXPECT_EQ(story.Standing(),
            "It is asserted, and no line to first-hand knowledge is proved: A and C do not say how "
            "they know.");
  EXPECT_THAT(story.Reasons(), Contains("No line to first-hand knowledge is proved, and at most 2 "
                                        "lines, independent of each other, lead to an origin."));
}

TEST(Words, ACitedSourceWithoutAWordOfItsOwn) {
  Story story;
  const Index agency = story.Source("The Agency", v1::SOURCE_KIND_NEWS_AGENCY);
  const Index one = story.Outlet("A");
  story.attribution(one).stance = v1::STANCE_RELAYS;
  story.attribution(one).cites.emplace_back();
  story.attribution(one).cites.back().source = agency;
  story.attribution(one).cites.back().bare = true;
  EXPECT_EQ(story.Standing(),
            "A speaks on the word of The Agency; that word itself is not on record.");
}

TEST(Words, SeveralLines) {
  Story story;
  for (int i = 0; i < 7; ++i) {
    const Index one = story.Outlet(absl::StrCat("A", i));
    story.attribution(one).basis = v1::BASIS_FIRST_HAND;
  }
  EXPECT_EQ(story.Standing(),
            "7 lines, independent of each other, lead to first-hand knowledge: "
            "A0; A1; A2; A3; A4; and 2 more.");
  EXPECT_THAT(story.Reasons(), Contains("7 voices say so in their own names."));
}

TEST(Words, CirclesAndWhatWasLost) {
  Story circle;
  const Index one = circle.Outlet("A");
  const Index other = circle.Outlet("B", {one});
  circle.attribution(one).cites.emplace_back().attribution = other;
  circle.attribution(other).stance = v1::STANCE_ASSERTS;
  EXPECT_EQ(circle.Standing(),
            "A and B speak on each other's word: their citations go round in a circle and lead to "
            "no origin.");
  EXPECT_THAT(circle.Reasons(), Contains("The citations of A and B lead back to each other, so "
                                         "their number adds nothing."));

  Story lost;
  const Index origin = lost.Outlet("A");
  lost.Outlet("B", {origin});
  lost.attribution(origin).taken = Taken::kCorrected;
  EXPECT_EQ(lost.Standing(),
            "B passes it on, and what it rested on no longer stands: the word of "
            "A was withdrawn or deleted.");
  EXPECT_THAT(lost.Reasons(),
              Contains("What A said was taken back by the source; B spoke on the word of it."));
  EXPECT_THAT(lost.Flags(),
              ElementsAre("SOURCE_RETRACTED A took back or corrected what was said."));
  lost.attribution(origin).taken = Taken::kRecordingError;
  EXPECT_THAT(lost.Flags(), IsEmpty());
  EXPECT_THAT(lost.Reasons(), Contains("What A said was withdrawn or deleted from the record; B "
                                       "spoke on the word of it."));
}

TEST(Words, DroppedHedgesAreQuoted) {
  Story story;
  const Index one = story.Outlet("A");
  const Index other = story.Outlet("B", {one});
  story.attribution(one).hedges = {"may", "reportedly"};
  story.attribution(other).hedges = {"may"};
  EXPECT_THAT(story.Flags(), ElementsAre("HEDGE_DROPPED B passes on what A said and leaves out "
                                         "“reportedly”."));
}

TEST(Words, DoubtsAndContradictions) {
  Story story;
  const Index one = story.Outlet("A");
  story.Says(story.Source("B"), story.attribution(one).document, v1::STANCE_DOUBTS);
  story.a_case().contradicting = {{"x", true}, {"y", false}};
  story.gathered().contradicting = {"It is not so.", "It may be."};
  EXPECT_THAT(story.Flags(),
              ElementsAre("DOUBTED B doubts it.",
                          "CONTRADICTED It can't hold beside “It is not so.”, which is asserted "
                          "too."));
}

TEST(Words, WhatIsSaidOfWiderAndNarrowerClaimsStandsBeside) {
  Story story;
  story.Outlet("A");
  const NeighbourStance nobody;
  NeighbourStance nvidia;
  nvidia.count = 1;
  nvidia.speakers = {{"nvidia", "Nvidia", v1::SOURCE_KIND_ORGANIZATION, "", "2025-08-06"}};
  NeighbourStance seven;
  seven.count = 7;
  seven.speakers = {{"b", "B"}, {"people", "people", v1::SOURCE_KIND_ANONYMOUS}};
  story.gathered().wider = {{"w", "It is wide.", nobody, nvidia, nobody},
                            {"quiet", "Nobody speaks.", nobody, nobody, nobody}};
  story.gathered().narrower = {{"n", "It is narrow.", seven, nobody, nvidia}};
  EXPECT_THAT(story.Reasons(),
              Contains("The wider claim “It is wide.”, which nobody recorded here asserts, is "
                       "denied by Nvidia (2025-08-06)."));
  EXPECT_THAT(story.Reasons(), Not(Contains(HasSubstr("Nobody speaks"))));
  EXPECT_THAT(story.Reasons(),
              Contains("The narrower claim “It is narrow.” is asserted by B, people (unnamed) and "
                       "5 more and asked about by Nvidia (2025-08-06)."));
}

TEST(Words, OneVoiceIsNamedOnce) {
  Story story;
  const Index one = story.Outlet("A");
  const Index desk = story.Source("The desk of A");
  story.a_case().sources[desk].part_of = story.attribution(one).source;
  story.Says(desk, story.attribution(one).document, v1::STANCE_ASSERTS);
  EXPECT_EQ(Names(Weigh(story.gathered())).List({desk, story.attribution(one).source}), "A");
  EXPECT_THAT(story.Reasons(), Contains("It was heard only through A."));
}

TEST(Words, PublishedByADay) {
  Story story;
  const Index early = story.Outlet("A");
  const Index late = story.Outlet("B");
  story.Outlet("C");
  story.attribution(early).said = provenance::Days::Of("2025-08-05");
  story.attribution(late).said = provenance::Days::Of("2025-08-07");
  const Weighed weighed =
      WeighUntil(story.gathered(), provenance::Days::Of("2025-08-05").latest, "2025-08-05");
  EXPECT_THAT(ReasonsOf(weighed), Contains("This is what was published by 2025-08-05: 1 later "
                                           "attribution is left out, and 1 more that may be "
                                           "later."));
  EXPECT_EQ(weighed.assessment.stances[0].own_name.size(), 1U);
}

// Lists in the message are cut, and say how long they are.
TEST(Describe, CutsListsAndCountsThem) {
  Story story;
  const Index origin = story.Outlet("origin");
  for (int i = 0; i < 150; ++i) story.Outlet(absl::StrCat("A", i), {origin});
  for (int i = 0; i < 150; ++i) story.Outlet(absl::StrCat("B", i));
  v1::Assessment message;
  Describe(Weigh(story.gathered()), &message);
  const v1::StanceAssessment& asserts = message.stances(0);
  EXPECT_EQ(asserts.own_name_size(), 100);
  EXPECT_EQ(asserts.own_name_count(), 151);
  EXPECT_EQ(asserts.relaying_size(), 100);
  EXPECT_EQ(asserts.relaying_count(), 150);
  EXPECT_EQ(asserts.origins_size(), 100);
  EXPECT_EQ(asserts.origin_count(), 151);
  EXPECT_EQ(asserts.lines().at_most(), 151);
  EXPECT_EQ(asserts.lines().at_most_lines_size(), 20);
  EXPECT_EQ(message.heard_through_size(), 100);
  EXPECT_EQ(message.heard_through_count(), 301);
  EXPECT_EQ(asserts.voice_count(), 301);
}

TEST(Describe, CutsLongLinesInTheMiddle) {
  Story story;
  const Index outlet = story.Source("outlet");
  const Index document = story.Document(outlet);
  std::vector<Index> cites;
  for (int i = 0; i < 130; ++i) {
    const Index source = story.Source(absl::StrCat("A", i), v1::SOURCE_KIND_ANONYMOUS);
    cites = {story.Says(source, document, cites.empty() ? v1::STANCE_ASSERTS : v1::STANCE_RELAYS,
                        cites)};
  }
  v1::Assessment message;
  Describe(Weigh(story.gathered()), &message);
  ASSERT_EQ(message.stances(0).lines().at_most_lines_size(), 1);
  const v1::Line& line = message.stances(0).lines().at_most_lines(0);
  EXPECT_EQ(line.step_count(), 131);
  ASSERT_EQ(line.steps_size(), 100);
  EXPECT_EQ(line.steps(0).kind(), v1::STEP_KIND_IMPLIED_RELAY);
  EXPECT_EQ(line.steps(0).display_name(), "outlet");
  EXPECT_EQ(line.steps(49).display_name(), "A81");
  EXPECT_EQ(line.steps(50).display_name(), "A49");
  EXPECT_EQ(line.steps(99).display_name(), "A0");
}

}  // namespace
}  // namespace headwater::database
