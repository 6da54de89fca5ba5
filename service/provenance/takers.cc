#include "provenance/takers.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "provenance/settled.h"

namespace headwater::provenance {
namespace {

class Finder {
 public:
  explicit Finder(const Case& a_case) : case_(a_case), settled_(Settle(a_case)) {}

  // Whether an attribution that counts carries it.
  bool Carries(Index i, Stances bit) const {
    return settled_.counts[i] && (settled_.carries[i] & bit) != 0;
  }

  bool IsCarried(v1::Stance stance) const {
    for (Index i = 0; i < case_.attributions.size(); ++i) {
      if (Carries(i, BitOf(stance))) return true;
    }
    return false;
  }

  std::vector<Taker> Takers(v1::Stance stance) const {
    const Stances bit = BitOf(stance);
    std::vector<Index> own;
    std::vector<Index> relaying;
    for (Index i = 0; i < case_.attributions.size(); ++i) {
      if (Carries(i, bit)) (OwnStance(case_.attributions[i]) == bit ? own : relaying).push_back(i);
    }
    std::vector<Taker> takers;
    std::set<Index> seen;
    Add(std::move(own), &seen, &takers);
    std::set<Index> cited;
    for (const Stub& stub : settled_.citations.stubs) {
      const bool stands = !stub.severed && Carries(stub.citing, bit) && (stub.carries & bit) != 0;
      if (stands && !seen.contains(stub.source)) cited.insert(stub.source);
    }
    for (Index source : cited) takers.push_back({source});
    if (takers.empty()) Add(std::move(relaying), &seen, &takers);
    return takers;
  }

 private:
  void Add(std::vector<Index> attributions, std::set<Index>* seen,
           std::vector<Taker>* takers) const {
    const auto rank = [this](Index i) {
      return std::make_tuple(settled_.own_dates[i].latest, case_.attributions[i].recorded, i);
    };
    std::sort(attributions.begin(), attributions.end(),
              [&](Index one, Index other) { return rank(one) < rank(other); });
    for (Index i : attributions) {
      const Index source = case_.attributions[i].source;
      if (seen->insert(source).second) takers->push_back({source, i});
    }
  }

  const Case& case_;
  const Settled settled_;
};

}  // namespace

Takers TakersOf(const Case& a_case) {
  const Finder finder(a_case);
  return {finder.IsCarried(v1::STANCE_ASSERTS), finder.Takers(v1::STANCE_ASSERTS),
          finder.Takers(v1::STANCE_DENIES), finder.Takers(v1::STANCE_ASKS)};
}

}  // namespace headwater::provenance
