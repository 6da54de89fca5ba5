// CSV as it is found: RFC 4180, with any delimiter and any line ends.
#ifndef HEADWATER_EXCHANGE_CSV_RECORDS_H_
#define HEADWATER_EXCHANGE_CSV_RECORDS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "exchange/input.h"

namespace headwater::exchange {

// The most fields that a record may have.
inline constexpr size_t kMaxCsvFields = 10'000;

struct CsvRecord {
  std::vector<std::string> fields;
  std::string raw;    // as it stands in the file, without its line end
  std::string wrong;  // why it is none ("is longer than 16 MiB"); fields are empty then
};

// The delimiter that the first line of a text speaks for: of comma, semicolon, tab and bar the one
// that stands most often outside of quotes; a comma where none does.
char SniffDelimiter(absl::string_view text);

// Reads records one after another. Fields may be quoted, with quotes doubled and line breaks in
// them; spaces are part of a field; blank lines are read over. A record longer than kMaxRow, or
// with more than kMaxCsvFields fields, is wrong: it is given up there, and reading goes on behind
// the next line end.
class CsvRecords {
 public:
  // `input` must outlive this.
  CsvRecords(Input* input, char delimiter);
  ~CsvRecords();

  // False at the end. Errors are the input's.
  absl::StatusOr<bool> Next(CsvRecord* record);

 private:
  struct Parser;

  void SkipLine();

  Input* input_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_CSV_RECORDS_H_
