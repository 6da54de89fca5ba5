#include "provenance/trace.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

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

// "tri-dat>1 ft>2 …": each voice with the places it cites, "?" for one that is not there, "@"
// before one in a loop.
std::vector<std::string> Drawn(const std::vector<Edge>& edges) {
  std::vector<std::string> lines;
  for (const TracedVoice& voice : TraceGraph(edges)) {
    std::string line =
        (voice.in_loop ? "@" : "") + std::to_string(voice.distance) + " " + voice.source.id;
    if (voice.edge == nullptr) line += "*";
    for (const TracedCitation& citation : voice.cites) {
      line += ">" + (citation.voice ? std::to_string(*citation.voice) : std::string("?"));
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(TraceGraph, OfNothingIsEmpty) { EXPECT_TRUE(TraceGraph({}).empty()); }

TEST(TraceGraph, PutsAChainInTheOrderInWhichItReachedUs) {
  EXPECT_THAT(Drawn({Says("ft", {"three"}), Says("three", {}), Says("tri-dat", {"ft"})}),
              ElementsAre("0 tri-dat>1", "1 ft>2", "2 three"));
}

TEST(TraceGraph, AVoiceStandsAtItsShortestDistance) {
  EXPECT_THAT(Drawn({Says("a", {"b", "c"}), Says("b", {"c"}), Says("c", {})}),
              ElementsAre("0 a>1>2", "1 b>2", "1 c"));
}

TEST(TraceGraph, ACitationOfWhatIsNotThereLeadsNowhere) {
  EXPECT_THAT(Drawn({Says("a", {"gone"})}), ElementsAre("0 a>?"));
}

TEST(TraceGraph, ABareSourceStandsForItselfWhereItHasNoAttribution) {
  EXPECT_THAT(Drawn({Says("a", {"=x"}), Says("b", {"=x"})}), ElementsAre("0 a>2", "0 b>2", "1 x*"));
}

TEST(TraceGraph, ABareSourceMeansItsAttributionsThatAreNotCertainlyLater) {
  EXPECT_THAT(Drawn({Says("a", {"=b"}, "2025-05"), Says("b", {}, "2025-05-31")}),
              ElementsAre("0 a>1", "1 b"));
  EXPECT_THAT(Drawn({Says("a", {"=b"}, "2025-05"), Says("b", {}, "2025-06-01")}),
              ElementsAre("0 a>2", "0 b", "1 b*"));
  EXPECT_THAT(Drawn({Says("a", {"=b"}, "2025-05"), Says("b", {}, "2025-06-01~")}),
              ElementsAre("0 a>1", "1 b"));
}

TEST(TraceGraph, MarksLoopsAndBeginsThemAtTheirFirst) {
  EXPECT_THAT(Drawn({Says("a", {"b"}), Says("b", {"a"})}), ElementsAre("@0 a>1", "@1 b>0"));
  EXPECT_THAT(Drawn({Says("a", {"b"}), Says("b", {"c"}), Says("c", {"b"})}),
              ElementsAre("0 a>1", "@1 b>2", "@2 c>1"));
}

}  // namespace
}  // namespace headwater::provenance
