#include "exchange/spool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace headwater::exchange {
namespace {

constexpr size_t kPending = size_t{1} << 20;

absl::Status SystemError(absl::string_view what) {
  return absl::UnavailableError(absl::StrCat(what, ": ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<Spool> Spool::Open() {
  const char* directory = getenv("TMPDIR");
  std::string path = absl::StrCat(directory != nullptr && *directory != '\0' ? directory : "/tmp",
                                  "/headwater-XXXXXX");
  const int file = mkstemp(path.data());
  if (file < 0) return SystemError(absl::StrCat("cannot make the temporary file ", path));
  unlink(path.c_str());
  return Spool(file);
}

Spool::Spool(Spool&& other) noexcept
    : file_(other.file_), end_(other.end_), pending_(std::move(other.pending_)) {
  other.file_ = -1;
}

Spool::~Spool() {
  if (file_ >= 0) close(file_);
}

SpoolPlace Spool::Place(size_t length) {
  const SpoolPlace place{end_, static_cast<uint32_t>(length)};
  end_ += length;
  return place;
}

absl::Status Spool::FlushIfMuch() {
  return pending_.size() >= kPending ? Flush() : absl::OkStatus();
}

absl::StatusOr<SpoolPlace> Spool::Write(const google::protobuf::MessageLite& message) {
  const size_t before = pending_.size();
  if (!message.AppendToString(&pending_)) {
    return absl::InvalidArgumentError("larger than 2 GiB");
  }
  const SpoolPlace place = Place(pending_.size() - before);
  if (absl::Status status = FlushIfMuch(); !status.ok()) return status;
  return place;
}

absl::StatusOr<SpoolPlace> Spool::WriteBytes(absl::string_view bytes) {
  pending_.append(bytes.data(), bytes.size());
  const SpoolPlace place = Place(bytes.size());
  if (absl::Status status = FlushIfMuch(); !status.ok()) return status;
  return place;
}

absl::Status Spool::Flush() {
  for (absl::string_view rest = pending_; !rest.empty();) {
    const ssize_t written = write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemError("cannot write the temporary file");
    rest.remove_prefix(written);
  }
  pending_.clear();
  return absl::OkStatus();
}

absl::Status Spool::ReadBytes(SpoolPlace place, std::string* bytes) {
  if (absl::Status status = Flush(); !status.ok()) return status;
  bytes->resize(place.length);
  for (size_t got = 0; got < bytes->size();) {
    const ssize_t n = pread(file_, bytes->data() + got, bytes->size() - got, place.offset + got);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return SystemError("cannot read the temporary file");
    got += n;
  }
  return absl::OkStatus();
}

absl::Status Spool::Read(SpoolPlace place, google::protobuf::MessageLite* message) {
  std::string bytes;
  if (absl::Status status = ReadBytes(place, &bytes); !status.ok()) return status;
  if (!message->ParseFromString(bytes)) {
    return absl::UnavailableError("the temporary file has changed under us");
  }
  return absl::OkStatus();
}

void Spool::Forget(uint64_t offset) {
  if (offset > end_ - pending_.size()) return;
  fallocate(file_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(offset));
}

}  // namespace headwater::exchange
