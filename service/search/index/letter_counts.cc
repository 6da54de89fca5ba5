#include "search/index/letter_counts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/damaged.h"

namespace headwater::search {
namespace {

constexpr kv::Keyspace kPostings = kv::Keyspace::kPostings;
constexpr size_t kInRow = 16;  // on disk: do not change it

using Row = std::array<uint32_t, kInRow>;

bool ParseRow(absl::string_view value, Row* row) {
  for (uint32_t& count : *row) {
    uint64_t wide;
    if (!keys::TakeVarint(&value, &wide) || wide > UINT32_MAX) return false;
    count = static_cast<uint32_t>(wide);
  }
  return value.empty();
}

std::string EncodeRow(const Row& row) {
  std::string value;
  for (const uint32_t count : row) keys::AppendVarint(count, &value);
  return value;
}

// The rows of these numbers; zeros where there is none.
absl::StatusOr<std::vector<Row>> ReadRows(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                          absl::Span<const uint16_t> numbers,
                                          kv::Patience patience) {
  std::vector<std::string> keys;
  keys.reserve(numbers.size());
  for (const uint16_t number : numbers) keys.push_back(keys::LetterCountsKey(corpus, number));
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> values,
                      snapshot.MultiGet(kPostings, keys, patience));
  std::vector<Row> rows(numbers.size(), Row{});
  for (size_t i = 0; i < rows.size(); ++i) {
    if (values[i] && !ParseRow(*values[i], &rows[i])) return Damaged("how common letters are");
  }
  return rows;
}

}  // namespace

void LetterChanges::Count(const Indexed& indexed, int32_t by) {
  if (indexed.fields.empty()) return;
  if (more_.empty()) {
    more_.resize(kLetterCounters, 0);
    seen_.resize(kLetterCounters, 0);
  }
  ++resources_;
  for (const IndexedField& field : indexed.fields) {
    for (const IndexedWord& word : field.words) {
      ForEachSequence(word.stem, [&](uint32_t sequence) {
        const uint16_t counter = CounterOf(sequence);
        if (seen_[counter] == resources_) return;
        seen_[counter] = resources_;
        more_[counter] += by;
      });
    }
  }
}

absl::Status LetterChanges::AddRows(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                    kv::Batch* batch) const {
  std::vector<uint16_t> changed;
  for (size_t begin = 0; begin < more_.size(); begin += kInRow) {
    const auto row = absl::MakeConstSpan(more_).subspan(begin, kInRow);
    if (std::any_of(row.begin(), row.end(), [](int32_t by) { return by != 0; })) {
      changed.push_back(static_cast<uint16_t>(begin / kInRow));
    }
  }
  HW_ASSIGN_OR_RETURN(std::vector<Row> rows,
                      ReadRows(snapshot, corpus, changed, kv::Patience::kMayWait));
  for (size_t i = 0; i < rows.size(); ++i) {
    bool is_empty = true;
    for (size_t j = 0; j < kInRow; ++j) {
      const int64_t count = int64_t{rows[i][j]} + more_[changed[i] * kInRow + j];
      if (count < 0 || count > UINT32_MAX) return Damaged("how common letters are");
      rows[i][j] = static_cast<uint32_t>(count);
      is_empty &= count == 0;
    }
    const std::string key = keys::LetterCountsKey(corpus, changed[i]);
    if (is_empty) {
      batch->Delete(kPostings, key);
    } else {
      batch->Put(kPostings, key, EncodeRow(rows[i]));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<uint32_t>> ReadLetterCounts(const kv::Snapshot& snapshot,
                                                       keys::Corpus corpus,
                                                       absl::Span<const uint16_t> counters,
                                                       kv::Patience patience) {
  std::vector<uint16_t> numbers;
  numbers.reserve(counters.size());
  for (const uint16_t counter : counters) numbers.push_back(counter / kInRow);
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  HW_ASSIGN_OR_RETURN(const std::vector<Row> rows, ReadRows(snapshot, corpus, numbers, patience));
  std::vector<uint32_t> counts;
  counts.reserve(counters.size());
  for (const uint16_t counter : counters) {
    const auto found = std::lower_bound(numbers.begin(), numbers.end(), counter / kInRow);
    counts.push_back(rows[found - numbers.begin()][counter % kInRow]);
  }
  return counts;
}

}  // namespace headwater::search
