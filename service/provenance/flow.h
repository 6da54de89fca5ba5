// The maximum flow through a graph whose vertices each let one unit pass: Dinic's algorithm, which
// on such graphs takes O(edges * sqrt(vertices)).
#ifndef HEADWATER_PROVENANCE_FLOW_H_
#define HEADWATER_PROVENANCE_FLOW_H_

#include <cstdint>
#include <vector>

namespace headwater::provenance {

class VertexFlow {
 public:
  // Vertices 0 … vertices-1; those from `capacious` on let any number pass.
  VertexFlow(uint32_t vertices, uint32_t capacious);

  void AddBeginning(uint32_t vertex) { AddArc(kSource, In(vertex), Capacity(vertex)); }
  void AddEnd(uint32_t vertex) { AddArc(Out(vertex), kSink, Capacity(vertex)); }
  void AddEdge(uint32_t from, uint32_t to) { AddArc(Out(from), In(to), Capacity(from)); }

  // The maximum flow, and its paths from a beginning to an end, of each the vertices in order.
  uint32_t Run();
  std::vector<std::vector<uint32_t>> Paths() const;

 private:
  static constexpr uint32_t kSource = 0;
  static constexpr uint32_t kSink = 1;
  static constexpr uint32_t kUnbounded = 1u << 30;

  struct Arc {
    uint32_t to;
    uint32_t rest;  // what can still pass; the arc back has the number with the last bit flipped
  };

  static uint32_t In(uint32_t vertex) { return 2 + 2 * vertex; }
  static uint32_t Out(uint32_t vertex) { return 3 + 2 * vertex; }
  uint32_t Capacity(uint32_t vertex) const { return vertex >= capacious_ ? kUnbounded : 1; }
  void AddArc(uint32_t from, uint32_t to, uint32_t capacity);
  bool SetLevels();
  // One more unit along the levels.
  bool Push();

  const uint32_t capacious_;
  std::vector<std::vector<uint32_t>> arcs_of_;  // of each node, the numbers of its arcs
  std::vector<Arc> arcs_;                       // there and back, by turns
  std::vector<uint32_t> level_;
  std::vector<uint32_t> next_;  // of each node's arcs, the next to try
};

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_FLOW_H_
