#include "exchange/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "exchange/unpack.h"

namespace headwater::exchange {
namespace {

constexpr size_t kChunk = size_t{64} << 10;

absl::Status SystemError(const std::string& path, int error) {
  const std::string text = absl::StrCat("cannot read ", path, ": ", std::strerror(error));
  if (error == ENOENT) return absl::NotFoundError(text);
  if (error == EACCES || error == EPERM) return absl::PermissionDeniedError(text);
  return absl::UnavailableError(text);
}

class FileBytes final : public ByteSource {
 public:
  FileBytes(std::string path, int file) : path_(std::move(path)), file_(file) {}
  ~FileBytes() override {
    if (file_ != STDIN_FILENO) close(file_);
  }

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    const ssize_t got = read(file_, into, size);
    if (got >= 0) return static_cast<size_t>(got);
    // A handler that does not want calls restarted wants the program to stop.
    if (errno == EINTR) return absl::CancelledError("interrupted");
    return SystemError(path_, errno);
  }

 private:
  std::string path_;
  int file_;
};

class StringBytes final : public ByteSource {
 public:
  explicit StringBytes(std::string bytes) : bytes_(std::move(bytes)) {}

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    const size_t got = bytes_.copy(into, size, at_);
    at_ += got;
    return got;
  }

 private:
  std::string bytes_;
  size_t at_ = 0;
};

// Gives bytes back that were read to see what they are, then goes on.
class PushedBack final : public ByteSource {
 public:
  PushedBack(std::string first, std::unique_ptr<ByteSource> rest)
      : first_(std::move(first)), rest_(std::move(rest)) {}

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    if (at_ == first_.size()) return rest_->Read(into, size);
    const size_t got = first_.copy(into, size, at_);
    at_ += got;
    return got;
  }

 private:
  std::string first_;
  size_t at_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

}  // namespace

// Counts what is read of the file itself.
class Input::Counted final : public ByteSource {
 public:
  Counted(std::unique_ptr<ByteSource> bytes, std::shared_ptr<int64_t> count)
      : bytes_(std::move(bytes)), count_(std::move(count)) {}

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    absl::StatusOr<size_t> got = bytes_->Read(into, size);
    if (got.ok()) *count_ += static_cast<int64_t>(*got);
    return got;
  }

 private:
  std::unique_ptr<ByteSource> bytes_;
  std::shared_ptr<int64_t> count_;
};

Input::Input(std::string path, std::unique_ptr<ByteSource> bytes, std::optional<int64_t> total)
    : path_(std::move(path)),
      total_(total),
      count_(std::make_shared<int64_t>(0)),
      source_(std::make_unique<Counted>(std::move(bytes), count_)) {}

absl::StatusOr<std::unique_ptr<Input>> Input::Open(const std::string& path) {
  const int file = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return SystemError(path, errno);
  auto bytes = std::make_unique<FileBytes>(path == "-" ? "standard input" : path, file);
  struct stat about;
  if (fstat(file, &about) != 0) return SystemError(path, errno);
  if (S_ISDIR(about.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat("cannot read ", path, ": it is a directory"));
  }
  std::optional<int64_t> total;
  if (S_ISREG(about.st_mode)) total = about.st_size;
  std::unique_ptr<Input> input(new Input(path, std::move(bytes), total));
  if (absl::Status status = input->Begin(); !status.ok()) return status;
  return input;
}

absl::StatusOr<std::unique_ptr<Input>> Input::FromString(std::string bytes) {
  const auto total = static_cast<int64_t>(bytes.size());
  std::unique_ptr<Input> input(
      new Input("memory", std::make_unique<StringBytes>(std::move(bytes)), total));
  if (absl::Status status = input->Begin(); !status.ok()) return status;
  return input;
}

absl::Status Input::Begin() {
  std::string first(4, '\0');
  size_t size = 0;
  while (size < first.size()) {
    absl::StatusOr<size_t> got = source_->Read(first.data() + size, first.size() - size);
    if (!got.ok()) return got.status();
    if (*got == 0) break;
    size += *got;
  }
  first.resize(size);
  const bool gzip = absl::StartsWith(first, "\x1f\x8b");
  const bool zstd = absl::StartsWith(first, "\x28\xb5\x2f\xfd");
  if ((absl::EndsWith(path_, ".gz") && !gzip) || (absl::EndsWith(path_, ".zst") && !zstd)) {
    return absl::InvalidArgumentError(absl::StrCat(
        path_, " is not compressed as its name says: it does not begin as such files do"));
  }
  source_ = std::make_unique<PushedBack>(std::move(first), std::move(source_));
  if (gzip) source_ = UnpackGzip(std::move(source_));
  if (zstd) source_ = UnpackZstd(std::move(source_));
  const absl::string_view text = Peek(4);
  if (!status_.ok()) return status_;
  if (absl::StartsWith(text, "\xff\xfe") || absl::StartsWith(text, "\xfe\xff") ||
      absl::StartsWith(text, absl::string_view("\0\0\xfe\xff", 4))) {
    return absl::InvalidArgumentError(absl::StrCat(path_,
                                                   " is in UTF-16 or UTF-32; convert it to UTF-8 "
                                                   "(iconv -f UTF-16 -t UTF-8)"));
  }
  if (absl::StartsWith(text, "\xef\xbb\xbf")) at_ += 3;
  return absl::OkStatus();
}

bool Input::Fill() {
  if (!status_.ok()) return false;
  buffer_.resize(kChunk);
  at_ = 0;
  absl::StatusOr<size_t> got = source_->Read(buffer_.data(), buffer_.size());
  buffer_.resize(got.ok() ? *got : 0);
  if (!got.ok()) status_ = got.status();
  return !buffer_.empty();
}

absl::string_view Input::Peek(size_t size) {
  if (buffer_.size() - at_ < size && status_.ok()) {
    buffer_.erase(0, at_);
    at_ = 0;
    while (buffer_.size() < size) {
      const size_t held = buffer_.size();
      buffer_.resize(std::max(size, held + 1));
      absl::StatusOr<size_t> got = source_->Read(buffer_.data() + held, buffer_.size() - held);
      buffer_.resize(held + (got.ok() ? *got : 0));
      if (!got.ok()) status_ = got.status();
      if (buffer_.size() == held) break;
    }
  }
  return absl::string_view(buffer_).substr(at_, size);
}

int64_t Input::bytes_read() const { return *count_; }

bool ReadLine(Input* input, size_t most, std::string* line) {
  line->clear();
  int c = input->Get();
  if (c < 0) return false;
  for (; c >= 0 && c != '\n'; c = input->Get()) {
    if (line->size() <= most) line->push_back(static_cast<char>(c));
  }
  if (!line->empty() && line->back() == '\r') line->pop_back();
  return true;
}

}  // namespace headwater::exchange
