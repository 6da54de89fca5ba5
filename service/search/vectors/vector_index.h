// The graphs of vectors, one for each space (a model and its dimensions): kept in memory, and in
// the rows that they are restored from.
#ifndef HEADWATER_SEARCH_VECTORS_VECTOR_INDEX_H_
#define HEADWATER_SEARCH_VECTORS_VECTOR_INDEX_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "kv/batch.h"
#include "kv/engine.h"
#include "search/vectors/vector_change.h"

namespace headwater::search {

class SpaceGraph;
struct VectorMemory;

// A claim whose vector is near.
struct Neighbour {
  uint32_t number = 0;
  double cosine = 0;  // of the packed vectors

  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

struct Neighbourhood {
  std::vector<Neighbour> nearest;  // nearest first, of equally near ones the lower number
  // How the cosines with vectors at random lie, to tell what stands out: their mean and standard
  // deviation, of so many.
  size_t sampled = 0;
  double mean = 0;
  double deviation = 0;
};

// A graph is read from its rows when it is first used, which takes some seconds for a million
// vectors, and is from then on changed along with them. It is never made anew: a claim's vector
// that changes is moved, a node that is given up is used again.
//
// Memory: graphs take at most as much as they are given; what does not fit is left out of them and
// found by words alone until the index is made anew with more (rebuild search). The server says so
// once by `left_out`. Threads that search take two bytes a node each besides.
//
// Nearest() may be called from any thread, everything else from one, that of the only writer.
class VectorIndex {
 public:
  // `left_out` hears, once, that vectors are left out; may be null.
  explicit VectorIndex(size_t memory_bytes, std::function<void()> left_out = nullptr);
  ~VectorIndex();

  // The index in the snapshot was written so many times; what has another number was not read from
  // what it shows, and is let go.
  void Expect(uint64_t version);

  // Changes the graphs, and adds the rows that follow from it. The batch is to be committed on the
  // snapshot's state: tell Committed() with what Expect() will be told then, or Discard(). Each
  // claim and space once. Errors: those of the snapshot, kDataLoss, kInternal, kResourceExhausted;
  // Discard() then too.
  absl::Status Apply(const kv::Snapshot& snapshot, absl::Span<const VectorChange> changes,
                     kv::Batch* batch);
  void Committed(uint64_t version);
  // Lets go of the graphs whose changes were not committed.
  void Discard();

  // The claims whose vectors in the snapshot are nearest to one of that model, as many as `most`.
  // `latest` takes the latest snapshot, where the graph has to be read. Errors: those of the
  // snapshots and of `latest`, kDataLoss, kResourceExhausted.
  using LatestSnapshot = std::function<absl::StatusOr<std::shared_ptr<const kv::Snapshot>>()>;
  absl::StatusOr<Neighbourhood> Nearest(const kv::Snapshot& snapshot, const LatestSnapshot& latest,
                                        absl::string_view model, absl::string_view packed,
                                        size_t most);

  // Of all graphs in memory, in bytes.
  size_t memory() const;

 private:
  std::shared_ptr<SpaceGraph> GraphOf(uint32_t space, uint32_t dimensions);

  const std::unique_ptr<VectorMemory> memory_;

  absl::Mutex mutex_;
  // Guarded by mutex_.
  std::map<uint32_t, std::shared_ptr<SpaceGraph>> graphs_;  // by their spaces

  // The writer's.
  std::function<void()> left_out_;
  std::optional<uint64_t> version_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_VECTORS_VECTOR_INDEX_H_
