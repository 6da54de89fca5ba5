#include "gateway/compression.h"

#include <zlib.h>

#include <cstdint>

namespace headwater::gateway {
namespace {

constexpr int kGzip = 15 + 16;       // zlib's window of 32 KiB, and gzip's header and trailer
constexpr size_t kMostRatio = 1032;  // the most that a byte can stand for
constexpr size_t kLeast = 18;        // a header and a trailer

absl::Status NotGzip() {
  return absl::InvalidArgumentError("what was sent as gzip is not gzip, or is cut short");
}

// zlib does not change what it reads, but takes no pointer to const.
Bytef* In(absl::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

std::string PackAt(int level, absl::string_view bytes) {
  z_stream stream = {};
  deflateInit2(&stream, level, Z_DEFLATED, kGzip, /*memLevel=*/8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = In(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  packed.shrink_to_fit();  // it may wait for its reader for long
  deflateEnd(&stream);
  return packed;
}

}  // namespace

absl::StatusOr<size_t> UnpackedSize(absl::string_view packed) {
  if (packed.size() < kLeast || packed.substr(0, 3) != "\x1f\x8b\x08") return NotGzip();
  const auto* const end = reinterpret_cast<const unsigned char*>(packed.data()) + packed.size();
  const size_t size =
      size_t{end[-4]} | size_t{end[-3]} << 8 | size_t{end[-2]} << 16 | size_t{end[-1]} << 24;
  if (size > packed.size() * kMostRatio) return NotGzip();
  return size;
}

absl::StatusOr<std::string> Unpack(absl::string_view packed) {
  const absl::StatusOr<size_t> size = UnpackedSize(packed);
  if (!size.ok()) return size.status();
  z_stream stream = {};
  if (inflateInit2(&stream, kGzip) != Z_OK) return NotGzip();
  // A byte more than there should be: so what unpacks to more is told, and nothing has a place too.
  std::string bytes(*size + 1, '\0');
  stream.next_in = In(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  const int result = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  const bool whole = result == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 1;
  if (!whole) return NotGzip();
  bytes.pop_back();
  return bytes;
}

std::string Pack(absl::string_view bytes) { return PackAt(1, bytes); }

std::string PackTightly(absl::string_view bytes) { return PackAt(9, bytes); }

}  // namespace headwater::gateway
