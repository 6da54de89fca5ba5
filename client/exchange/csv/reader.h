// CSV as records.
#ifndef HEADWATER_EXCHANGE_CSV_READER_H_
#define HEADWATER_EXCHANGE_CSV_READER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "exchange/csv/mapping.h"
#include "exchange/input.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// Reads CSV by a mapping (see csv_mapping.h; its text may be empty). Records are counted with the
// header. Rejected are rows with another number of fields than the header ("ragged"), with a
// quotation mark out of place or not closed ("not CSV"), and such as lack what a record needs
// ("text is missing"). `delimiter` 0: the mapping's, or the header's. A mapped column that the
// header does not have is an error of the file, and comes with the first Next.
absl::StatusOr<std::unique_ptr<Reader>> NewCsvReader(std::unique_ptr<Input> input,
                                                     const std::string& mapping, char delimiter,
                                                     std::string language);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_CSV_READER_H_
