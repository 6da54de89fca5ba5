// A claim gathered and assessed, and how its people are called: what words and messages are made
// from.
#ifndef HEADWATER_DATABASE_QUESTIONS_WEIGHED_H_
#define HEADWATER_DATABASE_QUESTIONS_WEIGHED_H_

#include <string>
#include <vector>

#include "database/questions/gather.h"
#include "provenance/assessment.h"
#include "provenance/published.h"

namespace headwater::database {

struct Weighed {
  Gathered gathered;  // its case is the one that was assessed
  provenance::Assessment assessment;
  // As published until a day: of the attributions left out, those that may be no later (the first
  // hundred; their indexes are those of the case above), and how many certainly are.
  std::string published_until;  // EDTF; empty: all counts
  std::vector<provenance::AttributionFact> perhaps_later;
  std::vector<AttributionWords> perhaps_later_words;
  size_t perhaps_later_count = 0;
  size_t later_count = 0;

  const provenance::Case& a_case() const { return gathered.a_case; }
  const provenance::StanceAssessment& stance(v1::Stance stance) const {
    return assessment.stances[static_cast<size_t>(stance - v1::STANCE_ASSERTS)];
  }
  // Whose word an attribution is, whose a link of a line is.
  provenance::Index SourceOf(const provenance::Step& step) const;
  // For each voice, the first of its sources that speaks, publishes or is cited; its first where
  // none does.
  std::vector<provenance::Index> faces;
};

// Assesses what was gathered; with a day, only what was published by its end.
Weighed Weigh(Gathered gathered);
Weighed WeighUntil(Gathered gathered, int32_t day, std::string published_until);

// How sources are named in sentences.
class Names {
 public:
  // `weighed` must outlive it.
  explicit Names(const Weighed& weighed) : weighed_(weighed) {}

  // "Financial Times", "three people close to the matter (unnamed)".
  std::string Of(provenance::Index source) const;
  // The same for several, each once: "A, B and C", "A, B, C, D, E and 12 more".
  std::string List(std::vector<provenance::Index> sources) const;
  // Whether a verb about them is in the plural.
  bool ArePlural(std::vector<provenance::Index> sources) const;
  // "A ← B ← C".
  std::string Chain(const provenance::Line& line) const;

 private:
  // The sources in ascending order, each voice once, by the first of it that is there.
  std::vector<provenance::Index> OncePerVoice(std::vector<provenance::Index> sources) const;

  const Weighed& weighed_;
};

// The list's items joined as a sentence does it, cut after five: "a, b and c".
std::string AndList(const std::vector<std::string>& items);
// "1 voice", "3 voices".
std::string Counted(size_t count, absl::string_view one, absl::string_view many);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_WEIGHED_H_
