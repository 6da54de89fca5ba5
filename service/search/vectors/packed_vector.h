// A vector as the index keeps it: a signed byte a number. Which way it points is all that counts.
#ifndef HEADWATER_SEARCH_VECTORS_PACKED_VECTOR_H_
#define HEADWATER_SEARCH_VECTORS_PACKED_VECTOR_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "headwater/v1/embedding.pb.h"

namespace headwater::search {

// Scaled so that the largest number is 127 or -127; bytes that came as such stay as they are. The
// same vector makes the same bytes. Requires an embedding that CheckEmbedding has nothing against.
std::string PackVector(const v1::Embedding& embedding);

// A digest of a packed vector. Different ones have different digests, as good as always.
uint64_t FingerprintOfVector(absl::string_view packed);

// The sum of the products of `size` numbers, at most 4096.
int32_t DotProduct(const int8_t* a, const int8_t* b, size_t size);

// 1 over the length of a packed vector; 0 of one without length.
float InverseLength(absl::string_view packed);

// The cosine of the angle between two packed vectors of as many numbers, -1 to 1. That of packed
// vectors differs from that of their floats by some thousandths.
double PackedCosine(absl::string_view a, absl::string_view b);

// The same of what a client sent, exact. Requires as many numbers in both.
double Cosine(const v1::Embedding& a, const v1::Embedding& b);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_VECTORS_PACKED_VECTOR_H_
