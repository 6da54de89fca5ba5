#include "kv/head.h"

#include "absl/strings/str_cat.h"
#include "kv/engine.h"

namespace headwater::kv {

std::string EncodeHead(uint64_t head) {
  std::string value(sizeof head, '\0');
  for (size_t i = value.size(); i-- > 0; head >>= 8) value[i] = static_cast<char>(head & 0xff);
  return value;
}

absl::StatusOr<uint64_t> DecodeHead(absl::string_view value) {
  if (value.size() != sizeof(uint64_t)) {
    return absl::DataLossError(
        absl::StrCat("the store's head is ", value.size(), " bytes long, not 8"));
  }
  uint64_t head = 0;
  for (const char byte : value) head = head << 8 | static_cast<unsigned char>(byte);
  return head;
}

absl::Status CheckCommit(const Batch& batch, uint64_t head, uint64_t expected_head,
                         uint64_t new_head) {
  if (new_head < expected_head) {
    return absl::InvalidArgumentError(
        absl::StrCat("a commit may not take the head back from ", expected_head, " to ", new_head));
  }
  for (size_t i = 0; i < batch.size(); ++i) {
    const Batch::Change change = batch[i];
    if (change.keyspace == Keyspace::kMeta && change.key == kHeadKey) {
      return absl::InvalidArgumentError("only the engine writes the row of the head");
    }
  }
  if (head != expected_head) {
    return absl::FailedPreconditionError(
        absl::StrCat("the head is ", head, ", not ", expected_head, ": another writer was here"));
  }
  return absl::OkStatus();
}

}  // namespace headwater::kv
