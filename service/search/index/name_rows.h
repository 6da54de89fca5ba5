// The names in an index, by the letters in them: so that a mistyped name finds the right one.
#ifndef HEADWATER_SEARCH_INDEX_NAME_ROWS_H_
#define HEADWATER_SEARCH_INDEX_NAME_ROWS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "keys/register.h"
#include "kv/batch.h"
#include "kv/engine.h"

namespace headwater::search {

// Names are kept whole up to this many bytes; longer ones are left out.
inline constexpr size_t kMaxNameBytes = 90;

// Adds rows for names that are borne by so many more resources than in the snapshot (or fewer).
// Errors: those of the snapshot, kDataLoss.
absl::Status AddNameRows(const kv::Snapshot& snapshot, keys::Corpus corpus,
                         const std::map<std::string, int64_t>& more, kv::Batch* batch);

struct SimilarName {
  std::string name;        // as it is to be shown
  size_t distance = 0;     // how many letters are other, too many, missing or exchanged
  uint64_t resources = 0;  // how many bear it
};

// The names nearest to `name`, nearest first and then those of most resources; at most `most`.
// Names are compared folded, and where one is not of Latin script in Latin letters too. A letter in
// three may differ, three at most; the same name is among them. Of letters that very many names
// share only the first thousands are looked at (60,000 rows in all), and of the names found so the
// 1,000 that share the most letters are compared: a name of many letters costs some tens of
// milliseconds, whatever the store holds. Errors: those of the snapshot, kDataLoss, kCancelled.
absl::StatusOr<std::vector<SimilarName>> FindSimilarNames(const kv::Snapshot& snapshot,
                                                          keys::Corpus corpus,
                                                          absl::string_view name, size_t most,
                                                          kv::Patience patience);

// How far two texts are apart, in code points, exchanged neighbours counting once; `limit` + 1
// where it is more than `limit`.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_NAME_ROWS_H_
