#include "exchange/csv/reader.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "exchange/csv/records.h"
#include "exchange/csv/row.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

constexpr size_t kLookAhead = size_t{64} << 10;

class CsvReader final : public Reader {
 public:
  CsvReader(std::unique_ptr<Input> input, CsvMapping mapping, char delimiter, std::string language)
      : input_(std::move(input)),
        mapping_(std::move(mapping)),
        language_(std::move(language)),
        records_(input_.get(), delimiter) {}

  absl::StatusOr<bool> Next(Row* row) override {
    if (!begun_) {
      absl::StatusOr<bool> begun = Begin();
      if (!begun.ok() || !*begun) return begun;
    }
    CsvRecord record;
    absl::StatusOr<bool> more = records_.Next(&record);
    if (!more.ok() || !*more) return more;
    row->Clear();
    row->number = ++number_;
    row->raw = record.raw;
    if (!record.wrong.empty()) {
      const bool too_long = absl::StrContains(record.wrong, "longer");
      row->Reject(too_long ? "too long" : "not CSV", "", record.wrong);
    } else if (record.fields.size() != header_.size()) {
      row->Reject(
          "ragged", "",
          absl::StrCat("has ", record.fields.size(), " fields; the header has ", header_.size()));
    } else {
      CsvRow(mapping_, header_, record).Convert(row);
    }
    return true;
  }

  std::string RawHeader() const override { return raw_header_; }

 private:
  // Reads the header; false where the file is empty.
  absl::StatusOr<bool> Begin() {
    begun_ = true;
    header_ = mapping_.columns;
    if (header_.empty()) {
      CsvRecord header;
      absl::StatusOr<bool> more = records_.Next(&header);
      if (!more.ok() || !*more) return more;
      if (!header.wrong.empty()) {
        return absl::InvalidArgumentError(absl::StrCat("the header ", header.wrong));
      }
      ++number_;
      raw_header_ = header.raw;
      for (const std::string& column : header.fields) header_.push_back(Collapsed(ToUtf8(column)));
    }
    if (mapping_.records.empty()) {
      absl::StatusOr<CsvMapping> mapping = MappingOfHeader(header_, language_);
      if (!mapping.ok()) return mapping.status();
      mapping_.records = mapping->records;
    }
    const absl::Status status = CheckColumns();
    if (!status.ok()) return status;
    return true;
  }

  absl::Status CheckColumns() const {
    const std::set<std::string> columns(header_.begin(), header_.end());
    std::set<std::string> wanted;
    for (const CsvMapping::Record& record : mapping_.records) {
      wanted.insert({record.only_if, record.id_column});
      wanted.insert(record.key_columns.begin(), record.key_columns.end());
      for (const auto& [path, value] : record.fields) wanted.insert(value.column);
    }
    for (const std::string& column : wanted) {
      if (!column.empty() && !columns.contains(column)) {
        return absl::InvalidArgumentError(absl::StrCat(
            "there is no column \"", column, "\", of which the mapping speaks; there are ",
            Shortened(absl::StrJoin(header_, ", "), 300)));
      }
    }
    return absl::OkStatus();
  }

  std::unique_ptr<Input> input_;
  CsvMapping mapping_;
  std::string language_;
  CsvRecords records_;
  bool begun_ = false;
  int64_t number_ = 0;
  std::vector<std::string> header_;
  std::string raw_header_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Reader>> NewCsvReader(std::unique_ptr<Input> input,
                                                     const std::string& mapping, char delimiter,
                                                     std::string language) {
  CsvMapping parsed;
  if (!mapping.empty()) {
    absl::StatusOr<CsvMapping> given = ParseCsvMapping(mapping);
    if (!given.ok()) return given.status();
    parsed = *std::move(given);
  }
  if (delimiter == 0) delimiter = parsed.delimiter;
  if (delimiter == 0) delimiter = SniffDelimiter(input->Peek(kLookAhead));
  return std::unique_ptr<Reader>(std::make_unique<CsvReader>(std::move(input), std::move(parsed),
                                                             delimiter, std::move(language)));
}

}  // namespace headwater::exchange
