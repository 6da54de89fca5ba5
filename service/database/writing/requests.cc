#include "database/writing/requests.h"

#include "base/sha256.h"
#include "keys/encoding.h"

namespace headwater::database {
namespace {

constexpr char kLayout = '\x01';

}  // namespace

std::string RequestHash(absl::string_view principal, absl::string_view method,
                        absl::string_view request_id) {
  std::string bytes;
  keys::AppendSized(principal, &bytes);
  keys::AppendSized(method, &bytes);
  keys::AppendSized(request_id, &bytes);
  return std::string(AsBytes(Sha256(bytes)));
}

std::string RecordedAnswerValue(const RecordedAnswer& answer) {
  std::string value(1, kLayout);
  value.append(answer.fingerprint);
  keys::AppendVarint(answer.unchanged_count, &value);
  keys::AppendVarint(answer.revisions.size(), &value);
  for (uint64_t revision : answer.revisions) keys::AppendVarint(revision, &value);
  return value;
}

std::optional<RecordedAnswer> ParseRecordedAnswer(absl::string_view value) {
  RecordedAnswer answer;
  absl::string_view fingerprint;
  uint64_t count = 0;
  if (value.empty() || value[0] != kLayout) return std::nullopt;
  value.remove_prefix(1);
  if (!keys::TakeBytes(&value, sizeof(Sha256Digest), &fingerprint) ||
      !keys::TakeVarint(&value, &answer.unchanged_count) || !keys::TakeVarint(&value, &count) ||
      count > value.size()) {
    return std::nullopt;
  }
  answer.fingerprint = std::string(fingerprint);
  answer.revisions.resize(count);
  for (uint64_t& revision : answer.revisions) {
    if (!keys::TakeVarint(&value, &revision)) return std::nullopt;
  }
  if (!value.empty()) return std::nullopt;
  return answer;
}

}  // namespace headwater::database
