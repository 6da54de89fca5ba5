#include "search/vectors/packed_vector.h"

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/sha256.h"
#include "keys/encoding.h"

namespace headwater::search {
namespace {

const int8_t* Numbers(absl::string_view packed) {
  return reinterpret_cast<const int8_t*>(packed.data());
}

using Dot = int32_t (*)(const int8_t*, const int8_t*, size_t);

int32_t PlainDot(const int8_t* a, const int8_t* b, size_t size) {
  int32_t sum = 0;
  for (size_t i = 0; i < size; ++i) sum += int32_t{a[i]} * b[i];
  return sum;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) inline __m256i Widen(const int8_t* at) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
}

// Nearly all of what an insertion and a search take is spent here; compilers make no such loop of
// the plain one for the oldest processors of this kind.
__attribute__((target("avx2"))) int32_t WideDot(const int8_t* a, const int8_t* b, size_t size) {
  constexpr size_t kStep = 16;
  __m256i sums = _mm256_setzero_si256();
  size_t i = 0;
  for (; i + kStep <= size; i += kStep) {
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(Widen(a + i), Widen(b + i)));
  }
  alignas(32) int32_t parts[8];
  _mm256_store_si256(reinterpret_cast<__m256i*>(parts), sums);
  int32_t sum = PlainDot(a + i, b + i, size - i);
  for (const int32_t part : parts) sum += part;
  return sum;
}
#endif

Dot ChooseDot() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return WideDot;
#endif
  return PlainDot;
}

}  // namespace

std::string PackVector(const v1::Embedding& embedding) {
  if (!embedding.int8_values().empty()) return embedding.int8_values();
  double largest = 0;
  for (const float value : embedding.values())
    largest = std::max(largest, std::fabs(double{value}));
  std::string packed;
  packed.reserve(static_cast<size_t>(embedding.values_size()));
  for (const float value : embedding.values())
    packed.push_back(static_cast<char>(std::lround(value / largest * 127)));
  return packed;
}

uint64_t FingerprintOfVector(absl::string_view packed) {
  return keys::ReadAscending(AsBytes(Sha256(packed)).substr(0, sizeof(uint64_t)));
}

int32_t DotProduct(const int8_t* a, const int8_t* b, size_t size) {
  static const Dot kDot = ChooseDot();
  return kDot(a, b, size);
}

float InverseLength(absl::string_view packed) {
  const int32_t square = DotProduct(Numbers(packed), Numbers(packed), packed.size());
  return square == 0 ? 0 : 1 / std::sqrt(static_cast<float>(square));
}

double PackedCosine(absl::string_view a, absl::string_view b) {
  const size_t size = std::min(a.size(), b.size());
  const double squares = double(DotProduct(Numbers(a), Numbers(a), a.size())) *
                         double(DotProduct(Numbers(b), Numbers(b), b.size()));
  if (squares == 0) return 0;
  return std::clamp(DotProduct(Numbers(a), Numbers(b), size) / std::sqrt(squares), -1.0, 1.0);
}

double Cosine(const v1::Embedding& a, const v1::Embedding& b) {
  const auto at = [](const v1::Embedding& embedding, int i) {
    return embedding.values_size() > 0
               ? double{embedding.values(i)}
               : double(static_cast<int8_t>(embedding.int8_values()[static_cast<size_t>(i)]));
  };
  double dot = 0;
  double square_a = 0;
  double square_b = 0;
  for (int i = 0; i < std::min(a.dimensions(), b.dimensions()); ++i) {
    const double x = at(a, i);
    const double y = at(b, i);
    dot += x * y;
    square_a += x * x;
    square_b += y * y;
  }
  if (square_a == 0 || square_b == 0) return 0;
  return std::clamp(dot / std::sqrt(square_a) / std::sqrt(square_b), -1.0, 1.0);
}

}  // namespace headwater::search
