#include "search/index/top_k.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <queue>

#include "search/index/posting_reader.h"

namespace headwater::search {
namespace {

// So many numbers are worked on at a time: their sums stay in the cache next to the core.
constexpr uint32_t kWindow = 1 << 13;
constexpr size_t kWords = kWindow / 64;

using Bits = std::array<uint64_t, kWords>;

// A part of all numbers: [begin, begin + kWindow).
struct Window {
  uint64_t begin = 0;
  uint64_t end() const { return begin + kWindow; }
};

// Sets the bits of what the reader has in the window, on which it then stands or behind it.
void AddBits(const Window& window, PostingReader* reader, Bits* bits) {
  if (reader->at_end()) return;
  reader->SkipTo(static_cast<uint32_t>(window.begin));
  while (!reader->at_end() && reader->block().first < window.end()) {
    for (const Posting& posting : reader->postings()) {
      if (posting.number < window.begin || posting.number >= window.end()) continue;
      const auto offset = static_cast<uint32_t>(posting.number - window.begin);
      (*bits)[offset / 64] |= uint64_t{1} << (offset % 64);
    }
    if (reader->at_end() || reader->block().last >= window.end()) return;
    reader->NextBlock();
  }
}

// A Restriction being applied to one window after the other.
class Gate {
 public:
  Gate(const kv::Snapshot& snapshot, keys::Corpus corpus, const Restriction& restriction,
       kv::Patience patience) {
    const auto open = [&](const FoundTerm& found) {
      return std::make_unique<PostingReader>(snapshot, corpus, found.term, found.head, patience);
    };
    for (const std::vector<FoundTerm>& terms : restriction.groups) {
      Group& group = groups_.emplace_back();
      for (const FoundTerm& found : terms) {
        group.readers.push_back(open(found));
        group.count += group.readers.back()->count();
      }
    }
    std::stable_sort(groups_.begin(), groups_.end(),
                     [](const Group& a, const Group& b) { return a.count < b.count; });
    for (const FoundTerm& found : restriction.excluded) excluded_.push_back(open(found));
  }

  // Takes out of `bits` what may not be among the best. False where nothing is left.
  bool Apply(const Window& window, Bits* bits) {
    for (Group& group : groups_) {
      Bits allowed{};
      for (auto& reader : group.readers) AddBits(window, reader.get(), &allowed);
      uint64_t left = 0;
      for (size_t i = 0; i < kWords; ++i) left |= (*bits)[i] &= allowed[i];
      if (left == 0) return false;
    }
    Bits forbidden{};
    for (auto& reader : excluded_) AddBits(window, reader.get(), &forbidden);
    for (size_t i = 0; i < kWords; ++i) (*bits)[i] &= ~forbidden[i];
    return true;
  }

  absl::Status status() const {
    for (const Group& group : groups_) {
      for (const auto& reader : group.readers) {
        if (!reader->status().ok()) return reader->status();
      }
    }
    for (const auto& reader : excluded_) {
      if (!reader->status().ok()) return reader->status();
    }
    return absl::OkStatus();
  }

 private:
  struct Group {
    std::vector<std::unique_ptr<PostingReader>> readers;
    uint64_t count = 0;  // of their postings
  };
  std::vector<Group> groups_;  // the rarest first: it may leave nothing to look at
  std::vector<std::unique_ptr<PostingReader>> excluded_;
};

// The best so far.
class Best {
 public:
  explicit Best(size_t k) : k_(k) {}

  // Only a higher score gets in: numbers come in ascending order.
  uint64_t threshold() const { return heap_.size() < k_ ? 0 : heap_.top().score; }

  void Add(uint32_t number, uint64_t score) {
    if (score <= threshold()) return;
    if (heap_.size() == k_) heap_.pop();
    heap_.push({number, score});
  }

  std::vector<Scored> Take() {
    std::vector<Scored> all(heap_.size());
    for (size_t i = all.size(); i > 0; --i) {
      all[i - 1] = heap_.top();
      heap_.pop();
    }
    return all;
  }

 private:
  struct IsBetter {
    bool operator()(const Scored& a, const Scored& b) const {
      return a.score != b.score ? a.score > b.score : a.number < b.number;
    }
  };
  const size_t k_;
  std::priority_queue<Scored, std::vector<Scored>, IsBetter> heap_;  // the worst on top
};

class Search {
 public:
  Search(const kv::Snapshot& snapshot, keys::Corpus corpus, absl::Span<const WeightedTerm> terms,
         const Restriction& restriction, size_t k, kv::Patience patience)
      : behind_(restriction.behind),
        gate_(snapshot, corpus, restriction, patience),
        best_(k),
        sums_(kWindow, 0) {
    for (const WeightedTerm& term : terms) {
      List list;
      list.reader = std::make_unique<PostingReader>(snapshot, corpus, term.found.term,
                                                    term.found.head, patience);
      list.weight = term.weight;
      list.bound = uint64_t{term.weight} * list.reader->max_impact();
      lists_.push_back(std::move(list));
    }
    std::stable_sort(lists_.begin(), lists_.end(),
                     [](const List& a, const List& b) { return a.bound < b.bound; });
    uint64_t sum = 0;
    for (List& list : lists_) list.bound_up_to = sum += list.bound;
  }

