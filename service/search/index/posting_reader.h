// Walks the postings of one term in ascending order of their numbers, block by block; blocks that
// are passed over are never decoded.
#ifndef HEADWATER_SEARCH_INDEX_POSTING_READER_H_
#define HEADWATER_SEARCH_INDEX_POSTING_READER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/posting_list.h"

namespace headwater::search {

// Belongs to one thread. Once an error was met it stands at the end: ask status() then.
class PostingReader {
 public:
  // Stands on the first block. `head` is the value of the term's head. The snapshot must outlive
  // the reader.
  PostingReader(const kv::Snapshot& snapshot, keys::Corpus corpus, absl::string_view term,
                std::string head, kv::Patience patience);

  // How many postings there are; the highest impact among them, or somewhat more.
  uint32_t count() const { return head_.count; }
  uint8_t max_impact() const { return max_impact_; }

  // Past the last block. OK, or why it came there early: an error of the snapshot, kDataLoss.
  bool at_end() const { return at_ == At::kEnd; }
  const absl::Status& status() const { return status_; }

  // The block it stands on. Requires !at_end().
  const BlockSummary& block() const { return summary_; }
  // Its postings. Empty after an error.
  absl::Span<const Posting> postings();

  // Goes to the next block; to the first whose last number is at or above `number`, which may be
  // the one it stands on. Requires !at_end().
  void NextBlock();
  void SkipTo(uint32_t number);

  // The impact of `number`, at or above those asked for before; -1 where there is no posting.
  // Requires that it stands on a block that reaches to `number` or beyond.
  int ImpactOf(uint32_t number);

 private:
  enum class At { kBlocks, kTail, kEnd };
  void Seek(uint32_t number);
  void TakeBlock();
  void GoToTail();
  void Fail(absl::Status status);

  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  const std::string term_;
  const std::string head_value_;
  const kv::Patience patience_;
  TermHead head_;
  uint8_t max_impact_ = 0;
  std::unique_ptr<kv::Cursor> cursor_;  // made when first needed
  At at_ = At::kEnd;
  BlockSummary summary_;
  absl::string_view bytes_;  // of the block
  bool is_decoded_ = false;
  std::vector<Posting> postings_;
  size_t place_ = 0;  // in postings_: those before were asked for
  absl::Status status_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_POSTING_READER_H_
