// Works a follower's rows out anew from the log.
#ifndef HEADWATER_DATABASE_REBUILD_H_
#define HEADWATER_DATABASE_REBUILD_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "kv/engine.h"

namespace headwater::database {

// Marks the rows of standings as stale: whoever follows the log next drops them and begins anew. A
// store that is not yet founded is left as it is. kUnimplemented for an unknown format; the
// engine's errors.
absl::Status DropStandings(kv::Engine* engine);
// The same for the search index.
absl::Status DropIndex(kv::Engine* engine);

// Does so, and follows the log to its end. `progress` (may be null) hears twice a second up to
// which sequence of how many it has come; while rows are being dropped it is 0. What is interrupted
// goes on when the store is opened next.
absl::Status RebuildStandings(std::unique_ptr<kv::Engine> engine,
                              const std::function<void(uint64_t done, uint64_t all)>& progress);
// The same for the search index, which is built from the records: it is at 0 until it is done.
// Graphs of vectors get so much memory (Options::vector_memory_bytes).
absl::Status RebuildIndex(std::unique_ptr<kv::Engine> engine, size_t vector_memory_bytes,
                          const std::function<void(uint64_t done, uint64_t all)>& progress);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_REBUILD_H_
