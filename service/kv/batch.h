// A list of row changes that is applied as one.
#ifndef HEADWATER_KV_BATCH_H_
#define HEADWATER_KV_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kv/keyspace.h"

namespace headwater::kv {

// Changes in the order they were added; a later one to the same row wins. Copies every key and
// value into one buffer of its own, so that a batch of a thousand rows is a few allocations.
class Batch {
 public:
  struct Change {
    Keyspace keyspace;
    bool is_put;              // else a deletion
    absl::string_view key;    // views into the batch: valid until it changes
    absl::string_view value;  // empty for a deletion
  };

  void Put(Keyspace keyspace, absl::string_view key, absl::string_view value);
  // Deleting a row that is not there is no error.
  void Delete(Keyspace keyspace, absl::string_view key);
  void Clear();

  size_t size() const { return changes_.size(); }
  bool empty() const { return changes_.empty(); }
  size_t bytes() const { return buffer_.size(); }
  // Requires index < size().
  Change operator[](size_t index) const;

 private:
  struct Slot {
    Keyspace keyspace;
    bool is_put;
    uint32_t key_size;
    uint32_t value_size;
    size_t offset;  // of the key in buffer_; its value follows
  };
  void Add(Keyspace keyspace, bool is_put, absl::string_view key, absl::string_view value);

  std::string buffer_;
  std::vector<Slot> changes_;
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_BATCH_H_
