// The assessment against the reference, on cases by hand and at random. HEADWATER_LONG=1 tries a
// hundred thousand cases, HEADWATER_SEED=n that one alone.
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "provenance/assessment.h"
#include "provenance/takers.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/hand_cases.h"
#include "provenance/testing/properties.h"
#include "provenance/testing/random_case.h"
#include "provenance/testing/shrink.h"
#include "provenance/testing/verdict.h"

namespace headwater::provenance::testing {
namespace {

constexpr uint64_t kCases = 3'000;
constexpr uint64_t kManyCases = 100'000;

ReferenceAssessment Assessed(const Case& a_case) { return Plain(Assess(a_case)); }

// Of all cases; where it does not hold it shows the smallest case for which it still does not.
void HoldsOfAll(const std::function<std::string(const Case&)>& why_not) {
  const char* const only = std::getenv("HEADWATER_SEED");
  const uint64_t first = only == nullptr ? 0 : std::strtoull(only, nullptr, 10);
  uint64_t count = std::getenv("HEADWATER_LONG") == nullptr ? kCases : kManyCases;
  if (only != nullptr) count = 1;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    const Case a_case = RandomCase(seed);
    if (why_not(a_case).empty()) continue;
    const Case small = Shrunk(a_case, [&](const Case& each) { return !why_not(each).empty(); });
    FAIL() << "HEADWATER_SEED=" << seed << "\n" << ToText(small) << "\n" << why_not(small);
  }
}

// The same change each time that one and the same case is tried.
uint64_t SeedOf(const Case& a_case) { return std::hash<std::string>()(ToText(a_case)); }

TEST(AssessProperty, AgreesWithTheReference) {
  HoldsOfAll([](const Case& each) { return WhyWrong(each, Assess(each)); });
}

// Who takes a stance: those in their own names and those only cited; else those who pass it on.
std::set<Index> TakersIn(const Case& a_case, const ReferenceStance& stance) {
  std::set<Index> sources;
  for (Index i : stance.own_name) sources.insert(a_case.attributions[i].source);
  for (const Origin& origin : stance.origins) {
    if (origin.kind == OriginKind::kStub) sources.insert(origin.step.index);
  }
  for (Index i : stance.relaying) {
    if (stance.own_name.empty() && stance.origins.empty())
      sources.insert(a_case.attributions[i].source);
  }
  return sources;
}

TEST(AssessProperty, SeenFromBesideTheSameTakeAStance) {
  HoldsOfAll([](const Case& each) -> std::string {
    const ReferenceAssessment reference = Reference(each);
    const Takers takers = TakersOf(each);
    const ReferenceStance& asserts = reference.stances[0];
    if (takers.asserted != (!asserts.own_name.empty() || !asserts.relaying.empty()))
      return "whether it is asserted is told otherwise\n";
    for (const auto& [stance, listed] :
         {std::make_pair(0, &takers.assert), std::make_pair(1, &takers.deny),
          std::make_pair(3, &takers.ask)}) {
      std::set<Index> sources;
      for (const Taker& taker : *listed) sources.insert(taker.source);
      if (sources.size() != listed->size()) return "a taker comes twice\n";
      if (sources != TakersIn(each, reference.stances[stance])) return "others take a stance\n";
    }
    return "";
  });
}

TEST(AssessProperty, AnswersAsByHand) {
  for (const HandCase& hand : HandCases()) {
    const Case a_case = CaseOf(hand.text);
    const Assessment assessment = Assess(a_case);
    EXPECT_EQ(WhyWrong(a_case, assessment), "") << hand.name;
    EXPECT_EQ(WhyNotAsByHand(hand, Plain(assessment)), "") << hand.name;
  }
}

TEST(AssessProperty, ProvesNoMoreThanMayBe) {
  HoldsOfAll([](const Case& each) { return WhyBoundsCross(each, Assessed); });
}

TEST(AssessProperty, CountsNoEcho) {
  HoldsOfAll([](const Case& each) { return WhyAnEchoCounts(each, Assessed, SeedOf(each)); });
}

TEST(AssessProperty, NeverGainsByAWithdrawal) {
  HoldsOfAll([](const Case& each) { return WhyWithdrawingAdds(each, Assessed); });
}

TEST(AssessProperty, IsTheSameInAnyOrder) {
  HoldsOfAll([](const Case& each) { return WhyOrderMatters(each, Assessed, SeedOf(each)); });
}

}  // namespace
}  // namespace headwater::provenance::testing
