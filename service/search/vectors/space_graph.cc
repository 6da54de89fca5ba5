#include "search/vectors/space_graph.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "keys/vector_keys.h"
#include "search/index/damaged.h"
#include "search/vectors/packed_vector.h"
#include "search/vectors/vector_rows.h"

namespace headwater::search {
namespace {

constexpr kv::Keyspace kPostings = kv::Keyspace::kPostings;
constexpr kv::Patience kMayWait = kv::Patience::kMayWait;
constexpr size_t kFirstCapacity = 1024;
constexpr size_t kSampled = 200;
// Nodes that are nobody's are found too, and looked for behind; so many times as many at most.
constexpr size_t kMostDoublings = 5;

absl::Status DamagedGraph() { return Damaged("the graph of vectors"); }

std::unique_ptr<kv::Cursor> RowsBehind(const kv::Snapshot& snapshot, const std::string& prefix) {
  return snapshot.Range(kPostings, prefix, keys::PrefixEnd(prefix), kMayWait);
}

}  // namespace

SpaceGraph::SpaceGraph(uint32_t space, uint32_t dimensions, VectorMemory* memory)
    : space_(space), dimensions_(dimensions), memory_(memory) {}

SpaceGraph::~SpaceGraph() { Forget(); }

void SpaceGraph::Forget() {
  graph_.reset();
  owners_.clear();
  free_.clear();
  memory_->used -= std::exchange(held_, 0);
}

absl::Status SpaceGraph::Load(const VectorIndex::LatestSnapshot& latest) {
  {
    const absl::ReaderMutexLock lock(&mutex_);
    if (is_loaded_) return absl::OkStatus();
  }
  const absl::MutexLock lock(&mutex_);
  if (is_loaded_) return absl::OkStatus();
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const kv::Snapshot> snapshot, latest());
  return Read(*snapshot);
}

absl::Status SpaceGraph::Load(const kv::Snapshot& snapshot) {
  const absl::MutexLock lock(&mutex_);
  return is_loaded_ ? absl::OkStatus() : Read(snapshot);
}

absl::Status SpaceGraph::Read(const kv::Snapshot& snapshot) {
  Forget();
  graph_ = std::make_unique<VectorGraph>(dimensions_);
  const std::unique_ptr<kv::Cursor> vectors = RowsBehind(snapshot, keys::VectorPrefix(space_));
  const std::unique_ptr<kv::Cursor> links = RowsBehind(snapshot, keys::VectorLinksPrefix(space_));
  for (uint32_t node = 0; vectors->Valid(); ++node, vectors->Next(), links->Next()) {
    const std::optional<VectorNode> decoded = DecodeVectorNode(vectors->value(), dimensions_);
    HW_RETURN_IF_ERROR(links->status());
    if (!decoded || !links->Valid() || keys::NumberOfKey(vectors->key()) != node ||
        keys::NumberOfKey(links->key()) != node) {
      return DamagedGraph();
    }
    HW_ASSIGN_OR_RETURN(const bool has_room, MakeRoom());
    if (!has_room) {
      Forget();
      is_loaded_ = true;
      return absl::OkStatus();
    }
    HW_RETURN_IF_ERROR(graph_->Restore(decoded->packed, links->value()));
    owners_.push_back(decoded->number.value_or(kNobody));
    if (!decoded->number) free_.insert(node);
  }
  HW_RETURN_IF_ERROR(vectors->status());
  HW_RETURN_IF_ERROR(links->status());
  if (links->Valid()) return DamagedGraph();
  HW_RETURN_IF_ERROR(graph_->Restored());
  is_loaded_ = true;
  return absl::OkStatus();
}

// By a quarter at a time: what is copied on the way is then a few times the whole.
absl::StatusOr<bool> SpaceGraph::MakeRoom() {
  // An empty one has room for a node that nobody has accounted for.
  if (held_ > 0 && graph_->size() < graph_->capacity()) return true;
  const size_t capacity = std::max(kFirstCapacity, graph_->capacity() + graph_->capacity() / 4);
  const size_t more = VectorGraph::MemoryFor(capacity, dimensions_) - held_;
  // Graphs are read by several threads at once.
  if (memory_->used.fetch_add(more) + more > memory_->most) {
    memory_->used -= more;
    return false;
  }
  held_ += more;
  HW_RETURN_IF_ERROR(graph_->Reserve(capacity));
  return true;
}

absl::StatusOr<std::optional<uint32_t>> SpaceGraph::TakeNode() {
  if (!free_.empty()) {
    const uint32_t node = *free_.begin();
    free_.erase(free_.begin());
    return node;
  }
  HW_ASSIGN_OR_RETURN(const bool has_room, MakeRoom());
  if (!has_room) return std::nullopt;
  return static_cast<uint32_t>(graph_->size());
}

