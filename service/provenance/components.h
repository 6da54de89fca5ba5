// Strongly connected components, by Boost.Graph.
#ifndef HEADWATER_PROVENANCE_COMPONENTS_H_
#define HEADWATER_PROVENANCE_COMPONENTS_H_

#include <cstddef>
#include <vector>

namespace headwater::provenance {

// The number of each vertex's component, given each vertex's successors. O(vertices + edges).
std::vector<size_t> StrongComponents(const std::vector<std::vector<size_t>>& successors);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_COMPONENTS_H_
