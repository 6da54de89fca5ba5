#include "provenance/same_people.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace headwater::provenance {
namespace {

constexpr size_t kAlwaysExact = 16;
constexpr size_t kMostChoices = 500;

// Bron and Kerbosch's enumeration of maximal cliques, with a pivot, over who is certainly distinct
// from whom.
class Chooser {
 public:
  Chooser(const Case& a_case, const Voices& voices, const std::vector<Index>& origins,
          const std::function<void(const std::vector<Index>&)>& choice)
      : voices_(voices), distinct_(KnownDistinct(a_case, voices)), choice_(choice) {
    std::vector<Index> unnamed;
    std::vector<Index> persons;
    for (Index voice : origins) {
      if (voices.voices[voice].kind == VoiceKind::kAnonymous) {
        unnamed.push_back(voice);
      } else if (voices.voices[voice].holds_person) {
        persons.push_back(voice);
      } else {
        certain_.push_back(voice);
      }
    }
    for (Index voice : persons) {
      const bool could_be_one = std::any_of(unnamed.begin(), unnamed.end(), [&](Index other) {
        return MightBeTheSame(voice, other);
      });
      (could_be_one ? doubtful_ : certain_).push_back(voice);
    }
    doubtful_.insert(doubtful_.end(), unnamed.begin(), unnamed.end());
    std::sort(doubtful_.begin(), doubtful_.end());
  }

  bool Run() {
    most_ = doubtful_.size() <= kAlwaysExact ? SIZE_MAX : kMostChoices;
    std::vector<Index> chosen = certain_;
    Extend(&chosen, doubtful_, {});
    return !cut_;
  }

 private:
  bool MightBeTheSame(Index one, Index other) const {
    const bool unnamed = voices_.voices[one].kind == VoiceKind::kAnonymous ||
                         voices_.voices[other].kind == VoiceKind::kAnonymous;
    return unnamed &&
           !std::binary_search(distinct_.begin(), distinct_.end(), std::pair(one, other));
  }

  std::vector<Index> DistinctFrom(Index voice, const std::vector<Index>& others) const {
    std::vector<Index> distinct;
    for (Index other : others) {
      if (other != voice && !MightBeTheSame(voice, other)) distinct.push_back(other);
    }
    return distinct;
  }

  void Extend(std::vector<Index>* chosen, std::vector<Index> candidates,
              std::vector<Index> done_with) {
    if (cut_) return;
    if (candidates.empty()) {
      if (!done_with.empty()) return;
      if (calls_++ < most_) return choice_(*chosen);
      cut_ = true;
      return;
    }
    // Some largest choice has the pivot or one who might be the same as it.
    const Index pivot = candidates.front();
    const std::vector<Index> with_pivot = DistinctFrom(pivot, candidates);
    std::vector<Index> branches;
    std::set_difference(candidates.begin(), candidates.end(), with_pivot.begin(), with_pivot.end(),
                        std::back_inserter(branches));
    for (Index voice : branches) {
      chosen->push_back(voice);
      Extend(chosen, DistinctFrom(voice, candidates), DistinctFrom(voice, done_with));
      chosen->pop_back();
      candidates.erase(std::find(candidates.begin(), candidates.end(), voice));
      done_with.push_back(voice);
    }
  }

  const Voices& voices_;
  const std::vector<std::pair<Index, Index>> distinct_;
  const std::function<void(const std::vector<Index>&)>& choice_;
  std::vector<Index> certain_;
  std::vector<Index> doubtful_;
  size_t most_ = 0;
  size_t calls_ = 0;
  bool cut_ = false;
};

}  // namespace

bool ForChoicesOfPeople(const Case& a_case, const Voices& voices, const std::vector<Index>& origins,
                        const std::function<void(const std::vector<Index>&)>& choice) {
  return Chooser(a_case, voices, origins, choice).Run();
}

}  // namespace headwater::provenance
