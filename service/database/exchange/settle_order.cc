#include "database/exchange/settle_order.h"

#include <cstring>
#include <limits>
#include <utility>

#include "base/sha256.h"
#include "boost/graph/compressed_sparse_row_graph.hpp"
#include "boost/graph/strong_components.hpp"

namespace headwater::database {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

// No weaker hash: names come from whoever sends them.
uint64_t HashOf(absl::string_view name) {
  const Sha256Digest digest = Sha256(name);
  uint64_t hash;
  std::memcpy(&hash, digest.data(), sizeof(hash));
  return hash;
}

}  // namespace

uint32_t SettleOrder::NumberOf(absl::string_view name) {
  return names_.try_emplace(HashOf(name), static_cast<uint32_t>(names_.size())).first->second;
}

void SettleOrder::Add(absl::string_view name, const std::vector<std::string>& references) {
  rows_.push_back({NumberOf(name), static_cast<uint32_t>(references_.size())});
  for (const std::string& reference : references) references_.push_back(NumberOf(reference));
}

std::vector<std::vector<uint32_t>> SettleOrder::Groups() const {
  const auto count = static_cast<uint32_t>(rows_.size());
  std::vector<uint32_t> last(names_.size(), kNone);   // of the rows of a name so far
  std::vector<uint32_t> first(names_.size(), kNone);  // that all references lead to
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  edges.reserve(references_.size());
  for (uint32_t row = 0; row < count; ++row) {
    uint32_t& before = last[rows_[row].name];
    if (before != kNone) edges.emplace_back(row, before);
    before = row;
    if (first[rows_[row].name] == kNone) first[rows_[row].name] = row;
  }
  for (uint32_t row = 0; row < count; ++row) {
    const size_t end = row + 1 < count ? rows_[row + 1].first_reference : references_.size();
    for (size_t i = rows_[row].first_reference; i < end; ++i) {
      if (const uint32_t cited = first[references_[i]]; cited != kNone)
        edges.emplace_back(row, cited);
    }
  }
  using Graph =
      boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                         boost::no_property, uint32_t, uint32_t>;
  const Graph graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), count);
  std::vector<uint32_t> component(count);
  // Tarjan's algorithm numbers a component when all that it reaches has been numbered: what is
  // cited comes out first.
  const auto components = boost::strong_components(
      graph,
      boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::vector<uint32_t>> groups(components);
  for (uint32_t row = 0; row < count; ++row) groups[component[row]].push_back(row);
  return groups;
}

}  // namespace headwater::database
