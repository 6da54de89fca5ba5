#include "provenance/components.h"

#include <utility>  // Boost 1.74 in C++20 wants it first

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

namespace headwater::provenance {

std::vector<size_t> StrongComponents(const std::vector<std::vector<size_t>>& successors) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph graph(successors.size());
  for (size_t from = 0; from < successors.size(); ++from) {
    for (size_t to : successors[from]) boost::add_edge(from, to, graph);
  }
  std::vector<size_t> component(successors.size());
  boost::strong_components(graph, boost::make_iterator_property_map(
                                      component.begin(), boost::get(boost::vertex_index, graph)));
  return component;
}

}  // namespace headwater::provenance
