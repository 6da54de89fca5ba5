// What becomes of a claim's vector, as the index of words tells that of vectors.
#ifndef HEADWATER_SEARCH_VECTORS_VECTOR_CHANGE_H_
#define HEADWATER_SEARCH_VECTORS_VECTOR_CHANGE_H_

#include <cstdint>
#include <string>

namespace headwater::search {

struct VectorChange {
  uint32_t number = 0;  // of the claim
  std::string model;
  uint32_t dimensions = 0;
  bool was_there = false;  // it had one of that model and as many dimensions
  std::string packed;      // the one that it has from now on; empty: none
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_VECTORS_VECTOR_CHANGE_H_
