#include "provenance/testing/paths.h"

#include <algorithm>
#include <utility>

namespace headwater::provenance::testing {
namespace {

Step Of(Index attribution) { return {StepKind::kAttribution, attribution}; }
Step RelayIn(Index document) { return {StepKind::kImpliedRelay, document}; }
Step StubOf(Index source) { return {StepKind::kStub, source}; }

Line Joined(Line line, const Line& more) {
  line.insert(line.end(), more.begin(), more.end());
  return line;
}

bool Disjoint(const std::set<Index>& one, const std::set<Index>& other) {
  return std::none_of(one.begin(), one.end(), [&](Index each) { return other.contains(each); });
}

}  // namespace

Index Paths::SourceOf(const Step& step) const {
  switch (step.kind) {
    case StepKind::kAttribution:
      return record_.Fact(step.index).source;
    case StepKind::kImpliedRelay:
      return PublisherOf(record_.facts(), step.index);
    case StepKind::kStub:
      return step.index;
  }
  return kNone;
}

Index Paths::VoiceOf(const Step& step) const { return record_.groups().VoiceOf(SourceOf(step)); }

std::set<Index> Paths::VoicesOf(const Line& line) const {
  std::set<Index> voices;
  for (const Step& step : line) voices.insert(VoiceOf(step));
  return voices;
}

std::set<Index> Paths::SpokenBy(const Line& line) const {
  if (bound_ == Bound::kAtMost) return VoicesOf(line);
  std::set<Index> units;
  for (const Step& step : line) units.insert(record_.groups().UnitOf(SourceOf(step)));
  return units;
}

bool Paths::Admits(Index attribution) const {
  if (!record_.Counts(attribution) || !record_.Carries(attribution, stance_)) return false;
  return bound_ == Bound::kAtMost || !record_.TakenBackSince(attribution);
}

bool Paths::IsOrigin(Index attribution) const {
  const std::optional<OriginKind> kind = record_.OriginOf(attribution, stance_);
  return kind && (bound_ == Bound::kAtMost || *kind == OriginKind::kFirstHand);
}

bool Paths::MayStart(const Step& step) const {
  if (bound_ == Bound::kAtMost) {
    return record_.groups().KindOf(VoiceOf(step)) == VoiceKind::kPublic;
  }
  return step.kind == StepKind::kImpliedRelay ||
         (step.kind == StepKind::kAttribution && record_.HeardDirectly(step.index));
}

bool Paths::HeardThroughPublisher(Index attribution) const {
  return !record_.HeardDirectly(attribution) && record_.HiddenBy(attribution, stance_).empty();
}

// Each way from outside its document to exactly this attribution: itself where it is heard
// directly; the publisher's implied relay; or, where others there hide it, the ways to those, and
// from them.
std::vector<Line> Paths::WaysIn(Index attribution) const {
  if (record_.HeardDirectly(attribution)) return {{Of(attribution)}};
  if (HeardThroughPublisher(attribution)) {
    return {{RelayIn(record_.Fact(attribution).document), Of(attribution)}};
  }
  std::vector<Line> ways;
  for (const Index hider : record_.HiddenBy(attribution, stance_)) {
    if (!Admits(hider) || !record_.RestsOn(hider, attribution, stance_)) continue;
    for (const Line& way : WaysIn(hider)) ways.push_back(Joined(way, {Of(attribution)}));
  }
  return ways;
}

// What may follow an attribution, up to the next one that it rests on, or its stub.
std::vector<Line> Paths::Continuations(Index attribution) const {
  std::vector<Line> all;
  for (Index cited = 0; cited < record_.facts().attributions.size(); ++cited) {
    if (!Admits(cited) || !record_.RestsOn(attribution, cited, stance_)) continue;
    if (record_.Fact(cited).document == record_.Fact(attribution).document) {
      all.push_back({Of(cited)});
    } else {
      for (const Line& way : WaysIn(cited)) all.push_back(way);
    }
  }
  if (bound_ == Bound::kAtLeast) return all;
  for (const CitationFact& stub : record_.StubsUnder(attribution, stance_)) {
    if (!record_.IsSevered(stub)) all.push_back({StubOf(stub.source)});
  }
  return all;
}

std::vector<Line> Paths::Starts() const {
  std::vector<Line> starts;
  for (Index a = 0; a < record_.facts().attributions.size(); ++a) {
    if (!Admits(a)) continue;
    if (MayStart(Of(a))) starts.push_back({Of(a)});
    const Step relay = RelayIn(record_.Fact(a).document);
    if (HeardThroughPublisher(a) && MayStart(relay)) starts.push_back({relay, Of(a)});
  }
  if (bound_ == Bound::kAtLeast) return starts;
  for (const Index source : record_.StubsThatCount(stance_)) {
    if (MayStart(StubOf(source))) starts.push_back({StubOf(source)});
  }
  return starts;
}

void Paths::Follow(const Line& so_far, const std::set<Index>& rested_on,
                   std::set<Line>* found) const {
  const Step& last = so_far.back();
  if (last.kind == StepKind::kStub) {
    found->insert(so_far);
    return;
  }
  if (IsOrigin(last.index)) found->insert(so_far);
  for (const Line& more : Continuations(last.index)) {
    std::set<Index> rests_on = rested_on;
    const Step& next = more.back();
    if (next.kind == StepKind::kAttribution && !rests_on.insert(next.index).second) continue;
    Follow(Joined(so_far, more), rests_on, found);
  }
}

std::set<Line> Paths::All() const {
  std::set<Line> found;
  for (const Line& start : Starts()) Follow(start, {start.back().index}, &found);
  return found;
}

bool Paths::HoldsFrom(const Line& line, size_t at) const {
  const Step& here = line[at];
  if (at + 1 == line.size()) return here.kind == StepKind::kStub || IsOrigin(here.index);
  if (here.kind != StepKind::kAttribution) return false;
  for (const Line& more : Continuations(here.index)) {
    if (more.size() >= line.size() - at) continue;
    if (std::equal(more.begin(), more.end(), line.begin() + at + 1) &&
        HoldsFrom(line, at + more.size())) {
      return true;
    }
  }
  return false;
}

bool Paths::Holds(const Line& line) const {
  for (const Line& start : Starts()) {
    if (start.size() <= line.size() && std::equal(start.begin(), start.end(), line.begin()) &&
        HoldsFrom(line, start.size() - 1)) {
      return true;
    }
  }
  return false;
}

bool Paths::Independent(const Line& one, const Line& other) const {
  if (!Disjoint(SpokenBy(one), SpokenBy(other))) return false;
  return bound_ == Bound::kAtMost ||
         !record_.groups().MightBeSame(VoiceOf(one.back()), VoiceOf(other.back()));
}

namespace {

// The most lines, each beside each, from `at` on, beside those chosen already.
uint32_t MostFrom(const std::vector<std::vector<bool>>& beside, size_t at,
                  std::vector<size_t>* chosen) {
  uint32_t most = chosen->size();
  for (size_t next = at; next < beside.size(); ++next) {
    const bool fits = std::all_of(chosen->begin(), chosen->end(),
                                  [&](size_t each) { return beside[each][next]; });
    if (!fits) continue;
    chosen->push_back(next);
    most = std::max(most, MostFrom(beside, next + 1, chosen));
    chosen->pop_back();
  }
  return most;
}

}  // namespace

uint32_t Paths::Most(const std::set<Line>& lines) const {
  // Of those spoken by the same and from the same origin one will do.
  std::set<std::pair<std::set<Index>, Index>> seen;
  std::vector<Line> different;
  for (const Line& line : lines) {
    if (seen.insert({SpokenBy(line), VoiceOf(line.back())}).second) different.push_back(line);
  }
  std::vector<std::vector<bool>> beside;
  for (const Line& one : different) {
    beside.emplace_back();
    for (const Line& other : different) beside.back().push_back(Independent(one, other));
  }
  std::vector<size_t> chosen;
  return MostFrom(beside, 0, &chosen);
}

}  // namespace headwater::provenance::testing
