// The head row, and what every engine checks before it writes. Private to kv/.
#ifndef HEADWATER_KV_HEAD_H_
#define HEADWATER_KV_HEAD_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kv/batch.h"

namespace headwater::kv {

// The value of kHeadKey: eight bytes, big-endian.
std::string EncodeHead(uint64_t head);
// kDataLoss if `value` is not eight bytes.
absl::StatusOr<uint64_t> DecodeHead(absl::string_view value);

// The errors of Engine::Commit that leave nothing applied: kInvalidArgument, kFailedPrecondition.
absl::Status CheckCommit(const Batch& batch, uint64_t head, uint64_t expected_head,
                         uint64_t new_head);

}  // namespace headwater::kv

#endif  // HEADWATER_KV_HEAD_H_
