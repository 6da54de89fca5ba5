#include "provenance/testing/groups.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>

namespace headwater::provenance::testing {
namespace {

bool Contains(const std::vector<Index>& list, Index item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool ShareUri(const SourceFact& one, const SourceFact& other) {
  return std::any_of(one.same_as.begin(), one.same_as.end(), [&](const std::string& uri) {
    return std::find(other.same_as.begin(), other.same_as.end(), uri) != other.same_as.end();
  });
}

// The first of each one's group, where `joined(a, b)` puts a and b into one: until nothing changes,
// both take the smaller of their two numbers.
std::vector<Index> Merged(size_t count, const std::function<bool(Index, Index)>& joined) {
  std::vector<Index> group(count);
  std::iota(group.begin(), group.end(), 0);
  for (bool changed = true; changed;) {
    changed = false;
    for (Index a = 0; a < count; ++a) {
      for (Index b = 0; b < count; ++b) {
        if (group[a] == group[b] || !joined(a, b)) continue;
        group[a] = group[b] = std::min(group[a], group[b]);
        changed = true;
      }
    }
  }
  return group;
}

std::set<Index> MembersOf(const std::vector<Index>& group_of, Index group) {
  std::set<Index> members;
  for (Index i = 0; i < group_of.size(); ++i) {
    if (group_of[i] == group) members.insert(i);
  }
  return members;
}

}  // namespace

Groups::Groups(const Case& a_case) : case_(a_case) {
  const std::vector<SourceFact>& sources = a_case.sources;
  voice_of_ = Merged(sources.size(), [&](Index a, Index b) {
    const bool speaks_for_its_author =
        sources[a].kind == v1::SOURCE_KIND_EVIDENCE && sources[a].author == b;
    return ShareUri(sources[a], sources[b]) || sources[a].part_of == b || speaks_for_its_author;
  });
  unit_of_ = Merged(sources.size(), [&](Index a, Index b) {
    return voice_of_[a] == voice_of_[b] || sources[a].owner == b;
  });
}

std::set<Index> Groups::SourcesOfVoice(Index voice) const { return MembersOf(voice_of_, voice); }

std::set<Index> Groups::SourcesOfUnit(Index unit) const { return MembersOf(unit_of_, unit); }

VoiceKind Groups::KindOf(Index voice) const {
  bool anonymous = false;
  for (const Index source : SourcesOfVoice(voice)) {
    const v1::SourceKind kind = case_.sources[source].kind;
    if (kind != v1::SOURCE_KIND_ANONYMOUS && kind != v1::SOURCE_KIND_EVIDENCE) {
      return VoiceKind::kPublic;
    }
    if (kind == v1::SOURCE_KIND_ANONYMOUS) anonymous = true;
  }
  return anonymous ? VoiceKind::kAnonymous : VoiceKind::kEvidence;
}

bool Groups::HoldsPerson(Index voice) const {
  const std::set<Index> sources = SourcesOfVoice(voice);
  return std::any_of(sources.begin(), sources.end(), [&](Index source) {
    return case_.sources[source].kind == v1::SOURCE_KIND_PERSON;
  });
}

bool Groups::KnownDistinct(Index voice, Index other) const {
  for (const Index a : SourcesOfVoice(voice)) {
    for (const Index b : SourcesOfVoice(other)) {
      if (Contains(case_.sources[a].known_distinct_from, b)) return true;
      if (Contains(case_.sources[b].known_distinct_from, a)) return true;
    }
  }
  return false;
}

bool Groups::MightBeSame(Index voice, Index other) const {
  const bool anonymous = KindOf(voice) == VoiceKind::kAnonymous;
  const bool other_anonymous = KindOf(other) == VoiceKind::kAnonymous;
  const bool comparable = (anonymous && other_anonymous) || (anonymous && HoldsPerson(other)) ||
                          (other_anonymous && HoldsPerson(voice));
  return comparable && !KnownDistinct(voice, other);
}

}  // namespace headwater::provenance::testing
