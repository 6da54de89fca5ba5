#include "exchange/json_reader.h"

#include <utility>

#include "exchange/json_items.h"

namespace headwater::exchange {
namespace {

class JsonReader final : public Reader {
 public:
  JsonReader(std::unique_ptr<Input> input, std::vector<std::string> within, ConvertJson convert)
      : input_(std::move(input)),
        convert_(std::move(convert)),
        items_(input_.get(), std::move(within)) {}

  absl::StatusOr<bool> Next(Row* row) override {
    std::string text;
    absl::StatusOr<bool> more = items_.Next(row, &text);
    if (!more.ok() || !*more || row->rejected()) return more;
    const absl::StatusOr<Json> value = ParseJson(text);
    if (value.ok()) {
      convert_(*value, text, row);
    } else {
      row->Reject("not JSON", "", std::string(value.status().message()));
    }
    return true;
  }

 private:
  std::unique_ptr<Input> input_;
  ConvertJson convert_;
  JsonItems items_;
};

}  // namespace

std::unique_ptr<Reader> NewJsonReader(std::unique_ptr<Input> input, std::vector<std::string> within,
                                      ConvertJson convert) {
  return std::make_unique<JsonReader>(std::move(input), std::move(within), std::move(convert));
}

}  // namespace headwater::exchange
