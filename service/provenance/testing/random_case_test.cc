#include "provenance/testing/random_case.h"

#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/paths.h"
#include "provenance/testing/record.h"
#include "provenance/testing/reference.h"
#include "provenance/testing/shrink.h"
#include "provenance/testing/validity.h"
#include "provenance/testing/verdict.h"

namespace headwater::provenance::testing {
namespace {

constexpr uint64_t kCases = 3'000;

TEST(RandomCase, CanBe) {
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    const Case a_case = RandomCase(seed);
    ASSERT_EQ(WhyNotACase(a_case), "") << "seed " << seed << "\n" << ToText(a_case);
    std::mt19937_64 random(seed);
    const Case echoed = WithAnEcho(a_case, &random);
    ASSERT_EQ(WhyNotACase(echoed), "") << "seed " << seed << "\n" << ToText(echoed);
  }
}

TEST(RandomCase, IsTheSameForTheSameSeed) {
  EXPECT_EQ(ToText(RandomCase(7)), ToText(RandomCase(7)));
  EXPECT_NE(ToText(RandomCase(7)), ToText(RandomCase(8)));
}

TEST(RandomCase, ReadsBackFromItsText) {
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    const std::string text = ToText(RandomCase(seed));
    ASSERT_EQ(ToText(CaseOf(text)), text);
  }
}

void CountSources(const Case& a_case, std::map<std::string, int>* seen) {
  for (const SourceFact& source : a_case.sources) {
    ++(*seen)[v1::SourceKind_Name(source.kind)];
    if (source.part_of != kNone) ++(*seen)["part_of"];
    if (source.author != kNone) ++(*seen)["author"];
    if (source.authenticated) ++(*seen)["authenticated"];
    if (!source.known_distinct_from.empty()) ++(*seen)["known distinct"];
    if (source.deleted) ++(*seen)["source deleted"];
    if (source.owner != kNone && a_case.sources[source.owner].owner != kNone) {
      ++(*seen)["chain of owners"];
    }
  }
}

void CountDocuments(const Case& a_case, std::map<std::string, int>* seen) {
  for (const DocumentFact& document : a_case.documents) {
    if (document.verbatim_of != kNone) ++(*seen)["copy"];
    if (document.taken != Taken::kStands) ++(*seen)["document withdrawn"];
    if (document.deleted) ++(*seen)["document deleted"];
  }
}

void CountAttributions(const Case& a_case, std::map<std::string, int>* seen) {
  const Record record(a_case);
  for (Index i = 0; i < a_case.attributions.size(); ++i) {
    const AttributionFact& said = a_case.attributions[i];
    ++(*seen)[v1::Stance_Name(said.stance)];
    ++(*seen)["extent " + v1::DenialExtent_Name(said.denial_extent)];
    ++(*seen)["taken " + std::to_string(static_cast<int>(said.taken))];
    if (said.deleted) ++(*seen)["attribution deleted"];
    if (!said.hedges.empty()) ++(*seen)["hedged"];
    if (said.claim != 0) ++(*seen)["of another claim"];
    if (said.said.known()) ++(*seen)["dated"];
    if (record.TakenBackSince(i)) ++(*seen)["taken back since"];
    if (!record.HiddenBy(i, v1::STANCE_ASSERTS).empty()) ++(*seen)["hidden"];
    for (const CitationFact& cited : said.cites) {
      if (cited.stance != v1::STANCE_UNSPECIFIED) ++(*seen)["cited for a stance"];
      if (cited.attribution != kNone) continue;
      ++(*seen)[!cited.bare ? "outside" : record.Meant(i, cited).empty() ? "bare" : "resolved"];
      if (cited.severed) ++(*seen)["severed"];
    }
  }
}

void CountFindings(const ReferenceAssessment& found, std::map<std::string, int>* seen) {
  const ReferenceStance& asserts = found.stances[0];
  ++(*seen)["standing " + StandingName(found.standing)];
  ++(*seen)["at_least " + std::to_string(asserts.at_least.count)];
  ++(*seen)["at_most " + std::to_string(asserts.at_most.count)];
  ++(*seen)["chokepoints " + std::to_string(asserts.chokepoints.size())];
  const Flags& flags = found.flags;
  if (flags.also_denied) ++(*seen)["ALSO_DENIED"];
  if (flags.denied_not_asserted) ++(*seen)["DENIED_NOT_ASSERTED"];
  if (flags.anonymous_only) ++(*seen)["ANONYMOUS_ONLY"];
  if (flags.asked) ++(*seen)["ASKED"];
  if (flags.doubted) ++(*seen)["DOUBTED"];
  if (flags.hedge_dropped) ++(*seen)["HEDGE_DROPPED"];
  if (flags.source_retracted) ++(*seen)["SOURCE_RETRACTED"];
  if (flags.contradicted) ++(*seen)["CONTRADICTED"];
  if (asserts.loop) ++(*seen)["loop"];
  for (const ReferenceVoice& voice : found.voices) {
    ++(*seen)["voice " + std::to_string(static_cast<int>(voice.kind))];
    if (voice.sources.size() > 1) ++(*seen)["voice of several"];
    if (voice.unit.size() > voice.sources.size()) ++(*seen)["unit of several"];
  }
}

