#include "search/vectors/vector_index.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "keys/vector_keys.h"
#include "search/index/damaged.h"
#include "search/vectors/packed_vector.h"
#include "search/vectors/space_graph.h"
#include "search/vectors/vector_rows.h"

namespace headwater::search {
namespace {

constexpr kv::Keyspace kPostings = kv::Keyspace::kPostings;
constexpr kv::Patience kMayWait = kv::Patience::kMayWait;

// The numbers of spaces; founds those that are not there yet.
class SpaceNumbers {
 public:
  explicit SpaceNumbers(const kv::Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::StatusOr<uint32_t> Of(const VectorChange& change, kv::Batch* batch) {
    const auto [place, is_new] = known_.try_emplace({change.model, change.dimensions});
    if (!is_new) return place->second;
    HW_ASSIGN_OR_RETURN(const std::optional<uint32_t> found,
                        FindSpace(snapshot_, change.model, change.dimensions, kMayWait));
    if (found) {
      place->second = *found;
      return *found;
    }
    if (change.was_there) return Damaged("a space of vectors");
    if (!next_) {
      HW_ASSIGN_OR_RETURN(const std::vector<VectorSpace> spaces, ReadSpaces(snapshot_));
      next_ = 0;
      for (const VectorSpace& space : spaces) next_ = std::max(*next_, space.number + 1);
    }
    place->second = (*next_)++;
    std::string row;
    keys::AppendVarint(place->second, &row);
    batch->Put(kPostings,
               keys::VectorSpaceKey(change.model, static_cast<uint16_t>(change.dimensions)), row);
    return place->second;
  }

 private:
  const kv::Snapshot& snapshot_;
  std::map<std::pair<std::string, uint32_t>, uint32_t> known_;
  std::optional<uint32_t> next_;
};

void Describe(const std::vector<double>& cosines, Neighbourhood* found) {
  found->sampled = cosines.size();
  if (cosines.empty()) return;
  const auto count = static_cast<double>(cosines.size());
  found->mean = std::accumulate(cosines.begin(), cosines.end(), 0.0) / count;
  double squares = 0;
  for (const double cosine : cosines) squares += (cosine - found->mean) * (cosine - found->mean);
  found->deviation = std::sqrt(squares / count);
}

}  // namespace

VectorIndex::VectorIndex(size_t memory_bytes, std::function<void()> left_out)
    : memory_(std::make_unique<VectorMemory>(memory_bytes)), left_out_(std::move(left_out)) {}

VectorIndex::~VectorIndex() = default;

size_t VectorIndex::memory() const { return memory_->used; }

std::shared_ptr<SpaceGraph> VectorIndex::GraphOf(uint32_t space, uint32_t dimensions) {
  const absl::MutexLock lock(&mutex_);
  std::shared_ptr<SpaceGraph>& graph = graphs_[space];
  if (graph == nullptr) graph = std::make_shared<SpaceGraph>(space, dimensions, memory_.get());
  return graph;
}

void VectorIndex::Expect(uint64_t version) {
  if (version_ && *version_ != version) {
    const absl::MutexLock lock(&mutex_);
    graphs_.clear();
  }
  version_ = version;
}

void VectorIndex::Committed(uint64_t version) {
  version_ = version;
  const absl::MutexLock lock(&mutex_);
  for (const auto& [space, graph] : graphs_) graph->ClearChanged();
}

void VectorIndex::Discard() {
  const absl::MutexLock lock(&mutex_);
  std::erase_if(graphs_, [](const auto& each) { return each.second->is_changed(); });
}

absl::Status VectorIndex::Apply(const kv::Snapshot& snapshot,
                                absl::Span<const VectorChange> changes, kv::Batch* batch) {
  SpaceNumbers numbers(snapshot);
  std::map<uint32_t, std::vector<const VectorChange*>> by_space;
  for (const VectorChange& change : changes) {
    HW_ASSIGN_OR_RETURN(const uint32_t space, numbers.Of(change, batch));
    by_space[space].push_back(&change);
  }
  bool left_out = false;
  for (const auto& [space, of_space] : by_space) {
    const std::shared_ptr<SpaceGraph> graph = GraphOf(space, of_space[0]->dimensions);
    HW_RETURN_IF_ERROR(graph->Load(snapshot));
    HW_RETURN_IF_ERROR(graph->Apply(snapshot, of_space, batch, &left_out));
  }
  if (left_out && left_out_) std::exchange(left_out_, nullptr)();
  return absl::OkStatus();
}

absl::StatusOr<Neighbourhood> VectorIndex::Nearest(const kv::Snapshot& snapshot,
                                                   const LatestSnapshot& latest,
                                                   absl::string_view model,
                                                   absl::string_view packed, size_t most) {
  Neighbourhood found;
  const auto dimensions = static_cast<uint32_t>(packed.size());
  HW_ASSIGN_OR_RETURN(const std::optional<uint32_t> space,
                      FindSpace(snapshot, model, dimensions, kMayWait));
  if (!space) return found;
  const std::shared_ptr<SpaceGraph> graph = GraphOf(*space, dimensions);
  HW_RETURN_IF_ERROR(graph->Load(latest));
  const std::vector<uint32_t> nodes = graph->Nearest(packed, most);
  Describe(graph->SampleCosines(packed), &found);
  // The graph may be ahead of the snapshot: whose a node is, and where, the snapshot says.
  std::vector<std::string> keys;
  for (const uint32_t node : nodes) keys.push_back(keys::VectorKey(*space, node));
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> rows,
                      snapshot.MultiGet(kPostings, keys, kMayWait));
  for (const std::optional<std::string>& row : rows) {
    if (!row) continue;
    const std::optional<VectorNode> node = DecodeVectorNode(*row, dimensions);
    if (!node) return Damaged("the graph of vectors");
    if (node->number) found.nearest.push_back({*node->number, PackedCosine(node->packed, packed)});
  }
  std::sort(found.nearest.begin(), found.nearest.end(), [](const Neighbour& a, const Neighbour& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.number < b.number;
  });
  return found;
}

}  // namespace headwater::search
