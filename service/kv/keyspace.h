// The keyspaces of a store: separate ordered sets of rows, each tuned by an engine for its access.
#ifndef HEADWATER_KV_KEYSPACE_H_
#define HEADWATER_KV_KEYSPACE_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace headwater::kv {

// The layouts of the keys in each are keys/'s to say. Do not change the numbers or the names: they
// are on disk.
enum class Keyspace : uint8_t {
  kMeta = 0,       // a handful of rows: format version, head
  kLog = 1,        // sequence -> entry; appended only, read by point
  kNames = 2,      // name, descending sequence -> where its revision is; read by Version()
  kEdges = 3,      // claim, attribution, descending sequence -> edge; read by Range() over a claim
  kIndexes = 4,    // secondary indexes; read by Range()
  kBlobs = 5,      // document text by its SHA-256; large values, read by point
  kRequests = 6,   // request ids and their answers, short-lived; read by point
  kStandings = 7,  // a follower's: how claims stand, by claim and descending sequence (read by
                   // Version()) and by standing and flag (read by Range())
  kPostings = 8,   // a follower's: the full-text index; rows that are read by point and rewritten
                   // often, and runs of rows read by Range()
};

inline constexpr std::array<Keyspace, 9> kAllKeyspaces = {
    Keyspace::kMeta,     Keyspace::kLog,       Keyspace::kNames,
    Keyspace::kEdges,    Keyspace::kIndexes,   Keyspace::kBlobs,
    Keyspace::kRequests, Keyspace::kStandings, Keyspace::kPostings};

// The keyspace's name as it stands on disk and in messages: "meta", "log", ...
absl::string_view KeyspaceName(Keyspace keyspace);

}  // namespace headwater::kv

#endif  // HEADWATER_KV_KEYSPACE_H_
