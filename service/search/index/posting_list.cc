#include "search/index/posting_list.h"

#include <algorithm>

#include "keys/encoding.h"

namespace headwater::search {
namespace {

// keys::TakeVarint for 32 bits, without its care for lengths: most deltas are one byte.
bool TakeNumber(absl::string_view* in, uint32_t* number) {
  if (!in->empty() && (in->front() & 0x80) == 0) {
    *number = static_cast<uint8_t>(in->front());
    in->remove_prefix(1);
    return true;
  }
  uint64_t wide;
  if (!keys::TakeVarint(in, &wide) || wide > UINT32_MAX) return false;
  *number = static_cast<uint32_t>(wide);
  return true;
}

// Takes the summary; leaves the deltas and impacts.
bool TakeSummary(absl::string_view* in, uint32_t last, BlockSummary* summary) {
  uint32_t length;
  if (!TakeNumber(in, &summary->count) || in->empty() || summary->count == 0) return false;
  summary->max_impact = static_cast<uint8_t>(in->front());
  in->remove_prefix(1);
  if (!TakeNumber(in, &length) || length > last) return false;
  summary->last = last;
  summary->first = last - length;
  return true;
}

}  // namespace

std::string EncodeBlock(absl::Span<const Posting> postings) {
  uint8_t max_impact = 0;
  for (const Posting& posting : postings) max_impact = std::max(max_impact, posting.impact);
  std::string block;
  block.reserve(8 + 3 * postings.size());
  keys::AppendVarint(postings.size(), &block);
  block.push_back(static_cast<char>(max_impact));
  keys::AppendVarint(postings.back().number - postings.front().number, &block);
  for (size_t i = 1; i < postings.size(); ++i) {
    keys::AppendVarint(postings[i].number - postings[i - 1].number, &block);
  }
  if (max_impact > 0) {
    for (const Posting& posting : postings) block.push_back(static_cast<char>(posting.impact));
  }
  return block;
}

std::optional<BlockSummary> SummarizeBlock(absl::string_view block, uint32_t last) {
  BlockSummary summary;
  if (!TakeSummary(&block, last, &summary)) return std::nullopt;
  return summary;
}

bool DecodeBlock(absl::string_view block, uint32_t last, std::vector<Posting>* postings) {
  BlockSummary summary;
  // A posting takes a byte at least, but for a first one without impact.
  if (!TakeSummary(&block, last, &summary) || summary.count > block.size() + 1) return false;
  postings->resize(summary.count);
  uint32_t number = summary.first;
  (*postings)[0].number = number;
  for (size_t i = 1; i < summary.count; ++i) {
    uint32_t delta;
    if (!TakeNumber(&block, &delta)) return false;
    number += delta;
    (*postings)[i].number = number;
  }
  if (number != last) return false;
  if (summary.max_impact == 0) {
    for (Posting& posting : *postings) posting.impact = 0;
    return block.empty();
  }
  if (block.size() != summary.count) return false;
  for (size_t i = 0; i < summary.count; ++i) {
    (*postings)[i].impact = static_cast<uint8_t>(block[i]);
  }
  return true;
}

std::optional<TermHead> ParseHead(absl::string_view value) {
  TermHead head;
  if (!TakeNumber(&value, &head.count) || !TakeNumber(&value, &head.in_blocks)) {
    return std::nullopt;
  }
  if (head.in_blocks > head.count || head.count == 0) return std::nullopt;
  if (head.has_blocks()) {
    if (!TakeNumber(&value, &head.blocks_last) || value.empty()) return std::nullopt;
    head.blocks_max_impact = static_cast<uint8_t>(value.front());
    value.remove_prefix(1);
  }
  if (head.in_blocks < head.count) {
    if (!TakeNumber(&value, &head.tail_last) || value.empty()) return std::nullopt;
    head.tail = value;
  } else if (!value.empty()) {
    return std::nullopt;
  }
  return head;
}

std::string EncodeHead(const TermHead& head, absl::Span<const Posting> tail) {
  std::string value;
  keys::AppendVarint(head.in_blocks + tail.size(), &value);
  keys::AppendVarint(head.in_blocks, &value);
  if (head.has_blocks()) {
    keys::AppendVarint(head.blocks_last, &value);
    value.push_back(static_cast<char>(head.blocks_max_impact));
  }
  if (!tail.empty()) {
    keys::AppendVarint(tail.back().number, &value);
    value += EncodeBlock(tail);
  }
  return value;
}

}  // namespace headwater::search
