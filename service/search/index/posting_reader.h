// Walks the postings of one term in ascending order of their numbers, page by page; pages that are
// passed over are never taken apart, and nothing is read before it is asked for.
#ifndef HEADWATER_SEARCH_INDEX_POSTING_READER_H_
#define HEADWATER_SEARCH_INDEX_POSTING_READER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/posting_block.h"
#include "search/index/posting_list.h"

namespace headwater::search {

// Behind the last number.
inline constexpr uint64_t kNoNumber = uint64_t{1} << 32;

// Belongs to one thread. Once an error was met it stands at the end: ask status() then.
class PostingReader {
 public:
  // Stands on the first page. `head` is the value of the term's head. The snapshot must outlive
  // the reader.
  PostingReader(const kv::Snapshot& snapshot, keys::Corpus corpus, absl::string_view term,
                std::string head, kv::Patience patience);
  PostingReader(const PostingReader&) = delete;  // sees into what it holds
  PostingReader& operator=(const PostingReader&) = delete;

  // How many postings there are; the highest impact among them, or somewhat more; a number that
  // none is above.
  uint32_t count() const { return head_.count; }
  uint8_t max_impact() const { return max_impact_; }
  uint32_t last() const { return head_.tail.empty() ? head_.blocks_last : head_.tail_last; }

  // Past the last page. OK, or why it came there early: an error of the snapshot, kDataLoss.
  bool at_end() const { return at_ == At::kEnd; }
  const absl::Status& status() const { return status_; }

  // The page it stands on, and its postings. After an error the page is behind all numbers, and has
  // no postings. Requires !at_end().
  const PageSummary& page() {
    if (at_ == At::kStart) Seek(0);
    return page_;
  }
  const PagePostings& postings();

  // Goes to the next page; to the first whose last number is at or above `number`, which may be the
  // one it stands on. Requires !at_end().
  void NextPage();
  void SkipTo(uint32_t number);

  // The first number at or above `number`, itself at or above those asked for before; kNoNumber
  // where there is none. Goes to its page. With an impact of at least `impact`.
  uint64_t NextFrom(uint32_t number) {
    const size_t place = Find(number);
    return place < postings_.size() ? postings_.numbers[place] : kNoNumber;
  }
  uint64_t NextFrom(uint32_t number, uint8_t impact);
  // The impact of `number`, likewise; -1 where there is no posting. Goes to the page that has it,
  // if any has.
  int ImpactOf(uint32_t number);

 private:
  enum class At { kStart, kBlocks, kTail, kEnd };
  void Seek(uint32_t number);
  void TakeBlock(uint32_t number);
  void TakePage(size_t page);
  void SkipPages(uint32_t number);
  void GoToTail();
  void GoToEnd();
  void Fail(absl::Status status);

  // Goes to the page of the first at or above `number`; its place in there, or behind the last.
  size_t Find(uint32_t number) {
    if (!is_decoded_ || page_.last < number) TakePostings(number);
    // Most numbers asked for are near the one before.
    const std::vector<uint32_t>& all = postings_.numbers;
    size_t place = place_;
    for (int i = 0; i < 4 && place < all.size() && all[place] < number; ++i) ++place;
    if (place < all.size() && all[place] < number) place = Gallop(place, number);
    return place_ = place;
  }
  void TakePostings(uint32_t number);
  size_t Gallop(size_t place, uint32_t number) const;

  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  const std::string term_;
  const std::string head_value_;
  const kv::Patience patience_;
  TermHead head_;
  uint8_t max_impact_ = 0;
  std::unique_ptr<kv::Cursor> cursor_;  // made when first needed
  At at_ = At::kEnd;
  PostingBlock block_;  // while it is in blocks, and the place of the page in it
  size_t page_place_ = 0;
  PageSummary page_;
  bool is_decoded_ = false;
  PagePostings postings_;
  size_t place_ = 0;  // in postings_: those before are below what was asked for last
  absl::Status status_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_POSTING_READER_H_
