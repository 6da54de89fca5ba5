// A case settled by brute force: who speaks with whose voice, what each attribution carries, what
// it rests on, how it is heard. Word for word the rules in provenance/assessment.h; slow, and
// sharing nothing with the assessment that it is to judge.
#ifndef HEADWATER_PROVENANCE_TESTING_RECORD_H_
#define HEADWATER_PROVENANCE_TESTING_RECORD_H_

#include <optional>
#include <set>
#include <vector>

#include "provenance/assessment.h"
#include "provenance/case.h"
#include "provenance/testing/groups.h"

namespace headwater::provenance::testing {

using Stances = std::set<v1::Stance>;

// Those taken in one's own name, in the order in which they are assessed.
inline constexpr v1::Stance kOwnNameStances[] = {v1::STANCE_ASSERTS, v1::STANCE_DENIES,
                                                 v1::STANCE_DOUBTS, v1::STANCE_ASKS,
                                                 v1::STANCE_NO_COMMENT};

// Attributions, sources and documents are named by their places in the case, a voice by its first
// source. The case must outlive the record.
class Record {
 public:
  explicit Record(const Case& a_case);

  const Case& facts() const { return case_; }
  const Groups& groups() const { return groups_; }

  const AttributionFact& Fact(Index attribution) const { return case_.attributions[attribution]; }
  Index VoiceOf(Index attribution) const { return groups_.VoiceOf(Fact(attribution).source); }
  Index PublishingVoice(Index document) const;
  bool Counts(Index attribution) const { return !IsRemoved(case_, Fact(attribution)); }
  bool InOwnName(Index attribution) const { return Fact(attribution).stance != v1::STANCE_RELAYS; }
  Days OwnDate(Index attribution) const;

  // The attributions that a citation of `citing` stands for; of a stub none.
  std::set<Index> Meant(Index citing, const CitationFact& citation) const;
  // Whether a stub counts no more: its source, or what it said, was withdrawn or deleted.
  bool IsSevered(const CitationFact& citation) const {
    return citation.severed || case_.sources[citation.source].silent;
  }
  // What such a stub carries.
  Stances StubCarries(Index citing, const CitationFact& citation) const;
  bool Cites(Index citing, Index cited) const { return cited_[citing].contains(cited); }
  // Whether recorded citations lead from one to the other, in one step or more, by way of others
  // told in the same document.
  bool CitesBack(Index citing, Index cited) const { return reached_there_[citing].contains(cited); }

  const Stances& Carried(Index attribution) const { return carried_[attribution]; }
  bool Carries(Index attribution, v1::Stance stance) const;
  bool RestsOn(Index citing, Index cited, v1::Stance stance) const;
  // The citations of `citing` that are stubs on which it rests for `stance`.
  std::vector<CitationFact> StubsUnder(Index citing, v1::Stance stance) const;
  // The sources that have a stub of `stance` that counts.
  std::set<Index> StubsThatCount(v1::Stance stance) const;
  bool RestsOnNothing(Index attribution, v1::Stance stance) const;

  bool HeardDirectly(Index attribution) const;
  // Those through which alone the publisher lets it be heard, for `stance`.
  std::set<Index> HiddenBy(Index attribution, v1::Stance stance) const;

  // What kind of origin it is for `stance`, whether it counts or not.
  std::optional<OriginKind> OriginOf(Index attribution, v1::Stance stance) const;
  // Whether its voice certainly later took the contrary stance.
  bool TakenBackSince(Index attribution) const;

 private:
  void SettleCitations();
  void SettleStances();

  const Case& case_;
  const Groups groups_;
  std::vector<std::set<Index>> cited_;          // by each attribution
  std::vector<std::set<Index>> reached_there_;  // in its document, by its citations and theirs
  std::vector<Stances> carried_;
};

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_RECORD_H_
