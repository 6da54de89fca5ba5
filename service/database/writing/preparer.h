// Works a request's changes out: reads what is there, checks, encodes, and notes what it relied on.
// Runs in many threads at once; the committer alone decides whether the notes still hold.
#ifndef HEADWATER_DATABASE_WRITING_PREPARER_H_
#define HEADWATER_DATABASE_WRITING_PREPARER_H_

#include "absl/status/statusor.h"
#include "base/random.h"
#include "database/view.h"
#include "database/writing/prepared.h"
#include "database/writing/write_request.h"

namespace headwater::database {

// The most children that a claim may have to be deleted (undeleted) together with them.
inline constexpr size_t kMostChildren = 10'000;

// The most resources that one request changes: a full batch, or a claim with all its children.
inline constexpr size_t kMostChanges = 1 + 3 * kMostChildren;

// The most bytes of all that one request changes: what is stored of each change, and its index
// entries. A deletion of a claim with children of many references comes near it, and so may a batch
// of creations; each entry is held several times until it is committed.
inline constexpr size_t kMostChangeBytes = 64 << 20;

// The most bytes of a resource as stored, a document's text apart.
inline constexpr size_t kMostResourceBytes = 1 << 20;

// The most attributions that may be told in a document for its text to be changed, and the most
// bytes of text that a request may have searched for quotes without a position (about a second).
inline constexpr size_t kMostToldIn = 10'000;
inline constexpr size_t kMostSearchedBytes = size_t{1} << 30;

// Every error that a write may have but for those of the commit itself; kv::WouldBlock() where
// `patience` forbids to wait. Ids of creations must be set.
absl::StatusOr<Prepared> Prepare(const WriteRequest& request, View view, kv::Patience patience,
                                 Random* random);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITING_PREPARER_H_
