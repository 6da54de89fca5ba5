// The rows of vectors in the postings, but for a graph's links (vector_graph.h).
//
//   a space   varint   its number
//   a node    varint   the claim's number + 1; 0 where it has been given up and may be used anew
//             bytes    the vector, packed
//   a claim   varint   its node + 1; 0 where its vector was left out of the graph for want of
//                      memory
#ifndef HEADWATER_SEARCH_VECTORS_VECTOR_ROWS_H_
#define HEADWATER_SEARCH_VECTORS_VECTOR_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kv/engine.h"

namespace headwater::search {

// A node of a graph. Its vector is a view into the row.
struct VectorNode {
  std::optional<uint32_t> number;  // of the claim
  absl::string_view packed;
};

std::string EncodeVectorNode(const VectorNode& node);
// nullopt where the bytes are damaged.
std::optional<VectorNode> DecodeVectorNode(absl::string_view row, size_t dimensions);

// The node of a claim, or none, as the last row says.
std::string EncodeNodeOf(std::optional<uint32_t> node);
bool DecodeNodeOf(absl::string_view row, std::optional<uint32_t>* node);

// The space of a model's vectors; nullopt where it has none yet. Errors: those of the snapshot,
// kDataLoss.
absl::StatusOr<std::optional<uint32_t>> FindSpace(const kv::Snapshot& snapshot,
                                                  absl::string_view model, uint32_t dimensions,
                                                  kv::Patience patience);

struct VectorSpace {
  std::string model;
  uint32_t dimensions = 0;
  uint32_t number = 0;
};

// All that there are, by model and dimensions.
absl::StatusOr<std::vector<VectorSpace>> ReadSpaces(const kv::Snapshot& snapshot);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_VECTORS_VECTOR_ROWS_H_
