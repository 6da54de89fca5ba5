// Request ids (AIP-155): what a request was answered with, kept so that a retry gets the same
// answer.
//
// In the keyspace requests, under the hash of principal, method and id:
//   01                layout of what follows
//   32 bytes          SHA-256 of the request
//   varint            unchanged_count of the answer
//   varint            number of resources in the answer, each:
//     varint          the sequence of its revision
#ifndef HEADWATER_DATABASE_WRITING_REQUESTS_H_
#define HEADWATER_DATABASE_WRITING_REQUESTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace headwater::database {

inline constexpr absl::Duration kKeepRequests = absl::Hours(24);

struct RecordedAnswer {
  std::string fingerprint;  // 32 bytes
  uint64_t unchanged_count = 0;
  std::vector<uint64_t> revisions;
};

// What a request id is kept under: 32 bytes.
std::string RequestHash(absl::string_view principal, absl::string_view method,
                        absl::string_view request_id);

std::string RecordedAnswerValue(const RecordedAnswer& answer);
// nullopt where the bytes are damaged.
std::optional<RecordedAnswer> ParseRecordedAnswer(absl::string_view value);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITING_REQUESTS_H_
