// All formats that records can be written in.
#ifndef HEADWATER_EXCHANGE_WRITERS_H_
#define HEADWATER_EXCHANGE_WRITERS_H_

#include <memory>
#include <ostream>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {

// Writes records to a stream in one format. Not thread-safe. What was written is whole only once
// Finish has returned OK. After an error the writer is of no further use.
class Writer {
 public:
  virtual ~Writer() = default;

  // Adds a record; each name at most once. Any order will do, but where a format says what a source
  // is called beside what it says (followthemoney's `publisher`), it knows the sources that came
  // before. INVALID_ARGUMENT for a record without a resource or a name, UNAVAILABLE where a
  // temporary file cannot be written.
  virtual absl::Status Add(const v1::Record& record) = 0;

  // Writes what is left. DATA_LOSS where the stream did not take all of it; UNAVAILABLE as above.
  virtual absl::Status Finish() = 0;
};

// A format by its word.
struct WriteFormat {
  const char* word;         // "prov"
  const char* description;  // one sentence for people
  // The writer; `out` must outlive it. UNAVAILABLE where a temporary file cannot be made.
  absl::StatusOr<std::unique_ptr<Writer>> (*open)(std::ostream* out);
};

// The formats, the native one first.
const std::vector<WriteFormat>& WriteFormats();

// A writer by its format's word; INVALID_ARGUMENT, which names the words there are, for any other.
absl::StatusOr<std::unique_ptr<Writer>> OpenWriter(absl::string_view format, std::ostream* out);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_WRITERS_H_
