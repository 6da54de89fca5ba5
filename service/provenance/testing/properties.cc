#include "provenance/testing/properties.h"

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/permutation.h"
#include "provenance/testing/random_case.h"
#include "provenance/testing/record.h"
#include "provenance/testing/verdict.h"

namespace headwater::provenance::testing {
namespace {

// Where a bound of a stance grew from one assessment to the next.
std::string WhyMore(const ReferenceAssessment& before, const ReferenceAssessment& after,
                    ReferenceBound ReferenceStance::*bound, const Case& changed) {
  for (size_t i = 0; i < before.stances.size(); ++i) {
    const uint32_t was = (before.stances[i].*bound).count;
    const uint32_t is = (after.stances[i].*bound).count;
    if (is <= was) continue;
    return absl::StrCat(StanceName(before.stances[i].stance), " from ", was, " to ", is, " in\n",
                        ToText(changed));
  }
  return "";
}

// Puts in place of the one said first the day on which that was, and of the one recorded first
// nothing.
void ForgetOrder(const Case& a_case, ReferenceAssessment* assessment) {
  const Record record(a_case);
  for (ReferenceStance& stance : assessment->stances) {
    stance.first_recorded = kNone;
    if (stance.first_said == kNone) continue;
    const auto day = static_cast<Index>(record.OwnDate(stance.first_said).latest);
    std::vector<Index> all = stance.own_name;
    all.insert(all.end(), stance.relaying.begin(), stance.relaying.end());
    // Named by the first of that day, whichever was recorded first.
    std::erase_if(all,
                  [&](Index a) { return static_cast<Index>(record.OwnDate(a).latest) != day; });
    stance.first_said = *std::min_element(all.begin(), all.end());
  }
}

}  // namespace

std::string WhyBoundsCross(const Case& a_case, const Assessor& assess) {
  for (const ReferenceStance& stance : assess(a_case).stances) {
    if (stance.at_least.count <= stance.at_most.count) continue;
    return absl::StrCat(StanceName(stance.stance), ": at_least ", stance.at_least.count,
                        ", at_most ", stance.at_most.count, "\n");
  }
  return "";
}

std::string WhyAnEchoCounts(const Case& a_case, const Assessor& assess, uint64_t seed) {
  if (a_case.attributions.empty()) return "";
  std::mt19937_64 random(seed);
  const Case echoed = WithAnEcho(a_case, &random);
  return WhyMore(assess(a_case), assess(echoed), &ReferenceStance::at_least, echoed);
}

std::string WhyWithdrawingAdds(const Case& a_case, const Assessor& assess) {
  const ReferenceAssessment before = assess(a_case);
  const auto adds = [&](const Case& changed) {
    return WhyMore(before, assess(changed), &ReferenceStance::at_most, changed);
  };
  for (const Taken taken : {Taken::kRetracted, Taken::kRecordingError}) {
    for (Index i = 0; i < a_case.attributions.size(); ++i) {
      Case changed = a_case;
      changed.attributions[i].taken = taken;
      if (std::string why = adds(changed); !why.empty()) return why;
    }
    for (Index i = 0; i < a_case.documents.size(); ++i) {
      Case changed = a_case;
      changed.documents[i].taken = taken;
      if (std::string why = adds(changed); !why.empty()) return why;
    }
  }
  return "";
}

std::string WhyOrderMatters(const Case& a_case, const Assessor& assess, uint64_t seed) {
  std::mt19937_64 random(seed);
  const Permutation permutation(a_case, &random);
  const Case permuted = permutation.Permuted(a_case);
  ReferenceAssessment before = permutation.Permuted(assess(a_case));
  ReferenceAssessment after = assess(permuted);
  ForgetOrder(permuted, &before);
  ForgetOrder(permuted, &after);
  const std::string differences = Differences(permuted, before, after);
  return differences.empty() ? "" : differences + "in\n" + ToText(permuted);
}

}  // namespace headwater::provenance::testing
