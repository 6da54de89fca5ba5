#include "search/vectors/vector_graph.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/damaged.h"
#include "search/vectors/packed_vector.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NO_MANUAL_VECTORIZATION  // it looks one place behind its lists to fetch ahead
#endif
// The library leaves names of its own to each file that includes it: this is the only one.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wreorder"
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
#pragma GCC diagnostic ignored "-Woverloaded-virtual"
#include "hnswlib/hnswlib.h"
#pragma GCC diagnostic pop

namespace headwater::search {
namespace {

using hnswlib::linklistsizeint;
using hnswlib::tableint;

// Links a node on each level but the lowest, which has twice as many; and how many nodes a new one
// chooses its links from.
constexpr size_t kLinks = 16;
constexpr size_t kChosenFrom = 100;
constexpr int kMostLevels = 30;

// As many mutexes as the library takes for each graph, and some tables.
constexpr size_t kFixedMemory = size_t{3} << 20;

// A vector in the graph: its bytes, zeros up to a multiple of eight, then 1 over its length. So all
// that the library keeps of a node lies on the addresses that its types ask for.
size_t PaddedSize(size_t dimensions) { return (dimensions + 7) / 8 * 8; }
size_t ElementSize(size_t dimensions) { return PaddedSize(dimensions) + sizeof(float); }

// The distance is 1 minus the cosine.
class Space final : public hnswlib::SpaceInterface<float> {
 public:
  explicit Space(size_t dimensions) : padded_size_(PaddedSize(dimensions)) {}
  size_t get_data_size() override { return ElementSize(padded_size_); }
  hnswlib::DISTFUNC<float> get_dist_func() override { return Distance; }
  void* get_dist_func_param() override { return &padded_size_; }

 private:
  static float Distance(const void* a, const void* b, const void* padded_size) {
    const size_t size = *static_cast<const size_t*>(padded_size);
    const auto* const x = static_cast<const int8_t*>(a);
    const auto* const y = static_cast<const int8_t*>(b);
    float x_inverse;
    float y_inverse;
    std::memcpy(&x_inverse, x + size, sizeof(float));
    std::memcpy(&y_inverse, y + size, sizeof(float));
    return 1 - static_cast<float>(DotProduct(x, y, size)) * x_inverse * y_inverse;
  }

  size_t padded_size_;
};

std::string Element(absl::string_view packed) {
  std::string element(packed);
  element.resize(PaddedSize(packed.size()));
  const float inverse = InverseLength(packed);
  element.append(reinterpret_cast<const char*>(&inverse), sizeof(inverse));
  return element;
}

// Levels are drawn by the node's number, so that they do not depend on restarts.
uint32_t SeedOf(uint32_t node) {
  uint64_t z = node + 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<uint32_t>(z ^ (z >> 31));
}

}  // namespace

class VectorGraph::Impl {
 public:
  explicit Impl(size_t dimensions)
      : dimensions_(dimensions), space_(dimensions), graph_(&space_, 1, kLinks, kChosenFrom) {}

  size_t dimensions() const { return dimensions_; }
  hnswlib::HierarchicalNSW<float>& graph() { return graph_; }

  // The lists of a node, whose items may be written.
  linklistsizeint* ListOf(uint32_t node, int level) {
    return graph_.get_linklist_at_level(node, level);
  }

  template <class Visit>
  void ForEachLink(uint32_t node, const Visit& visit) {
    for (int level = 0; level <= graph_.element_levels_[node]; ++level) {
      linklistsizeint* const list = ListOf(node, level);
      const auto* const items = reinterpret_cast<const tableint*>(list + 1);
      const size_t count = graph_.getListCount(list);
      for (size_t i = 0; i < count; ++i) visit(level, items[i]);
    }
  }

  // The library throws; nothing of it goes further than here.
  template <class Call>
  absl::Status Guarded(const Call& call) {
    try {
      call();
    } catch (const std::bad_alloc&) {
      return absl::ResourceExhaustedError("there is no memory for vectors");
    } catch (const std::exception& e) {
      return absl::InternalError(absl::StrCat("the graph of vectors is broken: ", e.what()));
    }
    return absl::OkStatus();
  }

