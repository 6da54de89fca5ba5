// Vectors of one length in a graph (HNSW) in which those near a given one are soon found. In
// memory; what it is made of can be told and restored node by node, so that rows can hold it.
#ifndef HEADWATER_SEARCH_VECTORS_VECTOR_GRAPH_H_
#define HEADWATER_SEARCH_VECTORS_VECTOR_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace headwater::search {

// Nodes are numbered from 0 on, without gaps. None is ever taken out: one that is not wanted any
// more is moved to where a new vector is. The same calls make the same graph.
//
// Any number of threads may call const methods at once, and none beside another method. Errors:
// kDataLoss where what is restored fits together badly, kInternal where the library finds the graph
// broken, kResourceExhausted where there is no memory; the graph is of no use after any of them.
class VectorGraph {
 public:
  // Vectors of so many numbers, packed (packed_vector.h).
  explicit VectorGraph(size_t dimensions);
  ~VectorGraph();
  VectorGraph(const VectorGraph&) = delete;
  VectorGraph& operator=(const VectorGraph&) = delete;

  size_t size() const;      // nodes
  size_t capacity() const;  // nodes that it has room for
  // The memory of a graph that has room for so many nodes, in bytes, as good as exactly. Each
  // thread that searches takes two more a node.
  static size_t MemoryFor(size_t capacity, size_t dimensions);

  // Makes room. Of no effect where there is as much.
  absl::Status Reserve(size_t capacity);

  // Adds a node, or moves one to another vector: `node` is size() at most, and below capacity().
  // Adds to `changed` the nodes whose Links() are others now.
  absl::Status Put(uint32_t node, absl::string_view packed, std::set<uint32_t>* changed);

  // The nodes near a vector, nearest first, `most` of them as long as there are as many, nearly all
  // of them the nearest. Of equally near ones the lower first.
  std::vector<uint32_t> Nearest(absl::string_view packed, size_t most) const;

  std::string Vector(uint32_t node) const;

  // To what the node is linked, in bytes:
  //
  //   varint   its level; then for each level from 0 to that:
  //   varint     how many nodes it is linked to
  //   varint     each of them
  std::string Links(uint32_t node) const;

  // Adds node size() as it was, below capacity(). After the last one Restored(), before anything
  // else.
  absl::Status Restore(absl::string_view packed, absl::string_view links);
  absl::Status Restored();

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

// Whether such links can be those of a node among so many: no more than a node has, and all to
// others of them. On which levels those are it does not know.
bool LinksFit(absl::string_view links, uint32_t node, uint32_t size);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_VECTORS_VECTOR_GRAPH_H_