// A line of at_least that a choice of anonymous origins decides, a path that needs several hops.
void CountPaths(const Case& a_case, std::map<std::string, int>* seen) {
  const Record record(a_case);
  const Paths proved(record, v1::STANCE_ASSERTS, Bound::kAtLeast);
  const std::set<Line> lines = proved.All();
  for (const Line& line : lines) {
    std::set<Index> documents;
    for (const Step& step : line) {
      if (step.kind == StepKind::kAttribution) documents.insert(record.Fact(step.index).document);
    }
    ++(*seen)["path over " + std::to_string(documents.size())];
  }
  for (const Line& one : lines) {
    for (const Line& other : lines) {
      const Index origin = proved.VoiceOf(one.back()), other_origin = proved.VoiceOf(other.back());
      if (origin != other_origin && record.groups().MightBeSame(origin, other_origin)) {
        ++(*seen)["might be the same"];
      }
    }
  }
}

constexpr const char* kToBeSeen[] = {"SOURCE_KIND_NEWS_OUTLET",
                                     "SOURCE_KIND_PERSON",
                                     "SOURCE_KIND_ANONYMOUS",
                                     "SOURCE_KIND_EVIDENCE",
                                     "part_of",
                                     "author",
                                     "authenticated",
                                     "known distinct",
                                     "source deleted",
                                     "chain of owners",
                                     "copy",
                                     "document withdrawn",
                                     "document deleted",
                                     "STANCE_ASSERTS",
                                     "STANCE_DENIES",
                                     "STANCE_DOUBTS",
                                     "STANCE_ASKS",
                                     "STANCE_NO_COMMENT",
                                     "STANCE_RELAYS",
                                     "extent DENIAL_EXTENT_FULL",
                                     "extent DENIAL_EXTENT_PART",
                                     "extent DENIAL_EXTENT_NON_DENIAL",
                                     "taken 1",
                                     "taken 2",
                                     "taken 3",
                                     "attribution deleted",
                                     "hedged",
                                     "of another claim",
                                     "dated",
                                     "taken back since",
                                     "hidden",
                                     "cited for a stance",
                                     "outside",
                                     "bare",
                                     "resolved",
                                     "severed",
                                     "standing none",
                                     "standing NOT_ASSERTED",
                                     "standing CIRCULAR",
                                     "standing ORIGIN_LOST",
                                     "standing ORIGIN_NOT_RECORDED",
                                     "standing SINGLE_LINE",
                                     "standing SEVERAL_LINES",
                                     "at_least 2",
                                     "at_least 3",
                                     "at_most 2",
                                     "at_most 3",
                                     "at_most 4",
                                     "chokepoints 1",
                                     "chokepoints 2",
                                     "chokepoints 3",
                                     "ALSO_DENIED",
                                     "DENIED_NOT_ASSERTED",
                                     "ANONYMOUS_ONLY",
                                     "ASKED",
                                     "DOUBTED",
                                     "HEDGE_DROPPED",
                                     "SOURCE_RETRACTED",
                                     "CONTRADICTED",
                                     "loop",
                                     "voice 0",
                                     "voice 1",
                                     "voice 2",
                                     "voice of several",
                                     "unit of several",
                                     "path over 2",
                                     "path over 3",
                                     "might be the same"};

TEST(RandomCase, CoversAll) {
  std::map<std::string, int> seen;
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    const Case a_case = RandomCase(seed);
    CountSources(a_case, &seen);
    CountDocuments(a_case, &seen);
    CountAttributions(a_case, &seen);
    CountFindings(Reference(a_case), &seen);
    CountPaths(a_case, &seen);
  }
  std::string all;
  for (const auto& [what, times] : seen) all += what + ": " + std::to_string(times) + "\n";
  RecordProperty("seen", all);
  for (const char* what : kToBeSeen) {
    EXPECT_GE(seen[what], 5) << what << ", of\n" << all;
  }
}

TEST(Shrunk, LeavesWhatMatters) {
  const auto has_a_line = [](const Case& a_case) {
    return Reference(a_case).stances[0].at_least.count > 0;
  };
  for (uint64_t seed = 0; seed < 50; ++seed) {
    if (!has_a_line(RandomCase(seed))) continue;
    const Case shrunk = Shrunk(RandomCase(seed), has_a_line);
    EXPECT_EQ(ToText(shrunk).find("cites"), std::string::npos) << ToText(shrunk);
    EXPECT_EQ(shrunk.documents.size(), 1) << ToText(shrunk);
    ASSERT_EQ(shrunk.attributions.size(), 1) << ToText(shrunk);
    EXPECT_EQ(shrunk.attributions[0].basis, v1::BASIS_FIRST_HAND);
  }
}

}  // namespace
}  // namespace headwater::provenance::testing
