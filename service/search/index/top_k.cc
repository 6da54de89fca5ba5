#include "search/index/top_k.h"

#include <algorithm>
#include <memory>

#include "search/index/best.h"
#include "search/index/joined_search.h"
#include "search/index/posting_reader.h"
#include "search/index/restriction_gate.h"
#include "search/index/window_sums.h"

namespace headwater::search {
namespace {

// Looking a number up takes as long as adding up so many postings.
constexpr uint64_t kLookup = 16;
// So many offsets are sorted sooner than by going through a window's bits.
constexpr size_t kFewOffsets = 24;

// Goes through all numbers window by window: adds up what the terms give that could lift a resource
// over the threshold, and then looks up for these, or adds up too, what the others give.
class WindowSearch {
 public:
  WindowSearch(const kv::Snapshot& snapshot, keys::Corpus corpus,
               absl::Span<const WeightedTerm> terms, const Restriction& restriction, size_t k,
               kv::Patience patience)
      : gate_(snapshot, corpus, restriction, patience), best_(k, restriction.behind) {
    uint64_t postings = 0;
    for (const WeightedTerm& term : terms) {
      List list;
      list.reader = std::make_unique<PostingReader>(snapshot, corpus, term.found.term,
                                                    term.found.head, patience);
      list.weight = term.weight;
      list.bound = uint64_t{term.weight} * list.reader->max_impact();
      postings += list.reader->count();
      list.per_window =
          list.reader->count() * uint64_t{Window::kSize} / (list.reader->last() + uint64_t{1});
      lists_.push_back(std::move(list));
    }
    is_gate_first_ = gate_.most() < postings;
    std::stable_sort(lists_.begin(), lists_.end(),
                     [](const List& a, const List& b) { return a.bound < b.bound; });
    uint64_t sum = 0;
    for (List& list : lists_) list.bound_up_to = sum += list.bound;
  }

  absl::StatusOr<std::vector<Scored>> Run() {
    for (Window window; FindWindow(&window); window.begin = window.end()) {
      WindowBits wanted;
      wanted.fill(~uint64_t{0});
      if (is_gate_first_ && !gate_.Apply(window, &wanted)) continue;
      for (size_t i = essential_; i < lists_.size(); ++i) {
        AddUp(window, lists_.back().bound_up_to - lists_[i].bound, &lists_[i]);
      }
      if (Choose(window, wanted)) Judge(window);
      sums_.Clear();
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
    uint64_t per_window = 0;   // how many postings a window has of it, about
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
      begin = std::min(begin, std::max<uint64_t>(reader.page().first, window->begin));
    }
    window->begin = begin;
    return begin <= UINT32_MAX;
  }

  // Adds what the list gives in the window, but for pages that together with `others` lift nothing
  // over the threshold.
  void AddUp(const Window& window, uint64_t others, List* list) {
    const uint64_t threshold = best_.threshold();
    PostingReader& reader = *list->reader;
    if (!reader.at_end()) reader.SkipTo(static_cast<uint32_t>(window.begin));
    while (!reader.at_end() && reader.page().first < window.end()) {
      if (others + list->weight * reader.page().max_impact > threshold) AddPage(window, list);
      if (reader.at_end() || reader.page().last >= window.end()) break;
      reader.NextPage();
    }
  }

  // The most that one of those that may yet get in has so far.
  uint64_t Highest() const {
    uint64_t highest = 0;
    for (const uint32_t offset : offsets_) highest = std::max(highest, sums_[offset]);
    return highest;
  }

  void AddPage(const Window& window, List* list) {
    const PagePostings& postings = list->reader->postings();
    const auto place = [&](uint64_t number) -> size_t {
      const auto found = std::lower_bound(postings.numbers.begin(), postings.numbers.end(), number);
      return static_cast<size_t>(found - postings.numbers.begin());
    };
    if (postings.size() == 0) return;
    const size_t begin = postings.numbers.front() < window.begin ? place(window.begin) : 0;
    const size_t end =
        postings.numbers.back() >= window.end() ? place(window.end()) : postings.size();
    sums_.Add(absl::MakeConstSpan(postings.numbers).subspan(begin, end - begin),
              absl::MakeConstSpan(postings.impacts).subspan(begin, end - begin), window.begin,
              list->weight);
  }

