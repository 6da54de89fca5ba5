#include "kv/memory_tree.h"

#include <utility>

namespace headwater::kv {
namespace {

Tree With(const TreeNode& node, Tree left, Tree right) {
  return std::make_shared<const TreeNode>(
      TreeNode{node.row, node.priority, std::move(left), std::move(right)});
}

// One tree of two, where every key of `left` is less than every key of `right`.
Tree Merge(const Tree& left, const Tree& right) {
  if (left == nullptr) return right;
  if (right == nullptr) return left;
  if (left->priority >= right->priority) {
    return With(*left, left->left, Merge(left->right, right));
  }
  return With(*right, Merge(left, right->left), right->right);
}

Tree DeletePresent(const Tree& tree, absl::string_view key) {
  const int order = key.compare(tree->row->key);
  if (order == 0) return Merge(tree->left, tree->right);
  if (order < 0) return With(*tree, DeletePresent(tree->left, key), tree->right);
  return With(*tree, tree->left, DeletePresent(tree->right, key));
}

}  // namespace

Tree TreePut(const Tree& tree, const std::shared_ptr<const Row>& row, uint64_t priority) {
  if (tree == nullptr) {
    return std::make_shared<const TreeNode>(TreeNode{row, priority, nullptr, nullptr});
  }
  const int order = row->key.compare(tree->row->key);
  if (order == 0) {
    return std::make_shared<const TreeNode>(TreeNode{row, tree->priority, tree->left, tree->right});
  }
  if (order < 0) {
    Tree left = TreePut(tree->left, row, priority);
    if (left->priority <= tree->priority) return With(*tree, std::move(left), tree->right);
    return With(*left, left->left, With(*tree, left->right, tree->right));
  }
  Tree right = TreePut(tree->right, row, priority);
  if (right->priority <= tree->priority) return With(*tree, tree->left, std::move(right));
  return With(*right, With(*tree, tree->left, right->left), right->right);
}

Tree TreeDelete(const Tree& tree, absl::string_view key) {
  return TreeFind(tree, key) == nullptr ? tree : DeletePresent(tree, key);
}

const Row* TreeFind(const Tree& tree, absl::string_view key) {
  for (const TreeNode* node = tree.get(); node != nullptr;) {
    const int order = key.compare(node->row->key);
    if (order == 0) return node->row.get();
    node = order < 0 ? node->left.get() : node->right.get();
  }
  return nullptr;
}

void TreeWalk::Seek(absl::string_view key) {
  path_.clear();
  for (const TreeNode* node = root_; node != nullptr;) {
    if (key.compare(node->row->key) <= 0) {
      path_.push_back(node);
      node = node->left.get();
    } else {
      node = node->right.get();
    }
  }
}

void TreeWalk::Next() {
  const TreeNode* node = path_.back()->right.get();
  path_.pop_back();
  for (; node != nullptr; node = node->left.get()) path_.push_back(node);
}

}  // namespace headwater::kv
