// The native format as a Reader.
#ifndef HEADWATER_EXCHANGE_NATIVE_READER_H_
#define HEADWATER_EXCHANGE_NATIVE_READER_H_

#include <memory>

#include "exchange/input.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// Reads one v1::Record in JSON a line (see record_lines.h); blank lines are read over. Rejected is
// what ParseRecord refuses ("not a record") and a line longer than kMaxRow ("too long").
std::unique_ptr<Reader> NewNativeReader(std::unique_ptr<Input> input);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_NATIVE_READER_H_
