// Rows put by, to be read again in another order.
#ifndef HEADWATER_EXCHANGE_SPOOL_H_
#define HEADWATER_EXCHANGE_SPOOL_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message_lite.h"

namespace headwater::exchange {

// Where a message lies in a spool.
struct SpoolPlace {
  uint64_t offset;
  uint32_t length;
};

// A temporary file of messages or bytes, gone when the spool is destroyed or the process ends,
// however it ends. Errors are UNAVAILABLE with what the system says. Not thread-safe.
class Spool {
 public:
  // Makes the file in $TMPDIR, or /tmp.
  static absl::StatusOr<Spool> Open();

  Spool(Spool&& other) noexcept;
  Spool& operator=(Spool&&) = delete;
  ~Spool();

  // Puts a message by.
  absl::StatusOr<SpoolPlace> Write(const google::protobuf::MessageLite& message);

  // Reads one that was put by.
  absl::Status Read(SpoolPlace place, google::protobuf::MessageLite* message);

  // The same for bytes as they are: at most 4 GiB at a time.
  absl::StatusOr<SpoolPlace> WriteBytes(absl::string_view bytes);
  absl::Status ReadBytes(SpoolPlace place, std::string* bytes);

  // Gives the room of all before the offset back to the disk, where its file system can do that:
  // nothing there is read again.
  void Forget(uint64_t offset);

 private:
  explicit Spool(int file) : file_(file) {}
  SpoolPlace Place(size_t length);
  absl::Status Flush();
  absl::Status FlushIfMuch();

  int file_;
  uint64_t end_ = 0;     // of what was given, on the file or not
  std::string pending_;  // the part of it that is not on the file yet
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_SPOOL_H_
