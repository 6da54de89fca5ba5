// Days in one spelling, however they are written.
#ifndef HEADWATER_SEARCH_TEXT_DATES_H_
#define HEADWATER_SEARCH_TEXT_DATES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "search/text/token.h"

namespace headwater::search {

// Belongs to one thread.
class DateReader {
 public:
  // Puts before the first token of each day written out in full one more for the whole of it, as
  // "=2020-01-06": "6 January 2020", "January 6, 2020", "ngày 6 tháng 1 năm 2020", "2020-01-06",
  // "6/1/2020", "2020年1月6日". Months by ICU's names for `language` (PrimaryLanguage). Where
  // figures alone leave open which is the day, English texts are not read, others by day and month.
  void AddDates(absl::string_view text, const std::string& language, std::vector<Token>* tokens);

 private:
  using Months = absl::flat_hash_map<std::string, int>;  // folded, from 1
  const Months& MonthsOf(const std::string& language);

  std::map<std::string, Months> by_language_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_DATES_H_
