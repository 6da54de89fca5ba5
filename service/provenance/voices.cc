#include "provenance/voices.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace headwater::provenance {
namespace {

// Disjoint sets with path halving.
class Sets {
 public:
  explicit Sets(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }
  Index Find(Index x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  // The lower number stands for the set.
  void Unite(Index a, Index b) {
    if (a == kNone || b == kNone) return;
    a = Find(a);
    b = Find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<Index> parent_;
};

VoiceKind KindOf(const Case& a_case, const Voice& voice) {
  VoiceKind kind = VoiceKind::kEvidence;
  for (Index source : voice.sources) {
    switch (a_case.sources[source].kind) {
      case v1::SOURCE_KIND_EVIDENCE:
        break;
      case v1::SOURCE_KIND_ANONYMOUS:
        kind = VoiceKind::kAnonymous;
        break;
      default:
        return VoiceKind::kPublic;
    }
  }
  return kind;
}

}  // namespace

Voices FindVoices(const Case& a_case) {
  const auto& sources = a_case.sources;
  Sets sets(sources.size());
  absl::flat_hash_map<absl::string_view, Index> by_uri;
  for (Index i = 0; i < sources.size(); ++i) {
    sets.Unite(i, sources[i].part_of);
    sets.Unite(i, sources[i].author);
    for (const std::string& uri : sources[i].same_as)
      sets.Unite(i, by_uri.try_emplace(uri, i).first->second);
  }
  Voices found;
  found.voice_of.assign(sources.size(), kNone);
  for (Index i = 0; i < sources.size(); ++i) {
    const Index first = sets.Find(i);
    if (first == i) {
      found.voice_of[i] = static_cast<Index>(found.voices.size());
      found.voices.emplace_back();
    }
    const Index voice = found.voice_of[i] = found.voice_of[first];
    found.voices[voice].sources.push_back(i);
    if (sources[i].kind == v1::SOURCE_KIND_PERSON) found.voices[voice].holds_person = true;
  }
  Sets units(found.voices.size());
  for (Index i = 0; i < sources.size(); ++i) {
    if (sources[i].owner != kNone) units.Unite(found.voice_of[i], found.voice_of[sources[i].owner]);
  }
  for (Index v = 0; v < found.voices.size(); ++v) {
    found.voices[v].unit = units.Find(v);
    found.voices[v].kind = KindOf(a_case, found.voices[v]);
  }
  return found;
}

std::vector<std::pair<Index, Index>> KnownDistinct(const Case& a_case, const Voices& voices) {
  std::vector<std::pair<Index, Index>> pairs;
  for (Index i = 0; i < a_case.sources.size(); ++i) {
    for (Index other : a_case.sources[i].known_distinct_from) {
      pairs.emplace_back(voices.voice_of[i], voices.voice_of[other]);
      pairs.emplace_back(voices.voice_of[other], voices.voice_of[i]);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace headwater::provenance
