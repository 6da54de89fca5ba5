// The reader that all formats of JSON values share: one value is one row.
#ifndef HEADWATER_EXCHANGE_JSON_READER_H_
#define HEADWATER_EXCHANGE_JSON_READER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "exchange/input.h"
#include "exchange/json_text.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// Makes the records of a value, whose exact text is `text`, or rejects the row. The row's number
// and raw text are there.
using ConvertJson = std::function<void(const Json& value, const std::string& text, Row* row)>;

// Reads values one after another or in arrays, as JsonItems finds them; `within` is its. What is
// not JSON is rejected ("not JSON") and not converted.
std::unique_ptr<Reader> NewJsonReader(std::unique_ptr<Input> input, std::vector<std::string> within,
                                      ConvertJson convert);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_JSON_READER_H_
