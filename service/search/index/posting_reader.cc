#include "search/index/posting_reader.h"

#include <algorithm>
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
    const std::optional<BlockSummary> tail = SummarizeBlock(head_.tail, head_.tail_last);
    if (!tail) {
      Fail(Damaged("the tail of a search term"));
      return;
    }
    max_impact_ = std::max(max_impact_, tail->max_impact);
  }
  if (head_.has_blocks()) {
    Seek(0);
  } else {
    GoToTail();
  }
}

void PostingReader::Fail(absl::Status status) {
  status_ = std::move(status);
  at_ = At::kEnd;
  postings_.clear();
}

void PostingReader::Seek(uint32_t number) {
  if (cursor_ == nullptr) {
    const std::string prefix = keys::TermBlockPrefix(corpus_, term_);
    cursor_ = snapshot_.Range(kv::Keyspace::kPostings, keys::TermBlockKey(corpus_, term_, number),
                              keys::PrefixEnd(prefix), patience_);
  } else {
    cursor_->Seek(keys::TermBlockKey(corpus_, term_, number));
  }
  TakeBlock();
}

void PostingReader::TakeBlock() {
  if (!cursor_->Valid()) {
    if (!cursor_->status().ok()) return Fail(cursor_->status());
    return GoToTail();
  }
  at_ = At::kBlocks;
  bytes_ = cursor_->value();
  const std::optional<BlockSummary> summary =
      SummarizeBlock(bytes_, keys::NumberOfKey(cursor_->key()));
  if (!summary) return Fail(Damaged("a block of postings"));
  summary_ = *summary;
  is_decoded_ = false;
}

void PostingReader::GoToTail() {
  if (head_.tail.empty()) {
    at_ = At::kEnd;
    return;
  }
  at_ = At::kTail;
  bytes_ = head_.tail;
  summary_ = *SummarizeBlock(head_.tail, head_.tail_last);
  is_decoded_ = false;
}

void PostingReader::NextBlock() {
  if (at_ == At::kTail) {
    at_ = At::kEnd;
  } else {
    cursor_->Next();
    TakeBlock();
  }
}

void PostingReader::SkipTo(uint32_t number) {
  for (int i = 0; !at_end() && summary_.last < number; ++i) {
    if (at_ == At::kTail) {
      at_ = At::kEnd;
    } else if (number > head_.blocks_last) {
      GoToTail();
    } else if (i < kBlocksWalked) {
      NextBlock();
    } else {
      Seek(number);
    }
  }
}

absl::Span<const Posting> PostingReader::postings() {
  if (!is_decoded_) {
    is_decoded_ = true;
    place_ = 0;
    if (!DecodeBlock(bytes_, summary_.last, &postings_)) {
      Fail(Damaged("a block of postings"));
    }
  }
  return postings_;
}

int PostingReader::ImpactOf(uint32_t number) {
  const absl::Span<const Posting> all = postings();
  // Most numbers asked for are near the one before.
  size_t step = 1;
  size_t low = place_;
  while (low + step < all.size() && all[low + step].number < number) {
    low += step;
    step *= 2;
  }
  const auto begin = all.begin() + std::min(low, all.size());
  const auto end = all.begin() + std::min(low + step + 1, all.size());
  const auto found = std::lower_bound(
      begin, end, number,
      [](const Posting& posting, uint32_t wanted) { return posting.number < wanted; });
  place_ = static_cast<size_t>(found - all.begin());
  return found != all.end() && found->number == number ? found->impact : -1;
}

}  // namespace headwater::search
