// Values kept by key up to a number of bytes; those not asked for the longest go first.
#ifndef HEADWATER_BASE_LRU_CACHE_H_
#define HEADWATER_BASE_LRU_CACHE_H_

#include <array>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"

namespace headwater {

// Thread-safe. In 16 parts with a lock each, so that threads seldom meet; an item larger than a
// part's share of the bytes is not kept.
template <class Key, class Value>
class LruCache {
 public:
  using Shared = std::shared_ptr<const Value>;

  // With 0 bytes nothing is kept.
  explicit LruCache(size_t bytes) : bytes_of_part_(bytes / kParts) {}

  // Null where it is not there.
  Shared Find(const Key& key) {
    Part& part = PartOf(key);
    std::lock_guard lock(part.mutex);
    const auto found = part.places.find(key);
    if (found == part.places.end()) return nullptr;
    part.items.splice(part.items.begin(), part.items, found->second);
    return found->second->value;
  }

  // Keeps `value`, which takes `bytes`, in the place of one with the same key.
  void Insert(const Key& key, Shared value, size_t bytes) {
    bytes += kOwnBytes;
    if (bytes > bytes_of_part_) return;
    Part& part = PartOf(key);
    std::lock_guard lock(part.mutex);
    const auto found = part.places.find(key);
    if (found != part.places.end()) part.Drop(found->second);
    part.items.push_front({key, std::move(value), bytes});
    part.places[key] = part.items.begin();
    part.bytes += bytes;
    while (part.bytes > bytes_of_part_) part.Drop(std::prev(part.items.end()));
  }

 private:
  static constexpr size_t kParts = 16;
  // What an item costs beside its value: places in a list and a table, roughly.
  static constexpr size_t kOwnBytes = 128 + 2 * sizeof(Key);

  struct Item {
    Key key;
    Shared value;
    size_t bytes;
  };
  struct Part {
    void Drop(typename std::list<Item>::iterator item) {
      bytes -= item->bytes;
      places.erase(item->key);
      items.erase(item);
    }

    std::mutex mutex;
    // Guarded by mutex.
    std::list<Item> items;  // asked for last comes first
    absl::flat_hash_map<Key, typename std::list<Item>::iterator> places;
    size_t bytes = 0;
  };

  // By high bits of the hash: the tables use the low ones.
  Part& PartOf(const Key& key) { return parts_[absl::Hash<Key>()(key) >> 48 & (kParts - 1)]; }

  const size_t bytes_of_part_;
  std::array<Part, kParts> parts_;
};

}  // namespace headwater

#endif  // HEADWATER_BASE_LRU_CACHE_H_
