#include "exchange/csv/records.h"

#include <csv.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// libcsv's parser, and what it has said of the record at hand.
struct CsvRecords::Parser {
  explicit Parser(char with) : delimiter(with) { Start(); }
  ~Parser() { csv_free(&csv); }

  void Start() {
    // It fails without memory alone.
    if (csv_init(&csv, CSV_STRICT_FINI) != 0) std::abort();
    csv_set_delim(&csv, static_cast<unsigned char>(delimiter));
    // It grows by blocks: by those of its own, of 128 bytes, a field of some MiB would be copied
    // a hundred thousand times.
    csv_set_blk_size(&csv, size_t{1} << 16);
    // RFC 4180: spaces are part of a field.
    csv_set_space_func(&csv, [](unsigned char) { return 0; });
  }

  void Restart() {
    csv_free(&csv);
    Start();
    fields.clear();
    ended = false;
  }

  static void OnField(void* data, size_t size, void* self) {
    auto* parser = static_cast<Parser*>(self);
    if (parser->fields.size() > kMaxCsvFields) return;
    parser->fields.emplace_back(static_cast<const char*>(data), size);
  }
  static void OnRecord(int, void* self) { static_cast<Parser*>(self)->ended = true; }

  bool Feed(char c) { return csv_parse(&csv, &c, 1, OnField, OnRecord, this) == 1; }

  csv_parser csv;
  const char delimiter;
  std::vector<std::string> fields;
  bool ended = false;
};

CsvRecords::CsvRecords(Input* input, char delimiter)
    : input_(input), parser_(std::make_unique<Parser>(delimiter)) {}
CsvRecords::~CsvRecords() = default;

char SniffDelimiter(absl::string_view text) {
  constexpr std::array<char, 4> kDelimiters = {',', ';', '\t', '|'};
  std::array<int, 4> counts = {};
  bool quoted = false;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    for (size_t i = 0; i < kDelimiters.size(); ++i) counts[i] += c == kDelimiters[i] ? 1 : 0;
  }
  size_t most = 0;
  for (size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > counts[most]) most = i;
  }
  return kDelimiters[most];
}

void CsvRecords::SkipLine() {
  for (int c = input_->Get(); c >= 0 && c != '\n'; c = input_->Get()) {
  }
}

absl::StatusOr<bool> CsvRecords::Next(CsvRecord* record) {
  record->fields.clear();
  record->raw.clear();
  record->wrong.clear();
  parser_->fields.clear();
  parser_->ended = false;
  for (int c = input_->Get(); c >= 0; c = input_->Get()) {
    // The line feed of the CR LF that ended the record before, and blank lines.
    const bool line_end = c == '\n' || c == '\r';
    if (!parser_->Feed(static_cast<char>(c))) {
      record->wrong = "has a quotation mark out of place";
    } else if (record->raw.size() >= kMaxRow) {
      record->wrong =
          absl::StrCat("is longer than ", kMaxRow >> 20, " MiB; is a quotation mark not closed?");
    } else if (parser_->fields.size() > kMaxCsvFields) {
      record->wrong = absl::StrCat("has more than ", kMaxCsvFields, " fields");
    }
    if (!record->wrong.empty()) {
      if (!line_end) SkipLine();
      record->raw.resize(std::min(record->raw.size(), kMaxRawOfLong));
      parser_->Restart();
      return true;
    }
    if (parser_->ended) {
      record->fields = std::move(parser_->fields);
      parser_->fields.clear();
      return true;
    }
    if (!line_end || !record->raw.empty()) record->raw.push_back(static_cast<char>(c));
  }
  if (!input_->status().ok()) return input_->status();
  if (record->raw.empty()) return false;
  // libcsv says so of strict parsing alone, which refuses marks within bare fields, too.
  constexpr int kInField = 2;
  const bool open = parser_->csv.quoted != 0 && parser_->csv.pstate == kInField;
  if (open || csv_fini(&parser_->csv, Parser::OnField, Parser::OnRecord, parser_.get()) != 0) {
    record->wrong = "is cut off: a quotation mark is not closed";
    parser_->Restart();
    return true;
  }
  record->fields = std::move(parser_->fields);
  return true;
}

}  // namespace headwater::exchange
