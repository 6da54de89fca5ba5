#include "search/index/posting_reader.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "keys/encoding.h"
#include "search/index/damaged.h"

namespace headwater::search {
namespace {

// So many blocks are passed one by one before a seek is cheaper.
constexpr int kBlocksWalked = 3;

}  // namespace

PostingReader::PostingReader(const kv::Snapshot& snapshot, keys::Corpus corpus,
                             absl::string_view term, std::string head, kv::Patience patience)
    : snapshot_(snapshot),
      corpus_(corpus),
      term_(term),
      head_value_(std::move(head)),
      patience_(patience) {
  const std::optional<TermHead> parsed = ParseHead(head_value_);
  if (!parsed) {
    Fail(Damaged("the head of a search term"));
    return;
  }
  head_ = *parsed;
  max_impact_ = head_.blocks_max_impact;
  if (!head_.tail.empty()) {
    const std::optional<PageSummary> tail = SummarizeTail(head_);
    if (!tail) {
      Fail(Damaged("the tail of a search term"));
      return;
    }
    max_impact_ = std::max(max_impact_, tail->max_impact);
  }
  if (head_.has_blocks()) {
    at_ = At::kStart;
  } else {
    GoToTail();
  }
}

void PostingReader::GoToEnd() {
  at_ = At::kEnd;
  page_ = {UINT32_MAX, UINT32_MAX, 0, 0};
  postings_ = PagePostings();
  is_decoded_ = true;
}

void PostingReader::Fail(absl::Status status) {
  status_ = std::move(status);
  GoToEnd();
}

void PostingReader::Seek(uint32_t number) {
  if (cursor_ == nullptr) {
    const std::string prefix = keys::TermBlockPrefix(corpus_, term_);
    cursor_ = snapshot_.Range(kv::Keyspace::kPostings, keys::TermBlockKey(corpus_, term_, number),
                              keys::PrefixEnd(prefix), patience_);
  } else {
    cursor_->Seek(keys::TermBlockKey(corpus_, term_, number));
  }
  TakeBlock(number);
}

// Goes to the page of the cursor's block that may have `number`, or to its last.
void PostingReader::TakeBlock(uint32_t number) {
  if (!cursor_->Valid()) {
    if (!cursor_->status().ok()) return Fail(cursor_->status());
    return GoToTail();
  }
  const std::optional<PostingBlock> block =
      PostingBlock::Open(cursor_->value(), keys::NumberOfKey(cursor_->key()));
  if (!block) return Fail(Damaged("a block of postings"));
  at_ = At::kBlocks;
  block_ = *block;
  TakePage(0);
  SkipPages(number);
}

void PostingReader::TakePage(size_t page) {
  page_place_ = page;
  page_ = block_.page(page);
  is_decoded_ = false;
}

void PostingReader::SkipPages(uint32_t number) {
  size_t page = page_place_;
  while (page + 1 < block_.pages() && block_.LastOf(page) < number) ++page;
  if (page != page_place_) TakePage(page);
}

void PostingReader::GoToTail() {
  if (head_.tail.empty()) return GoToEnd();
  at_ = At::kTail;
  page_ = *SummarizeTail(head_);
  is_decoded_ = false;
}

void PostingReader::NextPage() {
  if (at_ == At::kStart) Seek(0);
  if (at_ == At::kTail) return GoToEnd();
  if (at_ == At::kEnd) return;
  if (page_place_ + 1 < block_.pages()) return TakePage(page_place_ + 1);
  cursor_->Next();
  TakeBlock(0);
}

void PostingReader::SkipTo(uint32_t number) {
  if (at_ == At::kStart && number <= head_.blocks_last) return Seek(number);
  if (at_ != At::kStart && page_.last >= number) return;
  if (at_ == At::kTail) return GoToEnd();
  if (at_ == At::kEnd) return;
  if (number > head_.blocks_last) {
    GoToTail();
    if (page_.last < number) GoToEnd();
    return;
  }
  for (int i = 0; at_ == At::kBlocks && block_.last() < number; ++i) {
    if (i == kBlocksWalked) return Seek(number);
    cursor_->Next();
    TakeBlock(number);
  }
  if (at_ == At::kBlocks) SkipPages(number);
}

const PagePostings& PostingReader::postings() {
  if (at_ == At::kStart) Seek(0);
  if (!is_decoded_) {
    is_decoded_ = true;
    place_ = 0;
    const bool is_whole =
        at_ == At::kTail ? DecodeTail(head_, &postings_) : block_.Decode(page_place_, &postings_);
    if (!is_whole) Fail(Damaged("the postings of a search term"));
  }
  return postings_;
}

void PostingReader::TakePostings(uint32_t number) {
  SkipTo(number);
  postings();
}

size_t PostingReader::Gallop(size_t place, uint32_t number) const {
  const std::vector<uint32_t>& all = postings_.numbers;
  size_t step = 1;
  while (place + step < all.size() && all[place + step] < number) {
    place += step;
    step *= 2;
  }
  const auto end =
      all.begin() + static_cast<std::ptrdiff_t>(std::min(place + step + 1, all.size()));
  const auto found =
      std::lower_bound(all.begin() + static_cast<std::ptrdiff_t>(place), end, number);
  return static_cast<size_t>(found - all.begin());
}

uint64_t PostingReader::NextFrom(uint32_t number, uint8_t impact) {
  for (SkipTo(number); !at_end(); NextPage()) {
    if (page_.max_impact < impact) continue;
    for (size_t i = Find(number); i < postings_.size(); ++i) {
      if (postings_.impacts[i] >= impact) return postings_.numbers[i];
    }
  }
  return kNoNumber;
}

int PostingReader::ImpactOf(uint32_t number) {
  if (page_.last < number || at_ == At::kStart) SkipTo(number);
  if (at_end() || page_.first > number) return -1;
  const size_t place = Find(number);
  const bool is_there = place < postings_.size() && postings_.numbers[place] == number;
  return is_there ? postings_.impacts[place] : -1;
}

}  // namespace headwater::search
