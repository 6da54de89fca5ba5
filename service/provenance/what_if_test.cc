// What would be, were something taken back, against the reference.
#include "provenance/what_if.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "provenance/assessment.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/random_case.h"
#include "provenance/testing/verdict.h"

namespace headwater::provenance::testing {
namespace {

constexpr uint64_t kCases = 1'500;

TEST(WhatIfProperty, IsAssessedAsTheReferenceDoes) {
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    const Case whole = RandomCase(seed);
    const auto check = [&](const std::function<void(Case*)>& take_back, const std::string& what) {
      Case a_case = whole;
      take_back(&a_case);
      EXPECT_EQ(WhyWrong(a_case, Assess(a_case)), "")
          << "seed " << seed << ", without " << what << "\n"
          << ToText(whole);
    };
    const auto source = static_cast<Index>(seed % whole.sources.size());
    check([&](Case* each) { TakeBackSource(source, each); }, whole.sources[source].id);
    const auto document = static_cast<Index>(seed % whole.documents.size());
    check([&](Case* each) { TakeBackDocument(document, each); }, whole.documents[document].id);
    if (HasFailure()) return;
  }
}

TEST(WhatIf, WhatStandsNoMoreStaysAsItIs) {
  Case a_case;
  a_case.sources.resize(2);
  a_case.documents.push_back({.id = "d", .publisher = 1});
  a_case.documents.push_back({.id = "e", .publisher = 0, .taken = Taken::kCorrected});
  a_case.attributions.push_back({.id = "a", .source = 0, .document = 0});
  a_case.attributions.push_back(
      {.id = "b", .source = 0, .document = 0, .taken = Taken::kRecordingError});
  a_case.attributions.push_back({.id = "c", .source = 1, .document = 0});
  TakeBackSource(0, &a_case);
  EXPECT_EQ(a_case.attributions[0].taken, Taken::kRetracted);
  EXPECT_EQ(a_case.attributions[1].taken, Taken::kRecordingError);
  EXPECT_EQ(a_case.attributions[2].taken, Taken::kStands);
  EXPECT_EQ(a_case.documents[0].taken, Taken::kStands);
  EXPECT_EQ(a_case.documents[1].taken, Taken::kCorrected);
  TakeBackDocument(0, &a_case);
  EXPECT_EQ(a_case.documents[0].taken, Taken::kRetracted);
  TakeBackAttribution(2, &a_case);
  EXPECT_EQ(a_case.attributions[2].taken, Taken::kRetracted);
}

}  // namespace
}  // namespace headwater::provenance::testing
