#include "recorder.h"

#include <algorithm>

#include "keys/register.h"

namespace headwater::bench {

void RecordedWrite::Locate(const keys::Name& name, uint64_t sequence) {
  for (Row& row : rows) {
    row.claim = row.key.find(name.claim);
    row.id = row.key.find(name.id);
    row.ascending = row.key.find(keys::LogKey(sequence));
    row.descending = row.key.find(keys::VersionSuffix(sequence));
  }
}

void RecordedWrite::KeyFor(const Row& row, const keys::Name& name, uint64_t sequence,
                           std::string* key) const {
  *key = row.key;
  const auto put = [&](size_t place, absl::string_view bytes) {
    if (place != std::string::npos) std::copy(bytes.begin(), bytes.end(), key->begin() + place);
  };
  put(row.claim, name.claim);
  put(row.id, name.id);
  if (row.ascending != std::string::npos) put(row.ascending, keys::LogKey(sequence));
  if (row.descending != std::string::npos) put(row.descending, keys::VersionSuffix(sequence));
}

absl::Status RecordingEngine::Commit(const kv::Batch& batch, uint64_t expected_head,
                                     uint64_t new_head, kv::Durability durability) {
  if (recording_) {
    last_.rows.clear();
    for (size_t i = 0; i < batch.size(); ++i) {
      const kv::Batch::Change change = batch[i];
      last_.rows.push_back({change.keyspace, std::string(change.key), std::string(change.value)});
    }
  }
  return within_->Commit(batch, expected_head, new_head, durability);
}

}  // namespace headwater::bench
