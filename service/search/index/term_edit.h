// Changes to the postings of one term.
#ifndef HEADWATER_SEARCH_INDEX_TERM_EDIT_H_
#define HEADWATER_SEARCH_INDEX_TERM_EDIT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "keys/register.h"
#include "kv/batch.h"
#include "kv/engine.h"
#include "search/index/posting_list.h"

namespace headwater::search {

struct PostingChange {
  Posting posting;  // of a removal its number alone
  bool is_removal = false;
};

// Adds to `batch` the rows that make the changes, each of another number and in ascending order.
// `head` is the value of the term's head in the snapshot, nullopt where it has none. Putting a
// posting that is there replaces it; removing one that is not there does nothing. Errors: those of
// the snapshot, and kDataLoss where rows are damaged.
absl::Status EditTerm(const kv::Snapshot& snapshot, keys::Corpus corpus, absl::string_view term,
                      const std::optional<std::string>& head,
                      absl::Span<const PostingChange> changes, kv::Batch* batch);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_TERM_EDIT_H_
