// Vectors for tests.
#ifndef HEADWATER_SEARCH_VECTORS_TESTING_H_
#define HEADWATER_SEARCH_VECTORS_TESTING_H_

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "headwater/v1/embedding.pb.h"
#include "search/vectors/packed_vector.h"

namespace headwater::search::testing {

// Vectors that lie around so many centres, as statements around subjects do.
class Clusters {
 public:
  Clusters(size_t dimensions, size_t centres, uint32_t seed) : random_(seed) {
    for (size_t i = 0; i < centres; ++i) centres_.push_back(Random(dimensions));
  }

  v1::Embedding Draw(const std::string& model = "m") {
    const std::vector<float>& centre = centres_[random_() % centres_.size()];
    v1::Embedding embedding;
    embedding.set_model(model);
    embedding.set_dimensions(static_cast<int32_t>(centre.size()));
    for (const float value : centre) embedding.add_values(value + 0.5f * normal_(random_));
    return embedding;
  }

  std::string Packed() { return PackVector(Draw()); }

  std::mt19937& random() { return random_; }

 private:
  std::vector<float> Random(size_t dimensions) {
    std::vector<float> values(dimensions);
    for (float& value : values) value = normal_(random_);
    return values;
  }

  std::mt19937 random_;
  std::normal_distribution<float> normal_;
  std::vector<std::vector<float>> centres_;
};

}  // namespace headwater::search::testing

#endif  // HEADWATER_SEARCH_VECTORS_TESTING_H_
