// The part of a key that the filters of versioned keyspaces know. Private to kv/.
//
// RocksDB asks of a prefix that it sorts as its keys do, so that the rows of one prefix stand
// together. "The key without its last eight bytes" does not: rows of "ab" may stand between rows of
// "a", and a seek that trusts filters would miss what comes after them. "Up to and with the first
// byte 0x00 or 0xff" does, for any bytes, because no such prefix begins another. It is a whole name
// where names are text: either each ends in 0x00, or the version after it begins with 0xff, as a
// descending sequence does for the first 2^56 sequences.
#ifndef HEADWATER_KV_NAME_PREFIX_H_
#define HEADWATER_KV_NAME_PREFIX_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace headwater::kv {

// The length of the key's prefix, its last byte included; 0 where no byte is 0x00 or 0xff: such
// keys have none.
inline size_t NamePrefixSize(absl::string_view key) {
  for (size_t i = 0; i < key.size(); ++i) {
    if (key[i] == '\0' || key[i] == '\xff') return i + 1;
  }
  return 0;
}

// Whether all that Version(name, from) could find has one prefix, that of name + from.
inline bool VersionsShareAPrefix(absl::string_view name, absl::string_view from) {
  return NamePrefixSize(name) != 0 || (!from.empty() && from[0] == '\xff');
}

}  // namespace headwater::kv

#endif  // HEADWATER_KV_NAME_PREFIX_H_
