// The graph of one space of vectors, with whose nodes are whose. For vector_index.cc.
#ifndef HEADWATER_SEARCH_VECTORS_SPACE_GRAPH_H_
#define HEADWATER_SEARCH_VECTORS_SPACE_GRAPH_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "kv/batch.h"
#include "kv/engine.h"
#include "search/vectors/vector_graph.h"
#include "search/vectors/vector_index.h"

namespace headwater::search {

// What all graphs take together, in bytes.
struct VectorMemory {
  const size_t most;
  std::atomic<size_t> used{0};
};

// Readers share, the one writer takes a vector at a time: searches wait for no more than that.
class SpaceGraph {
 public:
  // `memory` must outlive this.
  SpaceGraph(uint32_t space, uint32_t dimensions, VectorMemory* memory);
  ~SpaceGraph();

  // Reads it, where that has not been done. One that does not fit into the memory is left aside.
  absl::Status Load(const VectorIndex::LatestSnapshot& latest);
  absl::Status Load(const kv::Snapshot& snapshot);

  // Requires Load() before. The changes are all of this space; each claim comes once. Adds the
  // rows. `left_out` is set where a vector was left out.
  absl::Status Apply(const kv::Snapshot& snapshot, absl::Span<const VectorChange* const> changes,
                     kv::Batch* batch, bool* left_out);
  // Whether Apply() has changed it since the last ClearChanged(). The writer's.
  bool is_changed() const { return is_changed_; }
  void ClearChanged() { is_changed_ = false; }

  // The nodes near a vector that are some claim's, nearest first; and the cosines with some others.
  std::vector<uint32_t> Nearest(absl::string_view packed, size_t most) const;
  std::vector<double> SampleCosines(absl::string_view packed) const;

 private:
  static constexpr uint32_t kNobody = UINT32_MAX;

  // Both require mutex_.
  absl::Status Read(const kv::Snapshot& snapshot);
  absl::StatusOr<bool> MakeRoom();
  // Which node the vector may have; none where there is no room.
  absl::StatusOr<std::optional<uint32_t>> TakeNode();
  void Forget();

  absl::Status Remove(const kv::Snapshot& snapshot, uint32_t node,
                      std::map<uint32_t, std::string>* rows);

  const uint32_t space_;
  const uint32_t dimensions_;
  VectorMemory* const memory_;
  bool is_changed_ = false;

  mutable absl::Mutex mutex_;
  // Guarded by mutex_.
  bool is_loaded_ = false;
  std::unique_ptr<VectorGraph> graph_;  // null where it does not fit
  size_t held_ = 0;                     // bytes of memory_->used
  std::vector<uint32_t> owners_;        // of each node the claim's number, or kNobody
  std::set<uint32_t> free_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_VECTORS_SPACE_GRAPH_H_
