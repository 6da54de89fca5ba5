#include "provenance/testing/hand_cases.h"

#include "absl/strings/str_cat.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/verdict.h"

namespace headwater::provenance::testing {
namespace {

// A compiler of reports, the paper it names and the paper's unnamed people, all in one document.
constexpr char kChain[] = R"(
  source compiler PERSON
  source paper NEWS_OUTLET
  source three ANONYMOUS
  document compiled by=compiler
  says compiler compiler RELAYS in=compiled cites=paper
  says paper paper RELAYS in=compiled cites=three
  says three three ASSERTS in=compiled first-hand
)";

constexpr char kEcho[] = R"(
  source outlet NEWS_OUTLET
  document repeated by=outlet
)";

constexpr char kDenial[] = R"(
  source compiler PERSON
  source maker ORGANIZATION
  document compiled by=compiler published=20..20
  says maker maker DENIES in=compiled extent=FULL first-hand said=6..6
  says compiler compiler RELAYS in=compiled cites=maker
)";

// Two stations report what one observer saw, each in a document of its own.
constexpr char kOneObservation[] = R"(
  source observer PERSON
  source north NEWS_OUTLET
  source south NEWS_OUTLET
  document northern by=north
  document southern by=south
  says seen observer ASSERTS in=northern first-hand
  says north north RELAYS in=northern cites=seen
  says south south ASSERTS in=southern second-hand hedge=may cites=seen
)";

std::vector<HandCase> ChainCases() {
  Flags anonymous;
  anonymous.anonymous_only = true;
  const std::string chain = kChain;
  const std::string echo = chain + kEcho;
  const HandCase single = {
      "", "", v1::STANCE_ASSERTS, 1, 1, Standing::kSingleLine, {"paper", "three"}, anonymous};
  HandCase alone = single, of_compiler = single, of_paper = single;
  alone.name = "a chain to unnamed people";
  alone.text = chain;
  of_compiler.name = "an outlet repeats the chain by its end";
  of_compiler.text = echo + "says outlet outlet RELAYS in=repeated cites=compiler\n";
  of_paper.name = "an outlet repeats the chain by its middle";
  of_paper.text = echo + "says outlet outlet ASSERTS in=repeated cites=paper\n";
  const std::string second = of_compiler.text + "source other NEWS_OUTLET\ndocument own by=other\n";
  return {alone,
          of_compiler,
          of_paper,
          {"a second outlet has a named engineer, known distinct",
           second + "source engineer PERSON distinct=three\n"
                    "says engineer engineer ASSERTS in=own first-hand\n",
           v1::STANCE_ASSERTS,
           2,
           2,
           Standing::kSeveralLines,
           {},
           {}},
          {"a second outlet has an unnamed engineer, not known distinct",
           second + "source engineer ANONYMOUS\n"
                    "says engineer engineer ASSERTS in=own first-hand\n",
           v1::STANCE_ASSERTS,
           1,
           2,
           Standing::kSingleLine,
           {},
           anonymous},
          {"the same, known distinct by the other side's record",
           second + "source engineer ANONYMOUS\nsource three-again ANONYMOUS same_as=u "
                    "distinct=engineer\nsource three-still ANONYMOUS same_as=u part_of=three\n"
                    "says engineer engineer ASSERTS in=own first-hand\n",
           v1::STANCE_ASSERTS,
           2,
           2,
           Standing::kSeveralLines,
           {},
           anonymous}};
}

