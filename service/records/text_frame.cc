#include "records/text_frame.h"

#include <zstd.h>

namespace headwater::records {

std::string Compress(absl::string_view text) {
  std::string frame(ZSTD_compressBound(text.size()), '\0');
  frame.resize(
      ZSTD_compress(frame.data(), frame.size(), text.data(), text.size(), ZSTD_CLEVEL_DEFAULT));
  return frame;
}

std::optional<std::string> Decompress(absl::string_view frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMaxTextBytes)
    return std::nullopt;
  std::string text(size, '\0');
  const size_t got = ZSTD_decompress(text.data(), text.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) || got != size) return std::nullopt;
  return text;
}

}  // namespace headwater::records
