// An entry of the log: one accepted change, in bytes.
//
//   01               layout of what follows
//   operation        one byte, headwater.v1.Operation
//   varint           commit time, microseconds since 1970
//   varint           how long before that the resource was made, microseconds
//   varint           this sequence minus the request's first
//   varint           the request's last sequence minus this
//   varint           the sequence whose entry holds the resource's bytes; 0 for this one
//   32 bytes         salt
//   32 bytes         salted digest
//   varint, bytes    actor
//   varint, bytes    name, as in the API
//   the rest         stored bytes: the resource; of a deletion its reason; of an undeletion none
//
// The salted digest is SHA-256 over the salt, the name's length (four bytes, most significant
// first), the name, the operation's byte, the stored bytes' length (likewise) and the stored bytes.
// It commits to what was done to what; the ledger's leaves commit to it, so that an entry's payload
// can be erased and every proof still holds.
#ifndef HEADWATER_RECORDS_ENTRY_H_
#define HEADWATER_RECORDS_ENTRY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/sha256.h"
#include "headwater/v1/revision.pb.h"

namespace headwater::records {

inline constexpr size_t kSaltBytes = 32;

// An entry, its variable parts seen in a buffer of someone else's.
struct Entry {
  v1::Operation operation = v1::OPERATION_UNSPECIFIED;
  int64_t commit_micros = 0;
  int64_t create_micros = 0;
  uint64_t sequence = 0;  // not in the bytes: it is the key
  uint64_t first_sequence = 0;
  uint64_t last_sequence = 0;
  uint64_t body_sequence = 0;  // 0: `stored` holds the resource
  absl::string_view salt;
  absl::string_view digest;
  absl::string_view actor;
  absl::string_view name;
  absl::string_view stored;

  bool deleted() const { return operation == v1::OPERATION_DELETE; }
};

void AppendEntry(const Entry& entry, std::string* out);

// The entry in `bytes`, which must outlive it; nullopt where they are damaged.
std::optional<Entry> ParseEntry(uint64_t sequence, absl::string_view bytes);

Sha256Digest SaltedDigest(absl::string_view salt, absl::string_view name, v1::Operation operation,
                          absl::string_view stored);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_ENTRY_H_
