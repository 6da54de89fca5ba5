// What a row of the index that can't be read is told as.
#ifndef HEADWATER_SEARCH_INDEX_DAMAGED_H_
#define HEADWATER_SEARCH_INDEX_DAMAGED_H_

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace headwater::search {

inline absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat(what, " is damaged: stop the server and have the search index made anew"));
}

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_DAMAGED_H_
