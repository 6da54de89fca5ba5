// Document text as it stands in blobs: one zstd frame.
#ifndef HEADWATER_RECORDS_TEXT_FRAME_H_
#define HEADWATER_RECORDS_TEXT_FRAME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater::records {

// The longest text in bytes: a million code points of four bytes (Document.text's bound).
inline constexpr size_t kMaxTextBytes = 4'000'000;

std::string Compress(absl::string_view text);

// nullopt where the frame is damaged or says it holds more than kMaxTextBytes.
std::optional<std::string> Decompress(absl::string_view frame);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_TEXT_FRAME_H_
