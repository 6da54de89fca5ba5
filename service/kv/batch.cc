#include "kv/batch.h"

namespace headwater::kv {

void Batch::Put(Keyspace keyspace, absl::string_view key, absl::string_view value) {
  Add(keyspace, /*is_put=*/true, key, value);
}

void Batch::Delete(Keyspace keyspace, absl::string_view key) {
  Add(keyspace, /*is_put=*/false, key, absl::string_view());
}

void Batch::Clear() {
  buffer_.clear();
  changes_.clear();
}

Batch::Change Batch::operator[](size_t index) const {
  const Slot& slot = changes_[index];
  const absl::string_view rows = buffer_;
  return Change{slot.keyspace, slot.is_put, rows.substr(slot.offset, slot.key_size),
                rows.substr(slot.offset + slot.key_size, slot.value_size)};
}

void Batch::Add(Keyspace keyspace, bool is_put, absl::string_view key, absl::string_view value) {
  changes_.push_back(Slot{keyspace, is_put, static_cast<uint32_t>(key.size()),
                          static_cast<uint32_t>(value.size()), buffer_.size()});
  buffer_.append(key.data(), key.size());
  buffer_.append(value.data(), value.size());
}

}  // namespace headwater::kv
