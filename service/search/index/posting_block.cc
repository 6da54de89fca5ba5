#include "search/index/posting_block.h"

#include <algorithm>

#include "keys/encoding.h"

namespace headwater::search {
namespace {

constexpr size_t kPageHead = 8;

// Least significant byte first.
template <size_t kBytes>
uint32_t Load(const char* bytes) {
  uint32_t number = 0;
  for (size_t i = 0; i < kBytes; ++i) {
    number |= uint32_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
  }
  return number;
}

size_t WidthOf(uint32_t widest) { return widest <= UINT8_MAX ? 1 : widest <= UINT16_MAX ? 2 : 4; }

void AppendFixed(uint32_t number, size_t width, std::string* out) {
  for (size_t i = 0; i < width; ++i) out->push_back(static_cast<char>(number >> (8 * i)));
}

// The last number. Where that fits 32 bits all do, and ascend.
template <size_t kWidth>
uint64_t AddDeltas(const char* deltas, uint64_t number, absl::Span<uint32_t> numbers) {
  for (uint32_t& each : numbers) {
    number += Load<kWidth>(deltas);
    each = static_cast<uint32_t>(number);
    deltas += kWidth;
  }
  return number;
}

}  // namespace

std::optional<PostingBlock> PostingBlock::Open(absl::string_view bytes, uint32_t last) {
  uint64_t count;
  uint64_t length;
  if (!keys::TakeVarint(&bytes, &count) || bytes.empty()) return std::nullopt;
  if (count == 0 || count > 2 * kBlockPostings) return std::nullopt;
  PostingBlock block;
  block.has_impacts_ = bytes.front() != 0;
  bytes.remove_prefix(1);
  if (!keys::TakeVarint(&bytes, &length) || length > last) return std::nullopt;
  block.count_ = static_cast<uint32_t>(count);
  block.last_ = last;
  block.first_ = last - static_cast<uint32_t>(length);
  const size_t heads = block.pages() * kPageHead;
  if (bytes.size() < heads) return std::nullopt;
  block.heads_ = bytes.substr(0, heads);
  block.pages_ = bytes.substr(heads);
  if (block.LastOf(block.pages() - 1) != last) return std::nullopt;
  return block;
}

uint32_t PostingBlock::LastOf(size_t page) const {
  return first_ + Load<4>(heads_.data() + page * kPageHead);
}

PageSummary PostingBlock::page(size_t page) const {
  const size_t before = page * kPagePostings;
  return {page == 0 ? first_ : LastOf(page - 1) + 1, LastOf(page),
          static_cast<uint32_t>(std::min<size_t>(kPagePostings, count_ - before)),
          static_cast<uint8_t>(heads_[page * kPageHead + 6])};
}

bool PostingBlock::Decode(size_t page, PagePostings* postings) const {
  const char* const head = heads_.data() + page * kPageHead;
  const PageSummary summary = this->page(page);
  const size_t begin = Load<2>(head + 4);
  const auto width = static_cast<uint8_t>(head[7]);
  const size_t deltas = summary.count * size_t{width};
  const size_t impacts = has_impacts_ ? summary.count : 0;
  if (begin + deltas + impacts > pages_.size()) return false;
  const char* const bytes = pages_.data() + begin;
  const uint32_t before = page == 0 ? first_ : LastOf(page - 1);
  postings->numbers.resize(summary.count);
  const absl::Span<uint32_t> numbers = absl::MakeSpan(postings->numbers);
  uint64_t last = 0;
  switch (width) {
    case 1:
      last = AddDeltas<1>(bytes, before, numbers);
      break;
    case 2:
      last = AddDeltas<2>(bytes, before, numbers);
      break;
    case 4:
      last = AddDeltas<4>(bytes, before, numbers);
      break;
    default:
      return false;
  }
  postings->impacts.assign(bytes + deltas, bytes + deltas + impacts);
  postings->impacts.resize(summary.count, 0);
  return last == summary.last;
}

std::string EncodeBlock(absl::Span<const Posting> postings) {
  const uint32_t first = postings.front().number;
  const uint8_t max_impact = MaxImpact(postings);
  std::string heads;
  std::string pages;
  uint32_t before = first;
  for (size_t begin = 0; begin < postings.size(); begin += kPagePostings) {
    const absl::Span<const Posting> page = postings.subspan(begin, kPagePostings);
    uint32_t widest = 0;
    uint32_t number = before;
    for (const Posting& posting : page) {
      widest = std::max(widest, posting.number - number);
      number = posting.number;
    }
    const size_t width = WidthOf(widest);
    AppendFixed(page.back().number - first, 4, &heads);
    AppendFixed(static_cast<uint32_t>(pages.size()), 2, &heads);
    heads.push_back(static_cast<char>(MaxImpact(page)));
    heads.push_back(static_cast<char>(width));
    for (const Posting& posting : page) {
      AppendFixed(posting.number - before, width, &pages);
      before = posting.number;
    }
    if (max_impact == 0) continue;
    for (const Posting& posting : page) pages.push_back(static_cast<char>(posting.impact));
  }
  std::string block;
  block.reserve(8 + heads.size() + pages.size());
  keys::AppendVarint(postings.size(), &block);
  block.push_back(static_cast<char>(max_impact));
  keys::AppendVarint(postings.back().number - first, &block);
  block += heads;
  block += pages;
  return block;
}

bool DecodeBlock(absl::string_view bytes, uint32_t last, std::vector<Posting>* postings) {
  const std::optional<PostingBlock> block = PostingBlock::Open(bytes, last);
  if (!block) return false;
  PagePostings page;
  for (size_t i = 0; i < block->pages(); ++i) {
    if (!block->Decode(i, &page)) return false;
    AppendPostings(page, postings);
  }
  return true;
}

}  // namespace headwater::search
