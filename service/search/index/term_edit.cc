#include "search/index/term_edit.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/damaged.h"
#include "search/index/posting_block.h"
#include "search/index/posting_list.h"

namespace headwater::search {
namespace {

constexpr kv::Keyspace kPostings = kv::Keyspace::kPostings;

// Both ascending; the changes win.
std::vector<Posting> Merged(absl::Span<const Posting> postings,
                            absl::Span<const PostingChange> changes) {
  std::vector<Posting> merged;
  merged.reserve(postings.size() + changes.size());
  size_t i = 0;
  for (const PostingChange& change : changes) {
    while (i < postings.size() && postings[i].number < change.posting.number) {
      merged.push_back(postings[i++]);
    }
    if (i < postings.size() && postings[i].number == change.posting.number) ++i;
    if (!change.is_removal) merged.push_back(change.posting);
  }
  merged.insert(merged.end(), postings.begin() + i, postings.end());
  return merged;
}

// Whether all that changes is that the tail grows at its end: what new resources do.
bool FitsBehind(const TermHead& head, absl::Span<const PostingChange> changes) {
  if (head.tail.empty() || changes.empty()) return false;
  const std::optional<PageSummary> tail = SummarizeTail(head);
  const size_t in_tail = head.count - head.in_blocks;
  return tail && tail->count == in_tail && in_tail + changes.size() <= kTailPostings &&
         changes.front().posting.number > head.tail_last &&
         std::none_of(changes.begin(), changes.end(),
                      [](const PostingChange& change) { return change.is_removal; });
}

// The edit of a term's blocks and tail, one after the other.
class Edit {
 public:
  Edit(const kv::Snapshot& snapshot, keys::Corpus corpus, absl::string_view term, kv::Batch* batch)
      : snapshot_(snapshot), corpus_(corpus), term_(term), batch_(*batch) {}

  absl::Status Run(const std::optional<std::string>& value,
                   absl::Span<const PostingChange> changes) {
    const std::string key = keys::TermHeadKey(corpus_, term_);
    std::vector<Posting> tail;
    if (value) {
      const std::optional<TermHead> head = ParseHead(*value);
      if (!head) return Damaged("the head of a search term");
      head_ = *head;
      if (FitsBehind(*head, changes)) {
        for (const PostingChange& change : changes) tail.push_back(change.posting);
        batch_.Put(kPostings, key, ExtendHead(*head, tail));
        return absl::OkStatus();
      }
      if (!head->tail.empty() && !DecodeTail(*head, &tail)) {
        return Damaged("the tail of a search term");
      }
    }
    size_t split = 0;
    if (head_.has_blocks()) {
      while (split < changes.size() && changes[split].posting.number <= head_.blocks_last) ++split;
      HW_RETURN_IF_ERROR(EditBlocks(changes.subspan(0, split)));
    }
    tail = Merged(tail, changes.subspan(split));
    if (tail.size() > kTailPostings) HW_RETURN_IF_ERROR(Spill(&tail));
    if (head_.in_blocks == 0 && tail.empty()) {
      batch_.Delete(kPostings, key);
    } else {
      batch_.Put(kPostings, key, EncodeHead(head_, tail));
    }
    return absl::OkStatus();
  }

 private:
  // Moves postings from the tail to blocks, in pieces of kTailPostings; the last block, where it is
  // as the snapshot has it, is filled up first.
  absl::Status Spill(std::vector<Posting>* tail) {
    const auto end = tail->begin() + static_cast<std::ptrdiff_t>((tail->size() - 1) /
                                                                 kTailPostings * kTailPostings);
    std::vector<Posting> spilled;
    if (!is_last_edited_ && head_.has_blocks()) HW_RETURN_IF_ERROR(TakeUnfilled(&spilled));
    spilled.insert(spilled.end(), tail->begin(), end);
    tail->erase(tail->begin(), end);
    for (size_t begin = 0; begin < spilled.size(); begin += kBlockPostings) {
      PutBlock(absl::MakeConstSpan(spilled).subspan(begin, kBlockPostings));
    }
    head_.blocks_last = spilled.back().number;
    return absl::OkStatus();
  }

