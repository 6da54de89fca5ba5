// The same case under other names, hence in another order, and recorded in another order.
#ifndef HEADWATER_PROVENANCE_TESTING_PERMUTATION_H_
#define HEADWATER_PROVENANCE_TESTING_PERMUTATION_H_

#include <random>
#include <vector>

#include "provenance/case.h"
#include "provenance/testing/reference.h"

namespace headwater::provenance::testing {

class Permutation {
 public:
  // One of that case, at random.
  Permutation(const Case& a_case, std::mt19937_64* random);

  Case Permuted(const Case& a_case) const;
  ReferenceAssessment Permuted(ReferenceAssessment assessment) const;

 private:
  using Places = std::vector<Index>;  // to which each goes

  static Index At(const Places& places, Index from) { return from == kNone ? kNone : places[from]; }
  std::set<Index> Sources(const std::set<Index>& from) const;
  std::vector<Index> Attributions(std::vector<Index> from) const;
  Step Moved(const Step& step) const;

  Places sources_, documents_, attributions_;
  std::vector<uint64_t> recorded_;
};

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_PERMUTATION_H_
