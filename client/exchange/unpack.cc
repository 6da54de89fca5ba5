#include "exchange/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace headwater::exchange {
namespace {

constexpr size_t kChunk = size_t{64} << 10;
constexpr int kLargestWindow = 27;  // 128 MiB, as a power of two

absl::Status EndsTooEarly(const char* format) {
  return absl::DataLossError(absl::StrCat(
      "the ", format, " data end before their end: the file was cut off; fetch it again"));
}

absl::Status Broken(const char* format, const char* why) {
  return absl::DataLossError(absl::StrCat("the ", format, " data are broken: ", why));
}

class Gzip final : public ByteSource {
 public:
  explicit Gzip(std::unique_ptr<ByteSource> packed)
      : packed_(std::move(packed)), input_(kChunk, '\0') {
    // 16: gzip and nothing else. It fails without memory alone, and then inflate says so.
    inflateInit2(&stream_, 15 + 16);
  }
  ~Gzip() override { inflateEnd(&stream_); }

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0) {
        absl::StatusOr<size_t> got = packed_->Read(input_.data(), input_.size());
        if (!got.ok()) return got;
        if (*got == 0) {
          if (!between_) return EndsTooEarly("gzip");
          break;
        }
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(*got);
      }
      if (between_) inflateReset(&stream_);
      between_ = false;
      const int code = inflate(&stream_, Z_NO_FLUSH);
      if (code == Z_STREAM_END) {
        between_ = true;
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return Broken("gzip", stream_.msg == nullptr ? zError(code) : stream_.msg);
      }
    }
    return size - stream_.avail_out;
  }

 private:
  std::unique_ptr<ByteSource> packed_;
  std::string input_;
  z_stream stream_ = {};
  bool between_ = false;  // at the end of a member
};

class Zstd final : public ByteSource {
 public:
  explicit Zstd(std::unique_ptr<ByteSource> packed)
      : packed_(std::move(packed)), input_(kChunk, '\0'), context_(ZSTD_createDCtx()) {
    ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, kLargestWindow);
  }
  ~Zstd() override { ZSTD_freeDCtx(context_); }

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    ZSTD_outBuffer out{into, size, 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size && !more_) {
        absl::StatusOr<size_t> got = packed_->Read(input_.data(), input_.size());
        if (!got.ok()) return got;
        if (*got == 0) {
          if (!between_) return EndsTooEarly("zstd");
          break;
        }
        in_ = {input_.data(), *got, 0};
      }
      const size_t code = ZSTD_decompressStream(context_, &out, &in_);
      if (ZSTD_isError(code) != 0) return Broken("zstd", ZSTD_getErrorName(code));
      between_ = code == 0;
      more_ = out.pos == out.size && !between_;
    }
    return out.pos;
  }

 private:
  std::unique_ptr<ByteSource> packed_;
  std::string input_;
  ZSTD_DCtx* context_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool between_ = false;  // at the end of a frame
  bool more_ = false;     // it may hold output that did not fit
};

}  // namespace

std::unique_ptr<ByteSource> UnpackGzip(std::unique_ptr<ByteSource> packed) {
  return std::make_unique<Gzip>(std::move(packed));
}

std::unique_ptr<ByteSource> UnpackZstd(std::unique_ptr<ByteSource> packed) {
  return std::make_unique<Zstd>(std::move(packed));
}

}  // namespace headwater::exchange
