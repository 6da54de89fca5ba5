#include "provenance/testing/verdict.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/paths.h"
#include "provenance/testing/record.h"

namespace headwater::provenance::testing {
namespace {

template <class List>
bool Ascending(const List& list) {
  return std::adjacent_find(list.begin(), list.end(),
                            [](const auto& a, const auto& b) { return !(a < b); }) == list.end();
}

std::string WhyVoicesMisshapen(const Case& a_case, const Assessment& assessment) {
  if (assessment.voice_of.size() != a_case.sources.size()) return "a source has no voice\n";
  size_t members = 0;
  for (size_t voice = 0; voice < assessment.voices.size(); ++voice) {
    const std::vector<Index>& sources = assessment.voices[voice].sources;
    if (sources.empty() || !Ascending(sources)) return "a voice is empty or not in order\n";
    for (const Index source : sources) {
      if (source >= a_case.sources.size() || assessment.voice_of[source] != voice) {
        return "voices and voice_of disagree\n";
      }
    }
    members += sources.size();
  }
  return members == a_case.sources.size() ? "" : "a source is in no voice\n";
}

bool AreVoices(const std::vector<Index>& voices, const Assessment& assessment) {
  return Ascending(voices) && (voices.empty() || voices.back() < assessment.voices.size());
}

bool NamesVoices(const Assessment& assessment) {
  return AreVoices(assessment.heard_through, assessment) &&
         std::all_of(assessment.stances.begin(), assessment.stances.end(),
                     [&](const auto& each) { return AreVoices(each.chokepoints, assessment); });
}

bool InPlace(const Case& a_case, const Step& step) {
  switch (step.kind) {
    case StepKind::kAttribution:
      return step.index < a_case.attributions.size();
    case StepKind::kImpliedRelay:
      return step.index < a_case.documents.size();
    case StepKind::kStub:
      return step.index < a_case.sources.size();
  }
  return false;
}

std::string WhyLinesWrong(const Case& a_case, const Paths& paths, const Lines& lines) {
  // Of fewer lines than may be there all are shown that were found.
  if (lines.shown.size() > lines.count) return "more lines are shown than counted";
  if (lines.exact && lines.shown.size() != lines.count) return "fewer lines are shown than counted";
  for (const Line& line : lines.shown) {
    const bool in_place = std::all_of(line.begin(), line.end(),
                                      [&](const Step& step) { return InPlace(a_case, step); });
    if (line.empty() || !in_place) return "a shown line leads nowhere";
    if (!paths.Holds(line)) return "a shown line is no path by the rules";
  }
  for (size_t one = 0; one < lines.shown.size(); ++one) {
    for (size_t other = 0; other < one; ++other) {
      if (!paths.Independent(lines.shown[one], lines.shown[other])) {
        return "two shown lines are not independent";
      }
    }
  }
  return "";
}

std::string WhyStanceMisshapen(const Record& record, const StanceAssessment& stance) {
  const auto wrong = [&](Bound bound, const Lines& lines) {
    return WhyLinesWrong(record.facts(), Paths(record, stance.stance, bound), lines);
  };
  std::string why = wrong(Bound::kAtLeast, stance.at_least);
  if (!why.empty()) return "at_least: " + why;
  why = wrong(Bound::kAtMost, stance.at_most);
  return why.empty() ? "" : "at_most: " + why;
}

ReferenceStance PlainStance(const Assessment& assessment, const StanceAssessment& stance) {
  ReferenceStance plain;
  plain.stance = stance.stance;
  plain.own_name = stance.own_name;
  plain.relaying = stance.relaying;
  plain.origins = stance.origins;
  plain.at_least = {stance.at_least.count, stance.at_least.exact};
  plain.at_most = {stance.at_most.count, stance.at_most.exact};
  for (const Index voice : stance.chokepoints) {
    plain.chokepoints.insert(assessment.voices[voice].sources.front());
  }
  plain.loop = stance.loop;
  plain.anonymous_only = stance.anonymous_only;
  plain.first_said = stance.first_said;
  plain.first_recorded = stance.first_recorded;
  return plain;
}

}  // namespace

std::string WhyMisshapen(const Case& a_case, const Assessment& assessment) {
  std::string why = WhyVoicesMisshapen(a_case, assessment);
  if (!why.empty()) return why;
  if (!NamesVoices(assessment)) return "a list of voices names none, or is not in order\n";
  if (assessment.stances.size() != std::size(kOwnNameStances)) return "not one of each stance\n";
  const Record record(a_case);
  for (size_t i = 0; i < assessment.stances.size(); ++i) {
    const StanceAssessment& stance = assessment.stances[i];
    if (stance.stance != kOwnNameStances[i]) return "stances are not in their order\n";
    why = WhyStanceMisshapen(record, stance);
    if (!why.empty()) return absl::StrCat(StanceName(stance.stance), " ", why, "\n");
  }
  return "";
}

ReferenceAssessment Plain(const Assessment& assessment) {
  ReferenceAssessment plain;
  for (const Voice& voice : assessment.voices) {
    ReferenceVoice& each = plain.voices.emplace_back();
    each.sources.insert(voice.sources.begin(), voice.sources.end());
    each.kind = voice.kind;
    each.holds_person = voice.holds_person;
    for (const Voice& other : assessment.voices) {
      if (other.unit == voice.unit) each.unit.insert(other.sources.begin(), other.sources.end());
    }
  }
  std::sort(plain.voices.begin(), plain.voices.end(),
            [](const auto& a, const auto& b) { return a.sources < b.sources; });
  for (const StanceAssessment& stance : assessment.stances) {
    plain.stances.push_back(PlainStance(assessment, stance));
  }
  plain.loops = assessment.loops;
  for (const Severed& severed : assessment.severed) {
    plain.severed.push_back({severed.step, severed.rested});
  }
  for (const Index voice : assessment.heard_through) {
    plain.heard_through.insert(assessment.voices[voice].sources.front());
  }
  plain.standing = assessment.standing;
  plain.flags = assessment.flags;
  return plain;
}

std::string WhyWrong(const Case& a_case, const Assessment& assessment) {
  const std::string why = WhyMisshapen(a_case, assessment);
  // Where voices are none, nothing else can be said in words.
  if (!WhyVoicesMisshapen(a_case, assessment).empty() || !NamesVoices(assessment)) return why;
  return why + Differences(a_case, Reference(a_case), Plain(assessment));
}

}  // namespace headwater::provenance::testing
