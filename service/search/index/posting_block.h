// A block of a term's postings: a row of its own, in pages, each of which is found and taken apart
// without the others. Its key ends in the last number in it, so that a seek to a number finds the
// block that may hold it.
//
//   varint   how many postings, at least 1
//   1 byte   the highest impact
//   varint   the last number minus the first
//   8 bytes  for each page of 64 postings, the last of which may have fewer; each number with its
//            least significant byte first:
//     4 bytes  the last number in it minus the block's first
//     2 bytes  where it begins, behind all of these
//     1 byte   the highest impact in it
//     1 byte   how many bytes each of its numbers takes: 1, 2 or 4
//   the pages, each:
//     each number minus the one before it in the block; the block's first number: 0
//     bytes, the impacts; left out where the block's highest is 0
//
// The last block of a term is filled up; the others change only with what is in them.
#ifndef HEADWATER_SEARCH_INDEX_POSTING_BLOCK_H_
#define HEADWATER_SEARCH_INDEX_POSTING_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "search/index/posting_list.h"

namespace headwater::search {

// A full page: taken apart in some 50 ns. A full block: about 1.3 kB.
inline constexpr size_t kPagePostings = 64;
inline constexpr size_t kBlockPostings = 8 * kPagePostings;

// Sees into bytes that must outlive it.
class PostingBlock {
 public:
  PostingBlock() = default;
  // `last` is the last number, as the key has it. nullopt where it is damaged, as far as can be
  // seen without taking pages apart.
  static std::optional<PostingBlock> Open(absl::string_view bytes, uint32_t last);

  uint32_t last() const { return last_; }
  size_t pages() const { return (count_ + kPagePostings - 1) / kPagePostings; }
  PageSummary page(size_t page) const;
  // The last number in it: page(page).last.
  uint32_t LastOf(size_t page) const;
  // False where it is damaged.
  bool Decode(size_t page, PagePostings* postings) const;

 private:
  uint32_t count_ = 0;
  uint32_t first_ = 0;
  uint32_t last_ = 0;
  bool has_impacts_ = false;
  absl::string_view heads_;  // of the pages
  absl::string_view pages_;
};

// Requires ascending numbers, at least one, at most 2 * kBlockPostings.
std::string EncodeBlock(absl::Span<const Posting> postings);
// All of a block's postings, appended. False where it is damaged.
bool DecodeBlock(absl::string_view bytes, uint32_t last, std::vector<Posting>* postings);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_POSTING_BLOCK_H_
