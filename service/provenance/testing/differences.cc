#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "provenance/testing/case_text.h"
#include "provenance/testing/verdict.h"

namespace headwater::provenance::testing {
namespace {

class Writer {
 public:
  explicit Writer(const Case& a_case) : case_(a_case) {}

  std::string Text(bool value) const { return value ? "yes" : "no"; }
  std::string Text(const ReferenceBound& bound) const {
    return absl::StrCat(bound.count, bound.exact ? "" : " (inexact)");
  }
  std::string Text(Standing standing) const { return StandingName(standing); }
  std::string Attribution(Index index) const {
    return index == kNone ? "none" : case_.attributions[index].id;
  }
  std::string Text(const std::vector<Index>& attributions) const {
    return List(attributions, [&](Index each) { return Attribution(each); });
  }
  std::string Text(const std::vector<std::vector<Index>>& groups) const {
    return List(groups, [&](const std::vector<Index>& each) { return Text(each); });
  }
  std::string Text(const std::set<Index>& sources) const {
    return List(sources, [&](Index each) { return case_.sources[each].id; });
  }
  std::string Text(const Step& step) const {
    if (step.kind == StepKind::kAttribution) return Attribution(step.index);
    if (step.kind == StepKind::kStub) return "stub of " + case_.sources[step.index].id;
    return "relay in " + case_.documents[step.index].id;
  }
  std::string Text(const std::vector<Origin>& origins) const {
    constexpr const char* kNames[] = {"first-hand", "not recorded", "stub"};
    return List(origins, [&](const Origin& each) {
      return Text(each.step) + " " + kNames[static_cast<int>(each.kind)];
    });
  }
  std::string Text(const std::vector<ReferenceSevered>& severed) const {
    return List(severed, [&](const ReferenceSevered& each) {
      return Text(each.step) + " under " + Text(each.rested);
    });
  }
  std::string Text(const std::vector<ReferenceVoice>& voices) const {
    return List(voices, [&](const ReferenceVoice& each) {
      return absl::StrCat("kind ", static_cast<int>(each.kind), each.holds_person ? " person" : "",
                          " ", Text(each.sources), " of unit ", Text(each.unit));
    });
  }
  std::string Text(const Flags& flags) const {
    std::string text;
    const auto add = [&](bool set, const char* name) { text += set ? name : ""; };
    add(flags.also_denied, " ALSO_DENIED");
    add(flags.denied_not_asserted, " DENIED_NOT_ASSERTED");
    add(flags.anonymous_only, " ANONYMOUS_ONLY");
    add(flags.asked, " ASKED");
    add(flags.doubted, " DOUBTED");
    add(flags.hedge_dropped, " HEDGE_DROPPED");
    add(flags.source_retracted, " SOURCE_RETRACTED");
    add(flags.contradicted, " CONTRADICTED");
    return text.empty() ? "none" : text.substr(1);
  }

  template <class Value>
  void Compare(const std::string& what, const Value& expected, const Value& actual) {
    if (expected == actual) return;
    absl::StrAppend(&differences_, what, ": reference ", Text(expected), ", assessment ",
                    Text(actual), "\n");
  }
  void Compare(const ReferenceStance& expected, const ReferenceStance& actual);

  const std::string& differences() const { return differences_; }

 private:
  template <class Items, class Write>
  static std::string List(const Items& items, const Write& write) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + write(item);
    return "[" + text + "]";
  }

  const Case& case_;
  std::string differences_;
};

void Writer::Compare(const ReferenceStance& expected, const ReferenceStance& actual) {
  const std::string of = StanceName(expected.stance) + " ";
  Compare(of + "own_name", expected.own_name, actual.own_name);
  Compare(of + "relaying", expected.relaying, actual.relaying);
  Compare(of + "origins", expected.origins, actual.origins);
  Compare(of + "at_least", expected.at_least, actual.at_least);
  Compare(of + "at_most", expected.at_most, actual.at_most);
  Compare(of + "chokepoints", expected.chokepoints, actual.chokepoints);
  Compare(of + "loop", expected.loop, actual.loop);
  Compare(of + "anonymous_only", expected.anonymous_only, actual.anonymous_only);
  const auto one = [](Index attribution) { return std::vector<Index>{attribution}; };
  Compare(of + "first_said", one(expected.first_said), one(actual.first_said));
  Compare(of + "first_recorded", one(expected.first_recorded), one(actual.first_recorded));
}

}  // namespace

std::string StandingName(Standing standing) {
  switch (standing) {
    case Standing::kNoStanding:
      return "none";
    case Standing::kNotAsserted:
      return "NOT_ASSERTED";
    case Standing::kCircular:
      return "CIRCULAR";
    case Standing::kOriginLost:
      return "ORIGIN_LOST";
    case Standing::kOriginNotRecorded:
      return "ORIGIN_NOT_RECORDED";
    case Standing::kSingleLine:
      return "SINGLE_LINE";
    case Standing::kSeveralLines:
      return "SEVERAL_LINES";
  }
  return "no standing at all";
}

std::string Differences(const Case& a_case, const ReferenceAssessment& expected,
                        const ReferenceAssessment& actual) {
  Writer writer(a_case);
  writer.Compare("voices", expected.voices, actual.voices);
  for (size_t i = 0; i < std::min(expected.stances.size(), actual.stances.size()); ++i) {
    writer.Compare(expected.stances[i], actual.stances[i]);
  }
  writer.Compare("loops", expected.loops, actual.loops);
  writer.Compare("severed", expected.severed, actual.severed);
  writer.Compare("heard_through", expected.heard_through, actual.heard_through);
  writer.Compare("standing", expected.standing, actual.standing);
  writer.Compare("flags", expected.flags, actual.flags);
  if (writer.differences().empty() && !(expected == actual)) return "they differ\n";
  return writer.differences();
}

}  // namespace headwater::provenance::testing
