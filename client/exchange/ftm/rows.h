// The rows of a file of FollowTheMoney statements, CSV or JSON lines.
#ifndef HEADWATER_EXCHANGE_FTM_ROWS_H_
#define HEADWATER_EXCHANGE_FTM_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "exchange/csv/records.h"
#include "exchange/ftm/statement.h"
#include "exchange/input.h"
#include "exchange/json_items.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// Reads statements one after another; the first byte tells JSON ("{", "[") from CSV. Holds one row.
class FtmRows {
 public:
  explicit FtmRows(Input* input) : input_(input), items_(input), records_(input, ',') {}

  // Reads the next row's number and text into `*row` and its statement into `*statement`; a row
  // that is none is rejected. False at the end. INVALID_ARGUMENT for a CSV without the columns
  // entity_id, prop, schema, value and dataset.
  absl::StatusOr<bool> Next(Row* row, FtmStatement* statement);

  // The CSV's header as it stood there; empty for JSON.
  const std::string& header() const { return header_; }

 private:
  enum class Shape { kUnknown, kJson, kCsv };

  absl::Status Begin();
  absl::StatusOr<bool> NextJson(Row* row, FtmStatement* statement);
  absl::StatusOr<bool> NextCsv(Row* row, FtmStatement* statement);

  Input* input_;
  JsonItems items_;
  CsvRecords records_;
  Shape shape_ = Shape::kUnknown;
  std::string header_;
  std::vector<std::string> columns_;
  int64_t number_ = 0;
};

// Says what is missing in a statement, by its column; empty where nothing is.
std::string MissingInFtm(const FtmStatement& statement);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FTM_ROWS_H_
