// What stands under a filter in the search index.
#ifndef HEADWATER_DATABASE_FINDING_FILTER_ROWS_H_
#define HEADWATER_DATABASE_FINDING_FILTER_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "keys/register.h"
#include "kv/engine.h"

namespace headwater::database {

// How many resources stand under each of the filters (IndexedText::filters).
absl::StatusOr<std::vector<uint32_t>> CountsUnder(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                                  absl::Span<const std::string> filters);

// The ids of those that stand under it, in the order in which they were indexed; at most `most`.
absl::StatusOr<std::vector<std::string>> IdsUnder(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                                  const std::string& filter, size_t most);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_FILTER_ROWS_H_
