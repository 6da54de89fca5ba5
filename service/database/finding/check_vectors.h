// Holds the rows of vectors against what is indexed of the claims. For check_index.cc.
#ifndef HEADWATER_DATABASE_FINDING_CHECK_VECTORS_H_
#define HEADWATER_DATABASE_FINDING_CHECK_VECTORS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kv/engine.h"
#include "search/index/indexed.h"
#include "search/vectors/vector_rows.h"

namespace headwater::database {

// Each vector is looked up where it has to be, and the rows are counted: with as many as are
// expected none can be too many. Links are followed as far as that their nodes exist; whether a
// graph is a good one is not judged.
class VectorsCheck {
 public:
  VectorsCheck(const kv::Snapshot& snapshot, const std::function<void(std::string)>& problem)
      : snapshot_(snapshot), problem_(problem) {}

  // What is indexed of a claim under its number, each once.
  absl::Status Expect(uint32_t number, const search::Indexed& indexed);

  // After all was expected. How many vectors there are.
  absl::StatusOr<uint64_t> Compare();

 private:
  absl::Status ExpectOne(uint32_t number, const std::string& id,
                         const search::IndexedVector& vector);
  absl::Status WalkSpace(const search::VectorSpace& space);

  const kv::Snapshot& snapshot_;
  const std::function<void(std::string)>& problem_;
  uint64_t expected_ = 0;
  uint64_t left_out_ = 0;  // of those
  uint64_t claims_ = 0;    // rows that there are
  uint64_t owned_ = 0;     // nodes that are some claim's
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_CHECK_VECTORS_H_