  absl::StatusOr<std::vector<Scored>> Run() {
    Window window;
    while (FindWindow(&window)) {
      Bits allowed;
      allowed.fill(~uint64_t{0});
      if (!gate_.Apply(window, &allowed)) {
        window.begin = window.end();
        continue;
      }
      AddUp(window);
      const Bits touched = touched_;
      for (size_t i = 0; i < kWords; ++i) touched_[i] &= allowed[i];
      Judge(window);
      for (size_t word = 0; word < kWords; ++word) {
        for (uint64_t bits = touched[word]; bits != 0; bits &= bits - 1) {
          sums_[word * 64 + static_cast<size_t>(std::countr_zero(bits))] = 0;
        }
      }
      touched_.fill(0);
      window.begin = window.end();
    }
    for (const List& list : lists_) {
      if (!list.reader->status().ok()) return list.reader->status();
    }
    if (absl::Status status = gate_.status(); !status.ok()) return status;
    return best_.Take();
  }

 private:
  struct List {
    std::unique_ptr<PostingReader> reader;
    uint64_t weight = 0;
    uint64_t bound = 0;        // no resource gets more from it
    uint64_t bound_up_to = 0;  // from it and those before it
  };

  // Moves the window to the first number from its begin on that an essential list has. The lists
  // before the first essential one together cannot lift a resource over the threshold.
  bool FindWindow(Window* window) {
    const uint64_t threshold = best_.threshold();
    essential_ = 0;
    while (essential_ < lists_.size() && lists_[essential_].bound_up_to <= threshold) ++essential_;
    uint64_t begin = UINT64_MAX;
    if (window->begin > UINT32_MAX) return false;
    for (size_t i = essential_; i < lists_.size(); ++i) {
      PostingReader& reader = *lists_[i].reader;
      if (!reader.at_end()) reader.SkipTo(static_cast<uint32_t>(window->begin));
      if (reader.at_end()) continue;
      begin = std::min(begin, std::max<uint64_t>(reader.block().first, window->begin));
    }
    window->begin = begin;
    return begin <= UINT32_MAX;
  }

  void AddUp(const Window& window) {
    const uint64_t all = lists_.back().bound_up_to;
    for (size_t i = essential_; i < lists_.size(); ++i) {
      List& list = lists_[i];
      PostingReader& reader = *list.reader;
      while (!reader.at_end() && reader.block().first < window.end()) {
        const uint64_t most = all - list.bound + list.weight * reader.block().max_impact;
        if (most > best_.threshold()) AddBlock(window, &list);
        if (reader.at_end() || reader.block().last >= window.end()) break;
        reader.NextBlock();
      }
    }
  }

  void AddBlock(const Window& window, List* list) {
    const absl::Span<const Posting> postings = list->reader->postings();
    auto posting = postings.begin();
    if (posting != postings.end() && posting->number < window.begin) {
      posting =
          std::lower_bound(posting, postings.end(), window.begin,
                           [](const Posting& a, uint64_t number) { return a.number < number; });
    }
    for (; posting != postings.end() && posting->number < window.end(); ++posting) {
      const auto offset = static_cast<uint32_t>(posting->number - window.begin);
      sums_[offset] += list->weight * posting->impact;
      touched_[offset / 64] |= uint64_t{1} << (offset % 64);
    }
  }

  void Judge(const Window& window) {
    for (size_t word = 0; word < kWords; ++word) {
      for (uint64_t bits = touched_[word]; bits != 0; bits &= bits - 1) {
        const size_t offset = word * 64 + static_cast<size_t>(std::countr_zero(bits));
        Complete(static_cast<uint32_t>(window.begin + offset), sums_[offset]);
      }
    }
  }

  // Adds what the other lists give, the weightiest first, as long as it can still get in.
  void Complete(uint32_t number, uint64_t score) {
    for (size_t i = essential_; i > 0; --i) {
      List& list = lists_[i - 1];
      if (score + list.bound_up_to <= best_.threshold()) return;
      PostingReader& reader = *list.reader;
      if (!reader.at_end()) reader.SkipTo(number);
      if (reader.at_end() || reader.block().first > number) continue;
      const uint64_t most =
          score + list.bound_up_to - list.bound + list.weight * reader.block().max_impact;
      if (most <= best_.threshold()) return;
      const int impact = reader.ImpactOf(number);
      if (impact > 0) score += list.weight * static_cast<uint64_t>(impact);
    }
    if (behind_ &&
        (score > behind_->score || (score == behind_->score && number <= behind_->number))) {
      return;
    }
    best_.Add(number, score);
  }

  const std::optional<Scored> behind_;
  Gate gate_;
  Best best_;
  std::vector<List> lists_;  // the lowest bound first
  size_t essential_ = 0;
  std::vector<uint64_t> sums_;  // by offset in the window
  Bits touched_{};
};

}  // namespace

absl::StatusOr<std::vector<Scored>> FindBest(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                             absl::Span<const WeightedTerm> terms,
                                             const Restriction& restriction, size_t k,
                                             kv::Patience patience) {
  if (terms.empty() || k == 0) return std::vector<Scored>();
  return Search(snapshot, corpus, terms, restriction, k, patience).Run();
}

}  // namespace headwater::search
