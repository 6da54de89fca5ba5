// The postings of a term: which numbered resources hold it, and how much it weighs in each.
//
// A term has a head with its last postings, and blocks (posting_block.h) once it is in more than
// some hundreds of resources.
//
//   head    varint   how many postings in all
//           varint   how many of them are in blocks
//           where that is not 0:
//             varint   no number in a block is above this one, none in the tail at or below it
//             1 byte   no impact in a block is above this one
//           where not all are in blocks:
//             varint   the last number in the tail
//             the tail: postings that no block holds yet
//   tail    varint   how many postings, at least 1
//           1 byte   the highest impact
//           varint   the last number minus the first
//           varints  each number but the first minus the one before it
//           bytes    the impacts; left out where the highest is 0
//
// So a rare term is one row read by point, and new resources, which have the highest numbers,
// change heads alone.
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

// A tail that has grown beyond so many becomes part of a block.
inline constexpr size_t kTailPostings = 256;

struct Posting {
  uint32_t number = 0;
  // What the term weighs in the resource, apart from how rare it is: 0 for filters, else 1 to 255.
  uint8_t impact = 0;

  friend bool operator==(const Posting&, const Posting&) = default;
};

// A page is what is taken apart at once: some of a block's postings, or a tail. What can be told of
// it before.
struct PageSummary {
  uint32_t first = 0;  // no number is below it
  uint32_t last = 0;
  uint32_t count = 0;
  uint8_t max_impact = 0;
};

// The postings of a page, side by side: as many numbers, ascending, as impacts.
struct PagePostings {
  std::vector<uint32_t> numbers;
  std::vector<uint8_t> impacts;

  size_t size() const { return numbers.size(); }
};

struct TermHead {
  uint32_t count = 0;
  uint32_t in_blocks = 0;
  uint32_t blocks_last = 0;
  uint8_t blocks_max_impact = 0;
  uint32_t tail_last = 0;
  absl::string_view tail;  // or empty

  bool has_blocks() const { return in_blocks > 0; }
};

// Sees its tail in `value`. nullopt where it is damaged.
std::optional<TermHead> ParseHead(absl::string_view value);
// `tail` is the head's, ascending; its fields about it are not read. Requires postings in all.
std::string EncodeHead(const TermHead& head, absl::Span<const Posting> tail);
// The same of a parsed head with `more`, at least one, behind its tail, which SummarizeTail can
// read; without taking that apart.
std::string ExtendHead(const TermHead& head, absl::Span<const Posting> more);

// Of a head that has a tail. nullopt, false: damaged.
std::optional<PageSummary> SummarizeTail(const TermHead& head);
bool DecodeTail(const TermHead& head, PagePostings* postings);
// Appends.
bool DecodeTail(const TermHead& head, std::vector<Posting>* postings);

// Appends a page's postings.
void AppendPostings(const PagePostings& page, std::vector<Posting>* postings);
uint8_t MaxImpact(absl::Span<const Posting> postings);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_POSTING_LIST_H_
