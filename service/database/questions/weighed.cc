#include "database/questions/weighed.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace headwater::database {
namespace {

using provenance::Index;
using provenance::Line;
using provenance::Step;
using provenance::StepKind;

constexpr size_t kMostNamed = 5;
constexpr size_t kMostPerhaps = 100;

// The words of those attributions of `whole` that are in `part` too, which are in the same order.
std::vector<AttributionWords> WordsOf(const provenance::Case& part, const Gathered& whole) {
  std::vector<AttributionWords> words;
  size_t at = 0;
  for (const provenance::AttributionFact& attribution : part.attributions) {
    const auto is_it = [&](const provenance::AttributionFact& other) {
      return other.claim == attribution.claim && other.id == attribution.id;
    };
    while (!is_it(whole.a_case.attributions[at])) ++at;
    words.push_back(whole.attributions[at]);
  }
  return words;
}

// The first source of each voice that something in the case names.
std::vector<Index> FacesOf(const provenance::Case& a_case, const provenance::Assessment& assessed) {
  std::vector<Index> faces(assessed.voices.size(), provenance::kNone);
  const auto show = [&](Index source) {
    Index& face = faces[assessed.voice_of[source]];
    face = std::min(face, source);
  };
  for (const provenance::AttributionFact& attribution : a_case.attributions) {
    show(attribution.source);
    for (const provenance::CitationFact& citation : attribution.cites) {
      if (citation.source != provenance::kNone) show(citation.source);
    }
  }
  for (const provenance::DocumentFact& document : a_case.documents) show(document.publisher);
  for (size_t i = 0; i < faces.size(); ++i) {
    if (faces[i] == provenance::kNone) faces[i] = assessed.voices[i].sources.front();
  }
  return faces;
}

}  // namespace

Index Weighed::SourceOf(const Step& step) const {
  switch (step.kind) {
    case StepKind::kAttribution:
      return a_case().attributions[step.index].source;
    case StepKind::kImpliedRelay:
      return provenance::PublisherOf(a_case(), step.index);
    default:
      return step.index;
  }
}

Weighed Weigh(Gathered gathered) {
  Weighed weighed;
  weighed.assessment = provenance::Assess(gathered.a_case);
  weighed.faces = FacesOf(gathered.a_case, weighed.assessment);
  weighed.gathered = std::move(gathered);
  return weighed;
}

Weighed WeighUntil(Gathered gathered, int32_t day, std::string published_until) {
  provenance::Published until = provenance::UntilDay(gathered.a_case, day);
  std::vector<provenance::AttributionFact> perhaps;
  std::vector<AttributionWords> perhaps_words;
  for (size_t i = 0; i < until.perhaps.size() && i < kMostPerhaps; ++i) {
    perhaps.push_back(gathered.a_case.attributions[until.perhaps[i]]);
    perhaps_words.push_back(gathered.attributions[until.perhaps[i]]);
  }
  gathered.attributions = WordsOf(until.published, gathered);
  gathered.a_case = std::move(until.published);
  Weighed weighed = Weigh(std::move(gathered));
  weighed.perhaps_later = std::move(perhaps);
  weighed.perhaps_later_words = std::move(perhaps_words);
  weighed.perhaps_later_count = until.perhaps.size();
  weighed.later_count = until.later.size();
  weighed.published_until = std::move(published_until);
  return weighed;
}

std::string Names::Of(Index source) const {
  const provenance::SourceFact& fact = weighed_.a_case().sources[source];
  const std::string& name = weighed_.gathered.sources[source].name;
  return fact.kind == v1::SOURCE_KIND_ANONYMOUS ? absl::StrCat(name, " (unnamed)") : name;
}

std::vector<Index> Names::OncePerVoice(std::vector<Index> sources) const {
  std::sort(sources.begin(), sources.end());
  std::set<Index> voices;
  std::erase_if(sources, [&](Index source) {
    return !voices.insert(weighed_.assessment.voice_of[source]).second;
  });
  return sources;
}

std::string Names::List(std::vector<Index> sources) const {
  std::vector<std::string> names;
  for (Index source : OncePerVoice(std::move(sources))) names.push_back(Of(source));
  return AndList(names);
}

bool Names::ArePlural(std::vector<Index> sources) const {
  const std::vector<Index> named = OncePerVoice(std::move(sources));
  if (named.size() != 1) return true;
  return weighed_.a_case().sources[named.front()].kind == v1::SOURCE_KIND_ANONYMOUS &&
         weighed_.gathered.sources[named.front()].people != 1;
}

std::string Names::Chain(const Line& line) const {
  std::string chain;
  for (size_t i = 0; i < line.size(); ++i) {
    if (i >= kMostNamed && i + 1 < line.size()) {
      if (i == kMostNamed) absl::StrAppend(&chain, " ← …");
      continue;
    }
    absl::StrAppend(&chain, i == 0 ? "" : " ← ", Of(weighed_.SourceOf(line[i])));
  }
  return chain;
}

std::string AndList(const std::vector<std::string>& items) {
  std::string list;
  const size_t shown = std::min(items.size(), kMostNamed);
  for (size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == items.size();
    absl::StrAppend(&list, i == 0 ? "" : last ? " and " : ", ", items[i]);
  }
  if (items.size() > shown) absl::StrAppend(&list, " and ", items.size() - shown, " more");
  return list;
}

std::string Counted(size_t count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

}  // namespace headwater::database
