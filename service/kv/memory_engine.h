// An engine that keeps everything in memory and nothing beyond the process.
#ifndef HEADWATER_KV_MEMORY_ENGINE_H_
#define HEADWATER_KV_MEMORY_ENGINE_H_

#include <memory>

#include "kv/engine.h"

namespace headwater::kv {

// A new, empty store. No call of it waits or fails for want of a file: kCacheOnly reads are always
// answered, both durabilities are the same. A snapshot costs one reference; reads take no lock;
// rows that were replaced are freed with the last snapshot that shows them. A change of one row in
// a store of n costs O(log n).
std::unique_ptr<Engine> NewMemoryEngine();

// Takes `engine` back to the state that `snapshot` shows, its head included, as if nothing had been
// committed since. Other snapshots keep what they show. For tests that make a crash forget what was
// not synced. Requires that `snapshot` is one of `engine`'s. Returns false, and does nothing, if
// either is not of a memory engine. A writer's call, like Commit.
bool RevertMemoryEngine(Engine& engine, const Snapshot& snapshot);

}  // namespace headwater::kv

#endif  // HEADWATER_KV_MEMORY_ENGINE_H_
