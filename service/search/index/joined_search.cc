#include "search/index/joined_search.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "search/index/best.h"
#include "search/index/posting_reader.h"

namespace headwater::search {
namespace {

// Of more terms it is cheaper to put together whole parts of their lists (RestrictionGate).
constexpr size_t kFewTerms = 4;

// A term, for whatever it is needed.
struct Source {
  Source(const kv::Snapshot& snapshot, keys::Corpus corpus, const FoundTerm& found,
         kv::Patience patience)
      : reader(snapshot, corpus, found.term, found.head, patience) {}

  PostingReader reader;
  uint64_t weight = 0;
  uint64_t bound = 0;        // no resource gets more from it
  uint64_t bound_up_to = 0;  // from it and those that are asked after it
};

uint64_t Count(const FoundTerm& found) {
  const std::optional<TermHead> head = ParseHead(found.head);
  return head ? head->count : 0;
}

class JoinedSearch {
 public:
  JoinedSearch(const kv::Snapshot& snapshot, keys::Corpus corpus,
               absl::Span<const WeightedTerm> terms, const Restriction& restriction, size_t k,
               kv::Patience patience)
      : snapshot_(snapshot), corpus_(corpus), patience_(patience), best_(k, restriction.behind) {
    for (const WeightedTerm& term : terms) {
      Source* const source = Open(term.found);
      source->weight = term.weight;
      source->bound = uint64_t{term.weight} * source->reader.max_impact();
      weighted_.push_back(source);
    }
    std::stable_sort(weighted_.begin(), weighted_.end(),
                     [](const Source* a, const Source* b) { return a->bound > b->bound; });
    for (size_t i = weighted_.size(); i > 0; --i) {
      weighted_[i - 1]->bound_up_to = most_ += weighted_[i - 1]->bound;
    }
    for (const std::vector<FoundTerm>& group : restriction.groups) {
      std::vector<Source*>& sources = groups_.emplace_back();
      for (const FoundTerm& found : group) sources.push_back(Open(found));
    }
    std::stable_sort(groups_.begin(), groups_.end(),
                     [](const Group& a, const Group& b) { return CountOf(a) < CountOf(b); });
    for (const FoundTerm& found : restriction.excluded) excluded_.push_back(Open(found));
  }

  absl::StatusOr<std::vector<Scored>> Run() {
    for (uint64_t number = 0; number < kNoNumber;) {
      number = NextLed(static_cast<uint32_t>(number));
      if (number == kNoNumber) break;
      const uint64_t next = NextInOthers(static_cast<uint32_t>(number));
      if (next > number) {
        number = next;
        continue;
      }
      Judge(static_cast<uint32_t>(number));
      ++number;
    }
    for (const auto& source : sources_) {
      if (!source->reader.status().ok()) return source->reader.status();
    }
    return best_.Take();
  }

 private:
  using Group = std::vector<Source*>;

  static uint64_t CountOf(const Group& group) {
    uint64_t count = 0;
    for (const Source* const source : group) count += source->reader.count();
    return count;
  }

  Source* Open(const FoundTerm& found) {
    Source*& source = by_term_[found.term];
    if (source == nullptr) {
      sources_.push_back(std::make_unique<Source>(snapshot_, corpus_, found, patience_));
      source = sources_.back().get();
    }
    return source;
  }

  static uint64_t NextIn(const Group& group, uint32_t number) {
    uint64_t next = kNoNumber;
    for (Source* const source : group) {
      if (source->reader.at_end()) continue;
      next = std::min(next, source->reader.NextFrom(number));
      if (next == number) break;
    }
    return next;
  }

  // The first from `number` on that the leading group has and that may get in.
  uint64_t NextLed(uint32_t number) {
    const uint64_t threshold = best_.threshold();
    if (most_ <= threshold) return kNoNumber;
    const Group& lead = groups_.front();
    if (lead.size() != 1) return NextIn(lead, number);
    Source& source = *lead.front();
    if (source.reader.at_end()) return kNoNumber;
    const uint64_t others = most_ - source.bound;
    if (others > threshold) return source.reader.NextFrom(number);
    // Its own share must make up for the rest: it has one, or the search would be over.
    const uint64_t impact = (threshold - others) / source.weight + 1;
    return source.reader.NextFrom(number, static_cast<uint8_t>(impact));
  }

  // `number` where all other groups have it, else the next that may be it.
  uint64_t NextInOthers(uint32_t number) {
    for (size_t i = 1; i < groups_.size(); ++i) {
      const uint64_t next = NextIn(groups_[i], number);
      if (next > number) return next;
    }
    return number;
  }

  // Adds up, the weightiest first, as long as it can still get in.
  void Judge(uint32_t number) {
    for (Source* const source : excluded_) {
      if (!source->reader.at_end() && source->reader.ImpactOf(number) >= 0) return;
    }
    const uint64_t threshold = best_.threshold();
    uint64_t score = 0;
    for (Source* const source : weighted_) {
      if (score + source->bound_up_to <= threshold) return;
      PostingReader& reader = source->reader;
      if (reader.at_end()) continue;
      const int impact = reader.ImpactOf(number);
      if (impact > 0) score += source->weight * static_cast<uint64_t>(impact);
    }
    best_.Add(number, score);
  }

  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  const kv::Patience patience_;
  Best best_;
  std::vector<std::unique_ptr<Source>> sources_;
  absl::flat_hash_map<absl::string_view, Source*> by_term_;
  std::vector<Source*> weighted_;  // the highest bound first
  uint64_t most_ = 0;              // no resource gets more from all
  std::vector<Group> groups_;      // the rarest first
  std::vector<Source*> excluded_;
};

}  // namespace

bool IsBetterJoined(absl::Span<const WeightedTerm> terms, const Restriction& restriction) {
  uint64_t rarest = kNoNumber;
  for (const std::vector<FoundTerm>& group : restriction.groups) {
    if (group.size() > kFewTerms) return false;
    uint64_t count = 0;
    for (const FoundTerm& found : group) count += Count(found);
    rarest = std::min(rarest, count);
  }
  uint64_t all = 0;
  for (const WeightedTerm& term : terms) all += Count(term.found);
  return rarest <= all;
}

absl::StatusOr<std::vector<Scored>> FindBestJoined(const kv::Snapshot& snapshot,
                                                   keys::Corpus corpus,
                                                   absl::Span<const WeightedTerm> terms,
                                                   const Restriction& restriction, size_t k,
                                                   kv::Patience patience) {
  return JoinedSearch(snapshot, corpus, terms, restriction, k, patience).Run();
}

}  // namespace headwater::search
