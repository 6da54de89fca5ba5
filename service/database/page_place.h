// Where a page of a question about many claims ends, as bytes for a page token, and how much is
// done for one page.
#ifndef HEADWATER_DATABASE_PAGE_PLACE_H_
#define HEADWATER_DATABASE_PAGE_PLACE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/scan.h"

namespace headwater::database {

// What one page of such a question may cost. Tests make them smaller.
struct PageBounds {
  size_t rows = kMostExamined;  // of indexes; three or more, one for each index within another
  size_t groups = 100;          // of claims that say the same, gathered and settled
  // Behind those that were settled: with more the page ends.
  size_t attributions = 50'000;
};

// Any strings, one after the other.
std::string EncodePlace(const std::vector<std::string>& parts);

// kInvalidArgument naming page_token where `bytes` are not of so many parts or more.
absl::StatusOr<std::vector<std::string>> DecodePlace(absl::string_view bytes, size_t least);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_PAGE_PLACE_H_
