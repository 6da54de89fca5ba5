#include "provenance/flow.h"

#include <algorithm>

namespace headwater::provenance {
namespace {

constexpr uint32_t kUnreached = UINT32_MAX;

}  // namespace

VertexFlow::VertexFlow(uint32_t vertices, uint32_t capacious)
    : capacious_(capacious), arcs_of_(2 + 2 * static_cast<size_t>(vertices)) {
  for (uint32_t v = 0; v < vertices; ++v) AddArc(In(v), Out(v), Capacity(v));
}

void VertexFlow::AddArc(uint32_t from, uint32_t to, uint32_t capacity) {
  arcs_of_[from].push_back(static_cast<uint32_t>(arcs_.size()));
  arcs_.push_back({to, capacity});
  arcs_of_[to].push_back(static_cast<uint32_t>(arcs_.size()));
  arcs_.push_back({from, 0});
}

uint32_t VertexFlow::Run() {
  uint32_t flow = 0;
  while (SetLevels()) {
    next_.assign(arcs_of_.size(), 0);
    while (Push()) ++flow;
  }
  return flow;
}

bool VertexFlow::SetLevels() {
  level_.assign(arcs_of_.size(), kUnreached);
  level_[kSource] = 0;
  std::vector<uint32_t> queue = {kSource};
  for (size_t i = 0; i < queue.size() && level_[kSink] == kUnreached; ++i) {
    for (uint32_t a : arcs_of_[queue[i]]) {
      const Arc& arc = arcs_[a];
      if (arc.rest == 0 || level_[arc.to] != kUnreached) continue;
      level_[arc.to] = level_[queue[i]] + 1;
      queue.push_back(arc.to);
    }
  }
  return level_[kSink] != kUnreached;
}

// Depth first, without recursion: chains may be long.
bool VertexFlow::Push() {
  std::vector<uint32_t> path;  // arcs from the source
  uint32_t at = kSource;
  while (at != kSink) {
    const std::vector<uint32_t>& arcs = arcs_of_[at];
    uint32_t& next = next_[at];
    while (next < arcs.size() &&
           (arcs_[arcs[next]].rest == 0 || level_[arcs_[arcs[next]].to] != level_[at] + 1)) {
      ++next;
    }
    if (next < arcs.size()) {
      path.push_back(arcs[next]);
      at = arcs_[arcs[next]].to;
      continue;
    }
    if (path.empty()) return false;
    at = arcs_[path.back() ^ 1].to;  // a dead end: one back, and not here again
    path.pop_back();
    ++next_[at];
  }
  for (uint32_t a : path) {
    --arcs_[a].rest;
    ++arcs_[a ^ 1].rest;
  }
  return true;
}

std::vector<std::vector<uint32_t>> VertexFlow::Paths() const {
  std::vector<uint32_t> passed(arcs_.size());  // of the arcs there: what passes and is not yet told
  for (size_t a = 0; a < arcs_.size(); a += 2) passed[a] = arcs_[a + 1].rest;
  std::vector<uint32_t> next(arcs_of_.size(), 0);
  std::vector<std::vector<uint32_t>> paths;
  for (uint32_t first : arcs_of_[kSource]) {
    for (; passed[first] > 0; --passed[first]) {
      std::vector<uint32_t> vertices;
      for (uint32_t at = arcs_[first].to; at != kSink;) {
        if (at % 2 == 0) vertices.push_back((at - 2) / 2);
        uint32_t& arc = next[at];
        while (passed[arcs_of_[at][arc]] == 0) ++arc;
        const uint32_t a = arcs_of_[at][arc];
        --passed[a];
        at = arcs_[a].to;
      }
      paths.push_back(std::move(vertices));
    }
  }
  return paths;
}

}  // namespace headwater::provenance
