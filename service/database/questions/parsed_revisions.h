// Revisions as messages, out of memory where they were read before.
#ifndef HEADWATER_DATABASE_QUESTIONS_PARSED_REVISIONS_H_
#define HEADWATER_DATABASE_QUESTIONS_PARSED_REVISIONS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "database/queries.h"
#include "database/read_caches.h"
#include "keys/name.h"

namespace headwater::database {

// The revisions, which must exist, as messages like `prototype`, of whose kind all `names` are;
// each in its name's place. kDataLoss where one cannot be read as such; a reader's errors.
absl::StatusOr<std::vector<std::shared_ptr<const ParsedRevision>>> ParsedRevisions(
    const Reading& reading, const google::protobuf::Message& prototype,
    absl::Span<const keys::Name> names, absl::Span<const uint64_t> revisions);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_PARSED_REVISIONS_H_
