// The ordered map under the memory engine: a persistent treap. A change copies the path it touches
// and shares the rest, so a tree once made never changes: readers need no lock, a snapshot is one
// pointer, and what no snapshot holds frees itself. Private to kv/.
#ifndef HEADWATER_KV_MEMORY_TREE_H_
#define HEADWATER_KV_MEMORY_TREE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kv/engine.h"

namespace headwater::kv {

struct TreeNode;
// A whole tree; null is the empty one. Safe to read from any number of threads.
using Tree = std::shared_ptr<const TreeNode>;

struct TreeNode {
  std::shared_ptr<const Row> row;  // shared by all copies of the node
  uint64_t priority;               // random; a parent's is not less than its children's
  Tree left;                       // smaller keys
  Tree right;                      // greater keys
};

// `tree` with `row` in place of a row of its key, if any. `priority` should be random.
Tree TreePut(const Tree& tree, const std::shared_ptr<const Row>& row, uint64_t priority);
// `tree` without the row of `key`.
Tree TreeDelete(const Tree& tree, absl::string_view key);
// The row of `key`, or null; lives as long as `tree`.
const Row* TreeFind(const Tree& tree, absl::string_view key);

// Walks a tree in ascending order. The tree must outlive it.
class TreeWalk {
 public:
  explicit TreeWalk(const Tree& tree) : root_(tree.get()) {}

  bool Valid() const { return !path_.empty(); }
  absl::string_view key() const { return path_.back()->row->key; }
  absl::string_view value() const { return path_.back()->row->value; }
  void Seek(absl::string_view key);
  void Next();

 private:
  const TreeNode* root_;
  // The current node last, before it those ancestors that are greater than it.
  std::vector<const TreeNode*> path_;
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_MEMORY_TREE_H_
