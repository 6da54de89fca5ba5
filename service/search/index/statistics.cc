#include "search/index/statistics.h"

#include <optional>
#include <string>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/damaged.h"

namespace headwater::search {

absl::StatusOr<IndexStatistics> ReadStatistics(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                               kv::Patience patience) {
  HW_ASSIGN_OR_RETURN(
      const std::optional<std::string> value,
      snapshot.Get(kv::Keyspace::kPostings, keys::IndexStatisticsKey(corpus), patience));
  IndexStatistics statistics;
  if (!value) return statistics;
  absl::string_view in = *value;
  uint64_t count;
  uint64_t next;
  if (!keys::TakeVarint(&in, &count) || !keys::TakeVarint(&in, &next) || next > UINT32_MAX ||
      count > next || !in.empty()) {
    return Damaged("the statistics of a search index");
  }
  statistics.count = static_cast<uint32_t>(count);
  statistics.next_number = static_cast<uint32_t>(next);
  return statistics;
}

void AddStatistics(keys::Corpus corpus, const IndexStatistics& statistics, kv::Batch* batch) {
  std::string value;
  keys::AppendVarint(statistics.count, &value);
  keys::AppendVarint(statistics.next_number, &value);
  batch->Put(kv::Keyspace::kPostings, keys::IndexStatisticsKey(corpus), value);
}

}  // namespace headwater::search
