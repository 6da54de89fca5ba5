// The reference itself has the properties that it is to judge others by.
#include "provenance/testing/reference.h"

#include "gtest/gtest.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/properties.h"
#include "provenance/testing/random_case.h"
#include "provenance/testing/shrink.h"

namespace headwater::provenance::testing {
namespace {

constexpr uint64_t kCases = 1'000;

void HoldsOfAll(const std::function<std::string(const Case&)>& why_not) {
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    const Case a_case = RandomCase(seed);
    if (why_not(a_case).empty()) continue;
    const Case small = Shrunk(a_case, [&](const Case& each) { return !why_not(each).empty(); });
    FAIL() << "seed " << seed << ":\n" << ToText(small) << why_not(small);
  }
}

TEST(Reference, ProvesNoMoreThanMayBe) {
  HoldsOfAll([](const Case& each) { return WhyBoundsCross(each, Reference); });
}

TEST(Reference, CountsNoEcho) {
  HoldsOfAll([](const Case& each) {
    std::string why;
    for (uint64_t seed = 0; seed < 20 && why.empty(); ++seed) {
      why = WhyAnEchoCounts(each, Reference, seed);
    }
    return why;
  });
}

TEST(Reference, NeverGainsByAWithdrawal) {
  HoldsOfAll([](const Case& each) { return WhyWithdrawingAdds(each, Reference); });
}

TEST(Reference, IsTheSameInAnyOrder) {
  HoldsOfAll(
      [](const Case& each) { return WhyOrderMatters(each, Reference, each.sources.size()); });
}

}  // namespace
}  // namespace headwater::provenance::testing
