#include "kv/keyspace.h"

namespace headwater::kv {

absl::string_view KeyspaceName(Keyspace keyspace) {
  switch (keyspace) {
    case Keyspace::kMeta:
      return "meta";
    case Keyspace::kLog:
      return "log";
    case Keyspace::kNames:
      return "names";
    case Keyspace::kEdges:
      return "edges";
    case Keyspace::kIndexes:
      return "indexes";
    case Keyspace::kBlobs:
      return "blobs";
    case Keyspace::kRequests:
      return "requests";
    case Keyspace::kStandings:
      return "standings";
    case Keyspace::kPostings:
      return "postings";
  }
  return "unknown";
}

}  // namespace headwater::kv