 private:
  const size_t dimensions_;
  Space space_;
  hnswlib::HierarchicalNSW<float> graph_;
};

VectorGraph::VectorGraph(size_t dimensions) : impl_(std::make_unique<Impl>(dimensions)) {}
VectorGraph::~VectorGraph() = default;

size_t VectorGraph::size() const { return impl_->graph().cur_element_count; }
size_t VectorGraph::capacity() const { return impl_->graph().max_elements_; }

size_t VectorGraph::MemoryFor(size_t capacity, size_t dimensions) {
  // Vector, links and label; a mutex; level and pointer; an entry of the table of labels; of one
  // node in sixteen links on a level more.
  const size_t node = ElementSize(dimensions) + (2 * kLinks + 1) * sizeof(tableint) +
                      sizeof(size_t) + sizeof(std::mutex) + sizeof(int) + sizeof(char*) + 56 +
                      (kLinks + 1) * sizeof(tableint) / (kLinks - 1);
  return kFixedMemory + capacity * node;
}

absl::Status VectorGraph::Reserve(size_t capacity) {
  if (capacity <= this->capacity()) return absl::OkStatus();
  return impl_->Guarded([&] { impl_->graph().resizeIndex(capacity); });
}

absl::Status VectorGraph::Put(uint32_t node, absl::string_view packed,
                              std::set<uint32_t>* changed) {
  hnswlib::HierarchicalNSW<float>& graph = impl_->graph();
  if (packed.size() != impl_->dimensions() || node > size() || node >= capacity()) {
    return absl::InternalError("the graph of vectors is given what it has no place for");
  }
  // A change touches the node, those that it is linked to, and, where it is moved, those that it
  // was linked to.
  const auto add_links = [&] {
    impl_->ForEachLink(node, [&](int, tableint other) { changed->insert(other); });
  };
  changed->insert(node);
  if (node < size()) add_links();
  const std::string element = Element(packed);
  HW_RETURN_IF_ERROR(impl_->Guarded([&] {
    graph.level_generator_.seed(SeedOf(node));
    graph.addPoint(element.data(), node);
  }));
  add_links();
  return absl::OkStatus();
}

std::vector<uint32_t> VectorGraph::Nearest(absl::string_view packed, size_t most) const {
  std::vector<uint32_t> nearest;
  if (packed.size() != impl_->dimensions() || size() == 0 || most == 0) return nearest;
  const std::string element = Element(packed);
  auto found = impl_->graph().searchKnn(element.data(), most);
  // The farthest comes first, of equally far ones the higher.
  nearest.resize(found.size());
  for (size_t i = found.size(); i > 0; found.pop())
    nearest[--i] = static_cast<uint32_t>(found.top().second);
  return nearest;
}

std::string VectorGraph::Vector(uint32_t node) const {
  return std::string(impl_->graph().getDataByInternalId(node), impl_->dimensions());
}

std::string VectorGraph::Links(uint32_t node) const {
  hnswlib::HierarchicalNSW<float>& graph = impl_->graph();
  std::string bytes;
  keys::AppendVarint(static_cast<uint64_t>(graph.element_levels_[node]), &bytes);
  for (int level = 0; level <= graph.element_levels_[node]; ++level) {
    linklistsizeint* const list = impl_->ListOf(node, level);
    const auto* const items = reinterpret_cast<const tableint*>(list + 1);
    const size_t count = graph.getListCount(list);
    keys::AppendVarint(count, &bytes);
    for (size_t i = 0; i < count; ++i) keys::AppendVarint(items[i], &bytes);
  }
  return bytes;
}

absl::Status VectorGraph::Restore(absl::string_view packed, absl::string_view links) {
  hnswlib::HierarchicalNSW<float>& graph = impl_->graph();
  const absl::Status damaged = Damaged("the graph of vectors");
  const auto node = static_cast<tableint>(size());
  uint64_t level = 0;
  if (packed.size() != impl_->dimensions() || node >= capacity() ||
      !keys::TakeVarint(&links, &level) || level > kMostLevels) {
    return damaged;
  }
  std::memset(graph.get_linklist0(node), 0, graph.size_data_per_element_);
  const std::string element = Element(packed);
  std::memcpy(graph.getDataByInternalId(node), element.data(), element.size());
  graph.setExternalLabel(node, node);
  graph.element_levels_[node] = static_cast<int>(level);
  if (level > 0) {
    // Freed by the library, once the node counts.
    graph.linkLists_[node] =
        static_cast<char*>(std::calloc(1, graph.size_links_per_element_ * level + 1));
    if (graph.linkLists_[node] == nullptr)
      return absl::ResourceExhaustedError("there is no memory for vectors");
  }
  graph.cur_element_count = node + 1;
  HW_RETURN_IF_ERROR(impl_->Guarded([&] { graph.label_lookup_[node] = node; }));
  for (int at = 0; at <= static_cast<int>(level); ++at) {
    uint64_t count = 0;
    if (!keys::TakeVarint(&links, &count) || count > (at == 0 ? 2 * kLinks : kLinks))
      return damaged;
    linklistsizeint* const list = impl_->ListOf(node, at);
    graph.setListCount(list, static_cast<unsigned short>(count));
    auto* const items = reinterpret_cast<tableint*>(list + 1);
    for (uint64_t i = 0; i < count; ++i) {
      uint64_t other = 0;
      if (!keys::TakeVarint(&links, &other) || other > UINT32_MAX) return damaged;
      items[i] = static_cast<tableint>(other);
    }
  }
  // The node through which all searches come in is the first of the highest level.
  if (static_cast<int>(level) > graph.maxlevel_) {
    graph.maxlevel_ = static_cast<int>(level);
    graph.enterpoint_node_ = node;
  }
  return links.empty() ? absl::OkStatus() : damaged;
}

bool LinksFit(absl::string_view links, uint32_t node, uint32_t size) {
  uint64_t level = 0;
  if (!keys::TakeVarint(&links, &level) || level > kMostLevels) return false;
  for (uint64_t at = 0; at <= level; ++at) {
    uint64_t count = 0;
    if (!keys::TakeVarint(&links, &count) || count > (at == 0 ? 2 * kLinks : kLinks)) return false;
    for (uint64_t i = 0; i < count; ++i) {
      uint64_t other = 0;
      if (!keys::TakeVarint(&links, &other) || other >= size || other == node) return false;
    }
  }
  return links.empty();
}

absl::Status VectorGraph::Restored() {
  hnswlib::HierarchicalNSW<float>& graph = impl_->graph();
  bool is_sound = true;
  for (uint32_t node = 0; node < size(); ++node) {
    impl_->ForEachLink(node, [&](int level, tableint other) {
      is_sound &= other < size() && other != node && graph.element_levels_[other] >= level;
    });
  }
  return is_sound ? absl::OkStatus() : Damaged("the graph of vectors");
}

}  // namespace headwater::search
