// The on-disk format's version in a store.
#ifndef HEADWATER_DATABASE_FORMAT_H_
#define HEADWATER_DATABASE_FORMAT_H_

#include "absl/status/statusor.h"
#include "kv/engine.h"

namespace headwater::database {

// Whether the store says that it has this version's format (keys::kFormatVersion); false where it
// is empty and says nothing. kUnimplemented for another version, kDataLoss where a store that is
// not empty says nothing.
absl::StatusOr<bool> CheckFormat(const kv::Snapshot& snapshot);

// Writes the version into an empty store.
absl::Status FoundFormat(kv::Engine* engine);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FORMAT_H_
