// Works a resource's rows out again from its log entries: the slow, obvious way by which everything
// beside the log can be checked or rebuilt.
#ifndef HEADWATER_RECORDS_REPLAY_H_
#define HEADWATER_RECORDS_REPLAY_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "kv/keyspace.h"
#include "records/reader.h"

namespace headwater::records {

using RowMap = std::map<std::pair<kv::Keyspace, std::string>, std::string>;

// Every row in log, names, edges and indexes that the resource's revisions make, by the same Fill
// that made them. `revisions` are all of one resource's, oldest first, with their bodies.
// kDataLoss, saying what, where they don't make sense: a body that cannot be read, a digest that is
// not the stored bytes', an operation that can't follow the one before.
absl::Status Replay(const keys::Name& name, absl::Span<const Stored> revisions, RowMap* rows);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_REPLAY_H_
