#include "exchange/ftm/rows.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "exchange/json_text.h"

namespace headwater::exchange {
namespace {

constexpr const char* kNeeded[] = {"entity_id", "prop", "schema", "value", "dataset"};

}  // namespace

absl::Status FtmRows::Begin() {
  int first = input_->Look();
  while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
    input_->Get();
    first = input_->Look();
  }
  if (first == '{' || first == '[' || first < 0) {
    shape_ = Shape::kJson;
    return absl::OkStatus();
  }
  shape_ = Shape::kCsv;
  CsvRecord record;
  if (const absl::StatusOr<bool> more = records_.Next(&record); !more.ok()) return more.status();
  header_ = record.raw;
  columns_ = std::move(record.fields);
  number_ = 1;
  for (const char* column : kNeeded) {
    if (std::find(columns_.begin(), columns_.end(), column) == columns_.end()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "is neither JSON lines nor a CSV of FollowTheMoney statements: no column ", column));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> FtmRows::Next(Row* row, FtmStatement* statement) {
  row->Clear();
  *statement = FtmStatement();
  if (shape_ == Shape::kUnknown) {
    if (absl::Status status = Begin(); !status.ok()) return status;
  }
  const absl::StatusOr<bool> more =
      shape_ == Shape::kJson ? NextJson(row, statement) : NextCsv(row, statement);
  if (!more.ok() || !*more || row->rejected()) return more;
  const std::string missing = MissingInFtm(*statement);
  if (!missing.empty()) row->Reject(absl::StrCat(missing, " is missing"), missing, "must be there");
  return true;
}

absl::StatusOr<bool> FtmRows::NextJson(Row* row, FtmStatement* statement) {
  std::string text;
  const absl::StatusOr<bool> more = items_.Next(row, &text);
  if (!more.ok() || !*more || row->rejected()) return more;
  const absl::StatusOr<Json> json = ParseJson(text);
  absl::StatusOr<FtmStatement> read = json.ok() ? FtmFromJson(*json) : json.status();
  if (read.ok()) {
    *statement = *std::move(read);
  } else {
    row->Reject("not JSON", "", std::string(read.status().message()));
  }
  return true;
}

absl::StatusOr<bool> FtmRows::NextCsv(Row* row, FtmStatement* statement) {
  CsvRecord record;
  const absl::StatusOr<bool> more = records_.Next(&record);
  if (!more.ok() || !*more) return more;
  row->number = ++number_;
  row->raw = std::move(record.raw);
  if (!record.wrong.empty()) {
    row->raw.resize(std::min(row->raw.size(), kMaxRawOfLong));
    row->Reject("too long", "", record.wrong);
    return true;
  }
  if (record.fields.size() != columns_.size()) {
    row->Reject(
        "wrong number of cells", "",
        absl::StrCat("has ", record.fields.size(), " cells; the header has ", columns_.size()));
    return true;
  }
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i] == "external") statement->external = FtmTruth(record.fields[i]);
    if (std::string* field = FtmField(columns_[i], statement)) *field = record.fields[i];
  }
  return true;
}

std::string MissingInFtm(const FtmStatement& statement) {
  FtmStatement copy = statement;
  for (const char* column : kNeeded) {
    if (FtmField(column, &copy)->empty()) return column;
  }
  return "";
}

}  // namespace headwater::exchange