absl::Status SpaceGraph::Remove(const kv::Snapshot& snapshot, uint32_t node,
                                std::map<uint32_t, std::string>* rows) {
  std::string packed;
  if (graph_ != nullptr) {
    const absl::MutexLock lock(&mutex_);
    if (node >= graph_->size()) return DamagedGraph();
    packed = graph_->Vector(node);
    owners_[node] = kNobody;
    free_.insert(node);
  } else {
    HW_ASSIGN_OR_RETURN(const std::optional<std::string> row,
                        snapshot.Get(kPostings, keys::VectorKey(space_, node), kMayWait));
    const std::optional<VectorNode> decoded =
        row ? DecodeVectorNode(*row, dimensions_) : std::nullopt;
    if (!decoded) return DamagedGraph();
    packed = std::string(decoded->packed);
  }
  (*rows)[node] = EncodeVectorNode({std::nullopt, packed});
  return absl::OkStatus();
}

// Whether there is a graph changes in Load() alone, and after it no more: the writer need not lock
// to ask.
absl::Status SpaceGraph::Apply(const kv::Snapshot& snapshot,
                               absl::Span<const VectorChange* const> changes, kv::Batch* batch,
                               bool* left_out) {
  std::vector<std::string> keys;
  for (const VectorChange* const change : changes)
    keys.push_back(keys::VectorNodeKey(space_, change->number));
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> nodes,
                      snapshot.MultiGet(kPostings, keys, kMayWait));
  is_changed_ = true;
  std::map<uint32_t, std::string> rows;
  std::set<uint32_t> linked;
  std::vector<std::optional<uint32_t>> had(changes.size());
  // What is given up first, so that it can be used at once.
  for (size_t i = 0; i < changes.size(); ++i) {
    if (nodes[i].has_value() != changes[i]->was_there ||
        (nodes[i] && !DecodeNodeOf(*nodes[i], &had[i]))) {
      return Damaged("the node of a claim's vector");
    }
    const bool is_kept = graph_ != nullptr && !changes[i]->packed.empty();
    if (had[i] && !is_kept) HW_RETURN_IF_ERROR(Remove(snapshot, *had[i], &rows));
    if (nodes[i] && changes[i]->packed.empty()) batch->Delete(kPostings, keys[i]);
  }
  for (size_t i = 0; i < changes.size(); ++i) {
    const VectorChange& change = *changes[i];
    if (change.packed.empty()) continue;
    std::optional<uint32_t> node;
    if (graph_ != nullptr) {
      const absl::MutexLock lock(&mutex_);
      node = had[i];
      if (!node) {
        HW_ASSIGN_OR_RETURN(node, TakeNode());
      }
      if (node) {
        HW_RETURN_IF_ERROR(graph_->Put(*node, change.packed, &linked));
        owners_.resize(graph_->size(), kNobody);
        owners_[*node] = change.number;
        rows[*node] = EncodeVectorNode({change.number, change.packed});
      }
    }
    *left_out |= !node;
    if (!nodes[i] || node != had[i]) batch->Put(kPostings, keys[i], EncodeNodeOf(node));
  }
  for (const auto& [node, row] : rows) batch->Put(kPostings, keys::VectorKey(space_, node), row);
  for (const uint32_t node : linked)
    batch->Put(kPostings, keys::VectorLinksKey(space_, node), graph_->Links(node));
  return absl::OkStatus();
}

std::vector<uint32_t> SpaceGraph::Nearest(absl::string_view packed, size_t most) const {
  const absl::ReaderMutexLock lock(&mutex_);
  std::vector<uint32_t> nearest;
  if (graph_ == nullptr) return nearest;
  size_t wanted = most;
  for (size_t i = 0; i <= kMostDoublings; ++i, wanted *= 2) {
    nearest = graph_->Nearest(packed, wanted);
    const bool is_all = nearest.size() < wanted || wanted >= graph_->size();
    std::erase_if(nearest, [this](uint32_t node) { return owners_[node] == kNobody; });
    if (is_all || nearest.size() >= most) break;
  }
  if (nearest.size() > most) nearest.resize(most);
  return nearest;
}

std::vector<double> SpaceGraph::SampleCosines(absl::string_view packed) const {
  const absl::ReaderMutexLock lock(&mutex_);
  std::vector<double> cosines;
  if (graph_ == nullptr) return cosines;
  const size_t size = graph_->size();
  const size_t count = std::min(size, kSampled);
  for (size_t i = 0; i < count; ++i) {
    const auto node = static_cast<uint32_t>(i * size / count);
    if (owners_[node] == kNobody) continue;
    cosines.push_back(PackedCosine(graph_->Vector(node), packed));
  }
  return cosines;
}

}  // namespace headwater::search
