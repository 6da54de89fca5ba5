#include "exchange/import_order.h"

#include <limits>
#include <utility>

#include "boost/graph/compressed_sparse_row_graph.hpp"
#include "boost/graph/strong_components.hpp"

namespace headwater::exchange {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

}  // namespace

uint32_t ImportOrder::NumberOf(const std::string& name) {
  return names_.try_emplace(name, static_cast<uint32_t>(names_.size())).first->second;
}

void ImportOrder::Add(const std::string& name, const std::vector<std::string>& references) {
  rows_.push_back({NumberOf(name), static_cast<uint32_t>(references_.size())});
  for (const std::string& reference : references) references_.push_back(NumberOf(reference));
}

std::vector<std::vector<uint32_t>> ImportOrder::Groups() const {
  const auto count = static_cast<uint32_t>(rows_.size());
  std::vector<uint32_t> row_of(names_.size(), kNone);
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  edges.reserve(references_.size());
  for (uint32_t row = 0; row < count; ++row) {
    uint32_t& first = row_of[rows_[row].name];
    if (first == kNone) {
      first = row;
    } else {
      edges.emplace_back(row, first);
    }
  }
  for (uint32_t row = 0; row < count; ++row) {
    const size_t end = row + 1 < count ? rows_[row + 1].first_reference : references_.size();
    for (size_t i = rows_[row].first_reference; i < end; ++i) {
      if (const uint32_t cited = row_of[references_[i]]; cited != kNone) {
        edges.emplace_back(row, cited);
      }
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

}  // namespace headwater::exchange