  // Takes out the last block where there is room in it.
  absl::Status TakeUnfilled(std::vector<Posting>* postings) {
    const std::string key = keys::TermBlockKey(corpus_, term_, head_.blocks_last);
    HW_ASSIGN_OR_RETURN(const std::optional<std::string> row,
                        snapshot_.Get(kPostings, key, kv::Patience::kMayWait));
    if (!row) return absl::OkStatus();  // the number was the last one once
    if (!DecodeBlock(*row, head_.blocks_last, postings)) return Damaged("a block of postings");
    if (postings->size() >= kBlockPostings) {
      postings->clear();
      return absl::OkStatus();
    }
    batch_.Delete(kPostings, key);
    head_.in_blocks -= static_cast<uint32_t>(postings->size());
    return absl::OkStatus();
  }

  absl::Status EditBlocks(absl::Span<const PostingChange> changes) {
    if (changes.empty()) return absl::OkStatus();
    const std::string prefix = keys::TermBlockPrefix(corpus_, term_);
    const std::unique_ptr<kv::Cursor> cursor =
        snapshot_.Range(kPostings, keys::TermBlockKey(corpus_, term_, changes[0].posting.number),
                        keys::PrefixEnd(prefix), kv::Patience::kMayWait);
    while (!changes.empty()) {
      cursor->Seek(keys::TermBlockKey(corpus_, term_, changes[0].posting.number));
      if (!cursor->Valid()) break;
      const uint32_t last = keys::NumberOfKey(cursor->key());
      size_t size = 1;
      while (size < changes.size() && changes[size].posting.number <= last) ++size;
      std::vector<Posting> postings;
      if (!DecodeBlock(cursor->value(), last, &postings)) {
        return Damaged("a block of postings");
      }
      Rewrite(last, postings, changes.subspan(0, size));
      changes.remove_prefix(size);
    }
    HW_RETURN_IF_ERROR(cursor->status());
    // The last block may have gone, and with it the row that a number behind all others sought.
    std::vector<Posting> left;
    for (const PostingChange& change : changes) {
      if (!change.is_removal) left.push_back(change.posting);
    }
    is_last_edited_ |= !left.empty();
    PutBlocks(left);
    return absl::OkStatus();
  }

  void Rewrite(uint32_t last, absl::Span<const Posting> before,
               absl::Span<const PostingChange> changes) {
    is_last_edited_ |= last == head_.blocks_last;
    head_.in_blocks -= static_cast<uint32_t>(before.size());
    const std::vector<Posting> after = Merged(before, changes);
    if (after.empty() || after.back().number != last) {
      batch_.Delete(kPostings, keys::TermBlockKey(corpus_, term_, last));
    }
    PutBlocks(after);
  }

  // One block has room for somewhat more than a full one's.
  void PutBlocks(absl::Span<const Posting> postings) {
    if (postings.empty()) return;
    if (postings.size() <= 2 * kBlockPostings) return PutBlock(postings);
    for (size_t begin = 0; begin < postings.size(); begin += kBlockPostings) {
      PutBlock(postings.subspan(begin, kBlockPostings));
    }
  }

  void PutBlock(absl::Span<const Posting> postings) {
    batch_.Put(kPostings, keys::TermBlockKey(corpus_, term_, postings.back().number),
               EncodeBlock(postings));
    head_.in_blocks += static_cast<uint32_t>(postings.size());
    head_.blocks_max_impact = std::max(head_.blocks_max_impact, MaxImpact(postings));
  }

  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  const absl::string_view term_;
  kv::Batch& batch_;
  TermHead head_;
  bool is_last_edited_ = false;  // the last block is not as the snapshot has it any more
};

}  // namespace

absl::Status EditTerm(const kv::Snapshot& snapshot, keys::Corpus corpus, absl::string_view term,
                      const std::optional<std::string>& head,
                      absl::Span<const PostingChange> changes, kv::Batch* batch) {
  return Edit(snapshot, corpus, term, batch).Run(head, changes);
}

}  // namespace headwater::search
