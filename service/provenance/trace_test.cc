#include "provenance/trace.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "provenance/case.h"
#include "provenance/trace_walk.h"

namespace headwater::provenance {
namespace {

using keys::Kind;
using keys::Name;
using records::Edge;
using ::testing::ElementsAre;

Edge Says(const std::string& source, const std::vector<std::string>& cites,
          const std::string& said = "") {
  Edge edge;
  edge.attribution = Name{Kind::kAttribution, "c", source};
  edge.source = Name{Kind::kSource, "", source};
  edge.stance = cites.empty() ? v1::STANCE_ASSERTS : v1::STANCE_RELAYS;
  edge.said_date = said;
  for (const std::string& cited : cites) {
    if (cited[0] == '=') {
      edge.cites.push_back({Name{Kind::kSource, "", cited.substr(1)}});
    } else {
      edge.cites.push_back({Name{Kind::kAttribution, "c", cited}});
    }
  }
  return edge;
}

// "0 tri-dat>1", "1 ft>2", …: each voice's distance with the places it cites, "?" for one that is
// not there, "(2)" for two that are not shown, "@" before one in a loop, "…3" after one that leads
// to three that are not shown.
std::vector<std::string> Drawn(const std::vector<Edge>& edges, const TraceAsk& ask = {}) {
  std::vector<std::string> lines;
  for (const TracedVoice& voice : Trace(edges, ask).voices) {
    std::string line =
        (voice.in_loop ? "@" : "") + std::to_string(voice.distance) + " " + voice.source.id;
    if (voice.edge == nullptr) line += "*";
    for (const TracedCitation& citation : voice.cites) {
      line += ">" + (citation.voice          ? std::to_string(*citation.voice)
                     : citation.left_out > 0 ? "(" + std::to_string(citation.left_out) + ")"
                                             : std::string("?"));
    }
    if (voice.cut > 0) line += "…" + std::to_string(voice.cut);
    lines.push_back(line);
  }
  return lines;
}

TraceAsk Downstream() { return {.downstream = true}; }

// An attribution with another id than its source's.
Edge Again(Edge edge, const std::string& id) {
  edge.attribution.id = id;
  return edge;
}

TEST(Trace, OfNothingIsEmpty) { EXPECT_TRUE(Trace({}, {}).voices.empty()); }

TEST(Trace, PutsAChainInTheOrderInWhichItReachedUs) {
  EXPECT_THAT(Drawn({Says("ft", {"three"}), Says("three", {}), Says("tri-dat", {"ft"})}),
              ElementsAre("0 tri-dat>1", "1 ft>2", "2 three"));
}

TEST(Trace, AVoiceStandsAtItsShortestDistance) {
  EXPECT_THAT(Drawn({Says("a", {"b", "c"}), Says("b", {"c"}), Says("c", {})}),
              ElementsAre("0 a>1>2", "1 b>2", "1 c"));
}

TEST(Trace, ACitationOfWhatIsNotThereLeadsNowhere) {
  EXPECT_THAT(Drawn({Says("a", {"gone"})}), ElementsAre("0 a>?"));
}

TEST(Trace, ABareSourceStandsForItselfWhereItHasNoAttribution) {
  EXPECT_THAT(Drawn({Says("a", {"=x"}), Says("b", {"=x"})}), ElementsAre("0 a>2", "0 b>2", "1 x*"));
}

TEST(Trace, ABareSourceMeansItsAttributionsThatAreNotCertainlyLater) {
  EXPECT_THAT(Drawn({Says("a", {"=b"}, "2025-05"), Says("b", {}, "2025-05-31")}),
              ElementsAre("0 a>1", "1 b"));
  EXPECT_THAT(Drawn({Says("a", {"=b"}, "2025-05"), Says("b", {}, "2025-06-01")}),
              ElementsAre("0 a>2", "0 b", "1 b*"));
  EXPECT_THAT(Drawn({Says("a", {"=b"}, "2025-05"), Says("b", {}, "2025-06-01~")}),
              ElementsAre("0 a>1", "1 b"));
}

TEST(Trace, MarksLoopsAndBeginsThemAtTheirFirst) {
  EXPECT_THAT(Drawn({Says("a", {"b"}), Says("b", {"a"})}), ElementsAre("@0 a>1", "@1 b>0"));
  EXPECT_THAT(Drawn({Says("a", {"b"}), Says("b", {"c"}), Says("c", {"b"})}),
              ElementsAre("0 a>1", "@1 b>2", "@2 c>1"));
}

TEST(Trace, DownstreamGoesFromTheOriginsToWhoRepeatsThem) {
  EXPECT_THAT(Drawn({Says("echo", {"ft"}), Says("ft", {"three"}), Says("three", {}),
                     Says("tri-dat", {"ft"})},
                    Downstream()),
              ElementsAre("0 three", "1 ft>0", "2 echo>1", "2 tri-dat>1"));
  // Nobody cites whom they would begin with: a loop counts from its first.
  EXPECT_THAT(Drawn({Says("a", {"b"}), Says("b", {"a"}), Says("c", {"b"})}, Downstream()),
              ElementsAre("@0 a>1", "@1 b>0", "2 c>1"));
}

TEST(Trace, BeginsWhereItIsTold) {
  const std::vector<Edge> edges = {Says("echo", {"ft"}), Says("ft", {"three"}), Says("other", {}),
                                   Says("three", {}), Says("tri-dat", {"ft", "other"})};
  TraceAsk ask;
  ask.from = Name{Kind::kAttribution, "c", "ft"};
  EXPECT_THAT(Drawn(edges, ask), ElementsAre("0 ft>1", "1 three"));
  ask.downstream = true;
  EXPECT_THAT(Drawn(edges, ask), ElementsAre("0 ft>(1)", "1 echo>0", "1 tri-dat>0>(1)"));
  ask.from = Name{Kind::kSource, "", "nobody"};
  EXPECT_FALSE(Trace(edges, ask).found);
}

TEST(Trace, BeginsWithAllThatASourceSaidAndItsStub) {
  const std::vector<Edge> edges = {Says("a", {"=x"}, "2025-01"), Says("b", {"=x"}, "2025-09"),
                                   Again(Says("x", {}, "2025-05"), "x1"),
                                   Again(Says("x", {}, "2025-06"), "x2")};
  TraceAsk ask = Downstream();
  ask.from = Name{Kind::kSource, "", "x"};
  EXPECT_THAT(Drawn(edges, ask), ElementsAre("0 x", "0 x", "0 x*", "1 a>2", "1 b>0>1"));
}

TEST(Trace, BareSourcesComeInTheOrderOfTheirIds) {
  EXPECT_THAT(
      Drawn({Says("a", {"=z", "=the-longest-id-of-all-sources", "=b", "=m"})}),
      ElementsAre("0 a>4>3>1>2", "1 b*", "1 m*", "1 the-longest-id-of-all-sources*", "1 z*"));
}

TEST(Trace, SaysWhereItWasCut) {
  const std::vector<Edge> edges = {Says("a", {"b", "c"}), Says("b", {"d"}), Says("c", {"d", "=e"}),
                                   Says("d", {}), Says("e", {})};
  TraceAsk ask;
  ask.max_depth = 1;
  EXPECT_THAT(Drawn(edges, ask), ElementsAre("0 a>1>2", "1 b>(1)…1", "1 c>(1)>(1)…2"));
  EXPECT_EQ(Trace(edges, ask).reached, 5U);
  EXPECT_TRUE(Trace(edges, ask).truncated);
  ask.max_depth = 9;
  EXPECT_FALSE(Trace(edges, ask).truncated);
  ask.max_voices = 2;
  EXPECT_THAT(Drawn(edges, ask), ElementsAre("0 a>1>(1)…1", "1 b>(1)…1"));
  ask = Downstream();
  ask.max_voices = 3;
  EXPECT_THAT(Drawn(edges, ask), ElementsAre("0 d…1", "0 e…1", "1 b>0…1"));
}

// Two ways to one that is left out are one; what is cited by name and by its source alone is one.
TEST(Trace, CountsWhatItLeavesOutOnce) {
  const std::vector<Edge> edges = {Says("a", {"=b", "b", "=b"}), Says("b", {}),
                                   Again(Says("b", {}), "b2")};
  TraceAsk ask;
  ask.max_depth = 0;
  EXPECT_THAT(Drawn(edges, ask), ElementsAre("0 a>(2)>(1)>(2)…2"));
  ask.downstream = true;
  EXPECT_THAT(Drawn(edges, ask), ElementsAre("0 b…1", "0 b…1"));
}

TEST(Trace, CutsCitationsWhereThereAreTooMany) {
  std::vector<Edge> edges;
  for (int i = 0; i < 5; ++i) edges.push_back(Again(Says("s", {"=s"}), "s" + std::to_string(i)));
  TraceAsk ask;
  ask.max_citations = 6;
  EXPECT_THAT(Drawn(edges, ask),
              ElementsAre("@0 s>1>2>3>4", "@1 s>0>2>(2)", "@1 s", "@1 s", "@1 s"));
  EXPECT_TRUE(Trace(edges, ask).truncated);
  EXPECT_EQ(Trace(edges, ask).reached, 5U);
}

TEST(Trace, AHundredThousandWhoCiteASourceOfAThousandAreTracedAtOnce) {
  std::vector<Edge> edges;
  for (int i = 0; i < 100'000; ++i)
    edges.push_back(Again(Says("echo" + std::to_string(i), {"=s"}), "e" + std::to_string(i)));
  for (int i = 0; i < 1'000; ++i)
    edges.push_back(Again(Says("s", {"=s"}), "s" + std::to_string(i)));
  TraceAsk ask = Downstream();
  ask.from = Name{Kind::kSource, "", "s"};
  ask.max_voices = 1'500;
  ask.max_citations = 10'000;
  const Traced traced = Trace(edges, ask);
  EXPECT_EQ(traced.reached, 101'000U);
  ASSERT_EQ(traced.voices.size(), 1'500U);
  EXPECT_EQ(traced.voices.front().cut, 99'500U);
  EXPECT_TRUE(traced.voices.front().in_loop);
}

TEST(LastDays, NobodySpokeLaterThanWhoeverSpeaksOnItsWord) {
  const std::vector<Edge> edges = {Says("a", {"b"}), Says("b", {"=c"}), Says("c", {}),
                                   Says("d", {"c"})};
  const TraceGraph graph(edges);
  EXPECT_THAT(LastDays(graph, {7, 9, Days::kNever, 3}, {true, true, true, true}),
              ElementsAre(7, 7, 3, 3));
  EXPECT_THAT(LastDays(graph, {7, 9, Days::kNever, 3}, {true, true, true, false}),
              ElementsAre(7, 7, 7, 3));
}

}  // namespace
}  // namespace headwater::provenance
