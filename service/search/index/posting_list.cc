#include "search/index/posting_list.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "keys/encoding.h"

namespace headwater::search {
namespace {

// keys::TakeVarint for 32 bits, quicker where it is one byte or two, as most deltas are.
bool TakeNumber(absl::string_view* in, uint32_t* number) {
  if (!in->empty() && (in->front() & 0x80) == 0) {
    *number = static_cast<uint8_t>(in->front());
    in->remove_prefix(1);
    return true;
  }
  if (in->size() > 1 && ((*in)[1] & 0x80) == 0) {
    *number = (static_cast<uint8_t>((*in)[0]) & 0x7f) | static_cast<uint32_t>((*in)[1]) << 7;
    in->remove_prefix(2);
    return true;
  }
  uint64_t wide;
  if (!keys::TakeVarint(in, &wide) || wide > UINT32_MAX) return false;
  *number = static_cast<uint32_t>(wide);
  return true;
}

// Takes a tail's summary; leaves the deltas and impacts.
bool TakeSummary(absl::string_view* in, uint32_t last, PageSummary* summary) {
  uint32_t length;
  if (!TakeNumber(in, &summary->count) || in->empty() || summary->count == 0) return false;
  summary->max_impact = static_cast<uint8_t>(in->front());
  in->remove_prefix(1);
  if (!TakeNumber(in, &length) || length > last) return false;
  summary->last = last;
  summary->first = last - length;
  return true;
}

void AppendSummary(const PageSummary& summary, std::string* out) {
  keys::AppendVarint(summary.count, out);
  out->push_back(static_cast<char>(summary.max_impact));
  keys::AppendVarint(summary.last - summary.first, out);
}

std::string HeadWithoutTail(const TermHead& head, size_t in_tail) {
  std::string value;
  keys::AppendVarint(head.in_blocks + in_tail, &value);
  keys::AppendVarint(head.in_blocks, &value);
  if (head.has_blocks()) {
    keys::AppendVarint(head.blocks_last, &value);
    value.push_back(static_cast<char>(head.blocks_max_impact));
  }
  return value;
}

// The numbers of a tail from their deltas, all of which are to be used up.
bool DecodeNumbers(absl::string_view deltas, const PageSummary& summary, uint32_t* numbers) {
  uint64_t number = numbers[0] = summary.first;  // where it fits 32 bits at last, all do
  for (size_t i = 1; i < summary.count; ++i) {
    uint32_t delta;
    if (!TakeNumber(&deltas, &delta)) return false;
    number += delta;
    numbers[i] = static_cast<uint32_t>(number);
  }
  return number == summary.last && deltas.empty();
}

void AppendTail(absl::Span<const Posting> postings, std::string* out) {
  const uint8_t max_impact = MaxImpact(postings);
  AppendSummary({postings.front().number, postings.back().number,
                 static_cast<uint32_t>(postings.size()), max_impact},
                out);
  for (size_t i = 1; i < postings.size(); ++i) {
    keys::AppendVarint(postings[i].number - postings[i - 1].number, out);
  }
  if (max_impact == 0) return;
  for (const Posting& posting : postings) out->push_back(static_cast<char>(posting.impact));
}

}  // namespace

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
  std::string value = HeadWithoutTail(head, tail.size());
  if (!tail.empty()) {
    keys::AppendVarint(tail.back().number, &value);
    AppendTail(tail, &value);
  }
  return value;
}

std::string ExtendHead(const TermHead& head, absl::Span<const Posting> more) {
  absl::string_view rest = head.tail;
  PageSummary before;
  TakeSummary(&rest, head.tail_last, &before);
  const size_t impacts_size =
      std::min<size_t>(before.max_impact > 0 ? before.count : 0, rest.size());
  const absl::string_view deltas = rest.substr(0, rest.size() - impacts_size);
  const absl::string_view impacts = rest.substr(deltas.size());
  const uint8_t max_impact = std::max(before.max_impact, MaxImpact(more));
  const uint32_t last = more.back().number;

  std::string value = HeadWithoutTail(head, before.count + more.size());
  value.reserve(value.size() + head.tail.size() + 16 + 6 * more.size());
  keys::AppendVarint(last, &value);
  AppendSummary({before.first, last, before.count + static_cast<uint32_t>(more.size()), max_impact},
                &value);
  absl::StrAppend(&value, deltas);
  uint32_t number = before.last;
  for (const Posting& posting : more) {
    keys::AppendVarint(posting.number - number, &value);
    number = posting.number;
  }
  if (max_impact == 0) return value;
  if (before.max_impact > 0) {
    absl::StrAppend(&value, impacts);
  } else {
    value.append(before.count, '\0');
  }
  for (const Posting& posting : more) value.push_back(static_cast<char>(posting.impact));
  return value;
}

std::optional<PageSummary> SummarizeTail(const TermHead& head) {
  absl::string_view in = head.tail;
  PageSummary summary;
  if (!TakeSummary(&in, head.tail_last, &summary)) return std::nullopt;
  return summary;
}

bool DecodeTail(const TermHead& head, PagePostings* postings) {
  absl::string_view in = head.tail;
  PageSummary summary;
  // A posting takes a byte at least, but for a first one without impact.
  if (!TakeSummary(&in, head.tail_last, &summary) || summary.count > in.size() + 1) return false;
  const size_t impacts = summary.max_impact > 0 ? summary.count : 0;
  if (in.size() < impacts) return false;
  const absl::string_view deltas = in.substr(0, in.size() - impacts);
  in.remove_prefix(deltas.size());
  postings->numbers.resize(summary.count);
  if (!DecodeNumbers(deltas, summary, postings->numbers.data())) return false;
  postings->impacts.assign(in.begin(), in.end());
  postings->impacts.resize(summary.count, 0);
  return true;
}

bool DecodeTail(const TermHead& head, std::vector<Posting>* postings) {
  PagePostings page;
  if (!DecodeTail(head, &page)) return false;
  AppendPostings(page, postings);
  return true;
}

void AppendPostings(const PagePostings& page, std::vector<Posting>* postings) {
  postings->reserve(postings->size() + page.size());
  for (size_t i = 0; i < page.size(); ++i) {
    postings->push_back({page.numbers[i], page.impacts[i]});
  }
}

uint8_t MaxImpact(absl::Span<const Posting> postings) {
  uint8_t most = 0;
  for (const Posting& posting : postings) most = std::max(most, posting.impact);
  return most;
}

}  // namespace headwater::search
