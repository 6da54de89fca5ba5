#include "exchange/native_reader.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "exchange/record_lines.h"

namespace headwater::exchange {
namespace {

class NativeReader final : public Reader {
 public:
  explicit NativeReader(std::unique_ptr<Input> input) : input_(std::move(input)) {}

  absl::StatusOr<bool> Next(Row* row) override {
    row->Clear();
    while (ReadLine(input_.get(), kMaxRow, &row->raw)) {
      ++row->number;
      if (absl::StripAsciiWhitespace(row->raw).empty()) continue;
      // What was read of a line that the input broke off in is not the line.
      if (!input_->status().ok()) break;
      absl::StatusOr<v1::Record> record = ParseRecord(row->raw);
      if (record.ok()) {
        row->records.push_back(*std::move(record));
        return true;
      }
      const bool too_long = row->raw.size() > kMaxRow;
      if (too_long) row->raw = row->raw.substr(0, kMaxRawOfLong);
      row->Reject(too_long ? "too long" : "not a record", "",
                  std::string(record.status().message()));
      return true;
    }
    if (!input_->status().ok()) return input_->status();
    return false;
  }

 private:
  std::unique_ptr<Input> input_;
};

}  // namespace

std::unique_ptr<Reader> NewNativeReader(std::unique_ptr<Input> input) {
  return std::make_unique<NativeReader>(std::move(input));
}

}  // namespace headwater::exchange
