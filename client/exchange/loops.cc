#include "exchange/loops.h"

#include <algorithm>

#include "absl/hash/hash.h"
#include "boost/graph/compressed_sparse_row_graph.hpp"
#include "boost/graph/strong_components.hpp"

namespace headwater::exchange {

uint64_t HashOfName(absl::string_view name) { return absl::Hash<absl::string_view>()(name); }

void Loops::Add(absl::string_view from, absl::string_view to) {
  steps_.emplace_back(HashOfName(from), HashOfName(to));
}

std::vector<bool> Loops::Found() const {
  std::vector<uint64_t> things;
  things.reserve(steps_.size() * 2);
  for (const auto& [from, to] : steps_) {
    things.push_back(from);
    things.push_back(to);
  }
  std::sort(things.begin(), things.end());
  things.erase(std::unique(things.begin(), things.end()), things.end());
  const auto number = [&](uint64_t thing) {
    return static_cast<uint32_t>(std::lower_bound(things.begin(), things.end(), thing) -
                                 things.begin());
  };
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  edges.reserve(steps_.size());
  for (const auto& [from, to] : steps_) edges.emplace_back(number(from), number(to));
  using Graph =
      boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                         boost::no_property, uint32_t, uint32_t>;
  const Graph graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(),
                    things.size());
  std::vector<uint32_t> component(things.size());
  boost::strong_components(graph, boost::make_iterator_property_map(
                                      component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<bool> found;
  found.reserve(edges.size());
  for (const auto& [from, to] : edges) found.push_back(component[from] == component[to]);
  return found;
}

}  // namespace headwater::exchange
