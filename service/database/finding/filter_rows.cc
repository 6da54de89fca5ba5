#include "database/finding/filter_rows.h"

#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "search/index/damaged.h"
#include "search/index/indexed.h"
#include "search/index/posting_list.h"
#include "search/index/posting_reader.h"
#include "search/rank/query_words.h"

namespace headwater::database {
namespace {

constexpr kv::Patience kMayWait = kv::Patience::kMayWait;

}  // namespace

absl::StatusOr<std::vector<uint32_t>> CountsUnder(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                                  absl::Span<const std::string> filters) {
  std::vector<std::string> terms;
  for (const std::string& filter : filters) terms.push_back(search::FilterTerm(filter));
  HW_ASSIGN_OR_RETURN(const std::vector<std::string> heads,
                      search::ReadHeads(snapshot, corpus, terms, kMayWait));
  std::vector<uint32_t> counts;
  for (const std::string& value : heads) {
    const std::optional<search::TermHead> head = search::ParseHead(value);
    if (!value.empty() && !head) return search::Damaged("the head of a search term");
    counts.push_back(value.empty() ? 0 : head->count);
  }
  return counts;
}

absl::StatusOr<std::vector<std::string>> IdsUnder(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                                  const std::string& filter, size_t most) {
  const std::string term = search::FilterTerm(filter);
  HW_ASSIGN_OR_RETURN(std::vector<std::string> heads,
                      search::ReadHeads(snapshot, corpus, {term}, kMayWait));
  std::vector<std::string> keys;
  if (!heads.front().empty()) {
    search::PostingReader reader(snapshot, corpus, term, std::move(heads.front()), kMayWait);
    for (; !reader.at_end() && keys.size() < most; reader.NextPage()) {
      for (const uint32_t number : reader.postings().numbers) {
        if (keys.size() < most) keys.push_back(keys::IndexedKey(corpus, number));
      }
    }
    HW_RETURN_IF_ERROR(reader.status());
  }
  std::vector<std::string> ids;
  constexpr size_t kChunk = 500;
  const absl::Span<const std::string> every(keys);
  for (size_t begin = 0; begin < every.size(); begin += kChunk) {
    HW_ASSIGN_OR_RETURN(const auto rows, snapshot.MultiGet(kv::Keyspace::kPostings,
                                                           every.subspan(begin, kChunk), kMayWait));
    for (const std::optional<std::string>& row : rows) {
      const std::optional<search::Indexed> indexed =
          row ? search::DecodeIndexed(*row) : std::nullopt;
      if (!indexed) return search::Damaged("what is indexed");
      ids.push_back(indexed->id);
    }
  }
  return ids;
}

}  // namespace headwater::database
