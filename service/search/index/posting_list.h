// The postings of a term: which numbered resources hold it, and how much it weighs in each.
//
// A term has a head, and blocks once it is in more than some hundreds of resources. A block's key
// ends in the last number in it, so that a seek to a number finds the block that may hold it.
//
//   head    varint   how many postings in all
//           varint   how many of them are in blocks
//           where that is not 0:
//             varint   no number in a block is above this one, none in the tail at or below it
//             1 byte   no impact in a block is above this one
//           where not all are in blocks:
//             varint   the last number in the tail
//             a block  the tail: postings that no block holds yet
//   block   varint   how many postings, at least 1
//           1 byte   the highest impact
//           varint   the last number minus the first
//           varints  each number but the first minus the one before it
//           bytes    the impacts; left out where the highest is 0
//
// So a rare term is one row read by point; new resources have the highest numbers and change heads
// alone; a block is written once and changes only with what is in it.
#ifndef HEADWATER_SEARCH_INDEX_POSTING_LIST_H_
#define HEADWATER_SEARCH_INDEX_POSTING_LIST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace headwater::search {

// A full block: about 600 bytes, decoded in less than a microsecond.
inline constexpr size_t kBlockPostings = 256;

struct Posting {
  uint32_t number = 0;
  // What the term weighs in the resource, apart from how rare it is: 0 for filters, else 1 to 255.
  uint8_t impact = 0;

  friend bool operator==(const Posting&, const Posting&) = default;
};

// What can be told of a block without its postings.
struct BlockSummary {
  uint32_t first = 0;
  uint32_t last = 0;
  uint32_t count = 0;
  uint8_t max_impact = 0;
};

// The postings of a block, side by side: as many numbers, ascending, as impacts.
struct BlockPostings {
  std::vector<uint32_t> numbers;
  std::vector<uint8_t> impacts;

  size_t size() const { return numbers.size(); }
};

// Requires ascending numbers, at least one.
std::string EncodeBlock(absl::Span<const Posting> postings);
// Of a block whose last number is `last`. nullopt, false: damaged.
std::optional<BlockSummary> SummarizeBlock(absl::string_view block, uint32_t last);
bool DecodeBlock(absl::string_view block, uint32_t last, BlockPostings* postings);
bool DecodeBlock(absl::string_view block, uint32_t last, std::vector<Posting>* postings);

struct TermHead {
  uint32_t count = 0;
  uint32_t in_blocks = 0;
  uint32_t blocks_last = 0;
  uint8_t blocks_max_impact = 0;
  uint32_t tail_last = 0;
  absl::string_view tail;  // a block, or empty

  bool has_blocks() const { return in_blocks > 0; }
};

// Sees its tail in `value`. nullopt where it is damaged.
std::optional<TermHead> ParseHead(absl::string_view value);
// `tail` is the head's; its fields about it are not read. Requires postings in all.
std::string EncodeHead(const TermHead& head, absl::Span<const Posting> tail);
// The same of a parsed head with `more`, at least one, behind its tail, which SummarizeBlock can
// read; without taking that apart.
std::string ExtendHead(const TermHead& head, absl::Span<const Posting> more);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_POSTING_LIST_H_
