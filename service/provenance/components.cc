#include "provenance/components.h"

#include <utility>  // Boost 1.74 in C++20 wants it first

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

namespace headwater::provenance {
namespace {

constexpr size_t kPeeled = static_cast<size_t>(-1);

// Numbers the vertices on no circle that can be told by taking away, again and again, those to
// which nothing leads: `*core` gets the place of each other vertex among those left, kPeeled of
// these.
size_t Peel(const std::vector<std::vector<size_t>>& successors, std::vector<size_t>* core) {
  const size_t size = successors.size();
  std::vector<size_t> leading(size, 0);
  for (const auto& list : successors) {
    for (size_t to : list) ++leading[to];
  }
  core->assign(size, 0);
  std::vector<size_t> peeled;
  for (size_t v = 0; v < size; ++v) {
    if (leading[v] == 0) peeled.push_back(v);
  }
  for (size_t i = 0; i < peeled.size(); ++i) {
    (*core)[peeled[i]] = kPeeled;
    for (size_t to : successors[peeled[i]]) {
      if (--leading[to] == 0) peeled.push_back(to);
    }
  }
  size_t left = 0;
  for (size_t& place : *core) {
    if (place != kPeeled) place = left++;
  }
  return left;
}

}  // namespace

std::vector<size_t> StrongComponents(const std::vector<std::vector<size_t>>& successors) {
  std::vector<size_t> core;
  const size_t left = Peel(successors, &core);
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph graph(left);
  for (size_t from = 0; from < successors.size(); ++from) {
    if (core[from] == kPeeled) continue;
    for (size_t to : successors[from]) boost::add_edge(core[from], core[to], graph);
  }
  std::vector<size_t> of_core(left);
  size_t next = boost::strong_components(
      graph,
      boost::make_iterator_property_map(of_core.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<size_t> component(successors.size());
  for (size_t v = 0; v < component.size(); ++v)
    component[v] = core[v] == kPeeled ? next++ : of_core[core[v]];
  return component;
}

}  // namespace headwater::provenance