  // Collects what can still get in, in order. False where nothing can.
  bool Choose(const Window& window, const WindowBits& wanted) {
    const uint64_t others = essential_ > 0 ? lists_[essential_ - 1].bound_up_to : 0;
    const uint64_t lowest = best_.threshold() - std::min(best_.threshold(), others);
    const absl::Span<const uint32_t> places = sums_.places();
    offsets_.resize(places.size());
    size_t chosen = 0;
    for (const uint32_t offset : places) {
      offsets_[chosen] = offset;
      chosen += sums_[offset] > lowest ? 1 : 0;
    }
    offsets_.resize(chosen);
    if (chosen == 0) return false;
    if (gate_.is_open() && chosen <= kFewOffsets) {
      std::sort(offsets_.begin(), offsets_.end());
      return true;
    }
    WindowBits bits{};
    for (const uint32_t offset : offsets_) bits[offset / 64] |= uint64_t{1} << (offset % 64);
    for (size_t i = 0; i < kWindowWords; ++i) bits[i] &= wanted[i];
    if (!is_gate_first_ && !gate_.Apply(window, &bits)) return false;
    offsets_.clear();
    ForEachBit(bits, [this](uint32_t offset) { offsets_.push_back(offset); });
    return true;
  }

  // Adds what the other lists give, the weightiest first, to those that can still get in.
  void Judge(const Window& window) {
    const uint64_t threshold = best_.threshold();
    for (size_t i = essential_; i > 0 && !offsets_.empty(); --i) {
      List& list = lists_[i - 1];
      const uint64_t rest = list.bound_up_to - list.bound;
      if (offsets_.size() * kLookup > list.per_window) {
        AddUp(window, Highest() + rest, &list);
      } else {
        for (const uint32_t offset : offsets_) {
          sums_[offset] += Given(static_cast<uint32_t>(window.begin + offset),
                                 threshold - std::min(threshold, sums_[offset] + rest), &list);
        }
      }
      size_t kept = 0;
      for (const uint32_t offset : offsets_) {
        if (sums_[offset] + rest > threshold) offsets_[kept++] = offset;
      }
      offsets_.resize(kept);
    }
    for (const uint32_t offset : offsets_) {
      best_.Add(static_cast<uint32_t>(window.begin + offset), sums_[offset]);
    }
  }

  // What the list gives the resource; 0 where that cannot be above `missing`.
  static uint64_t Given(uint32_t number, uint64_t missing, List* list) {
    PostingReader& reader = *list->reader;
    if (reader.at_end()) return 0;
    reader.SkipTo(number);
    if (reader.at_end() || list->weight * reader.page().max_impact <= missing) return 0;
    const int impact = reader.ImpactOf(number);
    return impact > 0 ? list->weight * static_cast<uint64_t>(impact) : 0;
  }

  RestrictionGate gate_;
  Best best_;
  std::vector<List> lists_;  // the lowest bound first
  bool is_gate_first_ = false;
  size_t essential_ = 0;
  WindowSums sums_;                // all 0 between windows
  std::vector<uint32_t> offsets_;  // of what may yet get in
};

}  // namespace

absl::StatusOr<std::vector<Scored>> FindBest(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                             absl::Span<const WeightedTerm> terms,
                                             const Restriction& restriction, size_t k,
                                             kv::Patience patience) {
  if (terms.empty() || k == 0) return std::vector<Scored>();
  if (!restriction.groups.empty() && IsBetterJoined(terms, restriction)) {
    return FindBestJoined(snapshot, corpus, terms, restriction, k, patience);
  }
  return WindowSearch(snapshot, corpus, terms, restriction, k, patience).Run();
}

}  // namespace headwater::search
