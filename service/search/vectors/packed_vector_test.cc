#include "search/vectors/packed_vector.h"

#include <cmath>

#include "gtest/gtest.h"
#include "search/vectors/testing.h"

namespace headwater::search {
namespace {

v1::Embedding Of(const std::vector<float>& values) {
  v1::Embedding embedding;
  embedding.set_dimensions(static_cast<int32_t>(values.size()));
  embedding.mutable_values()->Assign(values.begin(), values.end());
  return embedding;
}

TEST(PackVector, ScalesTheLargestTo127AndKeepsBytes) {
  EXPECT_EQ(PackVector(Of({2, -4, 0})), std::string({64, -127, 0}));
  EXPECT_EQ(PackVector(Of({1e-30f, 3e-39f})).front(), 127);
  EXPECT_EQ(PackVector(Of({3e38f, -3e38f})), std::string({127, -127}));
  v1::Embedding bytes;
  bytes.set_dimensions(3);
  bytes.set_int8_values(std::string({-128, 5, 0}));
  EXPECT_EQ(PackVector(bytes), std::string({-128, 5, 0}));
}

TEST(DotProduct, IsThatOfTheObviousLoopAtEveryLength) {
  std::mt19937 random(7);
  std::vector<int8_t> a(4096);
  std::vector<int8_t> b(4096);
  for (size_t size = 0; size <= a.size(); size = size < 70 ? size + 1 : size * 2 + 5) {
    int32_t sum = 0;
    for (size_t i = 0; i < size; ++i) {
      a[i] = static_cast<int8_t>(random());
      b[i] = static_cast<int8_t>(random());
      sum += a[i] * b[i];
    }
    EXPECT_EQ(DotProduct(a.data(), b.data(), size), sum) << size;
  }
  std::fill(a.begin(), a.end(), int8_t{-128});
  EXPECT_EQ(DotProduct(a.data(), a.data(), a.size()), 4096 * 128 * 128);
}

TEST(Cosine, OfPackedVectorsIsNearlyThatOfTheirFloats) {
  testing::Clusters clusters(384, 3, 1);
  for (int i = 0; i < 200; ++i) {
    const v1::Embedding a = clusters.Draw();
    const v1::Embedding b = clusters.Draw();
    EXPECT_NEAR(PackedCosine(PackVector(a), PackVector(b)), Cosine(a, b), 0.005);
  }
}

TEST(Cosine, GoesFromOneToMinusOneAndIsZeroWithoutAngle) {
  EXPECT_DOUBLE_EQ(Cosine(Of({3, 4}), Of({6, 8})), 1);
  EXPECT_DOUBLE_EQ(Cosine(Of({3, 4}), Of({-3, -4})), -1);
  EXPECT_DOUBLE_EQ(Cosine(Of({1, 0}), Of({0, 1})), 0);
  EXPECT_DOUBLE_EQ(Cosine(Of({0, 0}), Of({0, 1})), 0);
  v1::Embedding bytes;
  bytes.set_dimensions(2);
  bytes.set_int8_values(std::string({-3, -4}));
  EXPECT_DOUBLE_EQ(Cosine(bytes, Of({3, 4})), -1);
  EXPECT_DOUBLE_EQ(PackedCosine(std::string({0, 0}), std::string({1, 1})), 0);
  EXPECT_FLOAT_EQ(InverseLength(std::string({3, 4})), 0.2f);
}

}  // namespace
}  // namespace headwater::search