std::vector<HandCase> OriginCases() {
  Flags denied;
  denied.denied_not_asserted = true;
  return {{"an agency whose basis is not told",
           "source compiler PERSON\nsource agency NEWS_AGENCY\ndocument compiled by=compiler\n"
           "says agency agency ASSERTS in=compiled\n"
           "says compiler compiler RELAYS in=compiled cites=agency\n",
           v1::STANCE_ASSERTS,
           0,
           1,
           Standing::kOriginNotRecorded,
           {"agency"},
           {}},
          {"an agency that is cited and not on record",
           "source compiler PERSON\nsource agency NEWS_AGENCY\ndocument compiled by=compiler\n"
           "says compiler compiler RELAYS in=compiled cites==agency\n",
           v1::STANCE_ASSERTS,
           0,
           1,
           Standing::kOriginNotRecorded,
           {"agency"},
           {}},
          {"a statement that names no source",
           "source compiler PERSON\ndocument compiled by=compiler\n"
           "says compiler compiler ASSERTS in=compiled\n",
           v1::STANCE_ASSERTS,
           0,
           1,
           Standing::kOriginNotRecorded,
           {"compiler"},
           {}},
          {"denied and asserted by nobody",
           kDenial,
           v1::STANCE_DENIES,
           1,
           1,
           Standing::kNotAsserted,
           {"maker"},
           denied},
          {"two that cite each other, each in its own document",
           "source a NEWS_OUTLET\nsource b NEWS_OUTLET\ndocument of-a by=a\ndocument of-b by=b\n"
           "says a a ASSERTS in=of-a cites=b\nsays b b ASSERTS in=of-b cites=a\n",
           v1::STANCE_ASSERTS,
           0,
           0,
           Standing::kCircular,
           {},
           {}},
          {"two that cite each other in one document",
           "source a NEWS_OUTLET\nsource b NEWS_OUTLET\ndocument of-a by=a\n"
           "says a a ASSERTS in=of-a cites=b\nsays b b ASSERTS in=of-a cites=a\n",
           v1::STANCE_ASSERTS,
           0,
           0,
           Standing::kCircular,
           {},
           {}}};
}

std::vector<HandCase> OutsideCases() {
  const std::string two = kOneObservation;
  Flags dropped;
  dropped.hedge_dropped = true;
  const std::string reused = two +
                             "source digest NEWS_OUTLET\ndocument digested by=digest\n"
                             "says digest digest RELAYS in=digested cites=south\n";
  return {{"two derived from one observation",
           two,
           v1::STANCE_ASSERTS,
           1,
           1,
           Standing::kSingleLine,
           {"observer"},
           {}},
          {"the same, reused with high confidence",
           reused,
           v1::STANCE_ASSERTS,
           1,
           1,
           Standing::kSingleLine,
           {"observer"},
           dropped},
          {"an independent corroboration arrives",
           reused + "source witness PERSON\ndocument elsewhere by=witness\n"
                    "says saw witness ASSERTS in=elsewhere first-hand\n",
           v1::STANCE_ASSERTS,
           2,
           2,
           Standing::kSeveralLines,
           {},
           dropped}};
}

}  // namespace

const std::vector<HandCase>& HandCases() {
  static const auto* const kAll = [] {
    auto* all = new std::vector<HandCase>(ChainCases());
    for (const auto& more : {OriginCases(), OutsideCases()}) {
      all->insert(all->end(), more.begin(), more.end());
    }
    return all;
  }();
  return *kAll;
}

std::string WhyNotAsByHand(const HandCase& hand, const ReferenceAssessment& assessment) {
  const Case a_case = CaseOf(hand.text);
  ReferenceAssessment expected = assessment;
  for (ReferenceStance& stance : expected.stances) {
    if (stance.stance != hand.stance) continue;
    stance.at_least = {hand.at_least};
    stance.at_most = {hand.at_most};
    stance.chokepoints.clear();
    for (const ReferenceVoice& voice : assessment.voices) {
      const Index first = *voice.sources.begin();
      if (hand.chokepoints.contains(a_case.sources[first].id)) stance.chokepoints.insert(first);
    }
    if (stance.chokepoints.size() != hand.chokepoints.size()) return "no such chokepoint\n";
  }
  expected.standing = hand.standing;
  expected.flags = hand.flags;
  return Differences(a_case, expected, assessment);
}

}  // namespace headwater::provenance::testing
