// Walks the claims that a withdrawal touches at first hand, in an order that can be gone on with
// and told from the claims themselves.
//
// Withdrawn would be some attributions: one; those told in a document; those of a source, and those
// told in the documents that it publishes. A claim is *hit* where one of those stands in it (it
// *told* there), or where one of its own cites one of those of another claim, or cites the source
// alone. Each hit has a path:
//   1 claim                                 of the source (or the attribution itself)
//   2 claim                                 cites the source alone
//   3 document, claim                       told in the document
//   4 claim', attribution', claim           cites an attribution of the source (or itself)
//   5 document, claim', attribution', claim cites an attribution told in the document
// Hits come in the order of their paths: indexes are walked, each in the order of names, one within
// the other, and nothing is held but where the walk is. What is deleted hits nothing; a withdrawn
// attribution hits, and changes nothing.
//
// One claim may be hit along many paths, and a million walks later again. Yet a path is made of
// nothing but names that a claim's own attributions mention, with what they cite: whoever has
// gathered a claim knows all its paths (PathsOf), so its least one, and on this one only reports
// it. So each is reported once, over any number of pages, without remembering any.
#ifndef HEADWATER_DATABASE_QUESTIONS_IMPACT_WALK_H_
#define HEADWATER_DATABASE_QUESTIONS_IMPACT_WALK_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "database/questions/gather.h"
#include "database/scan.h"
#include "keys/register.h"

namespace headwater::database {

// Its order is that of the hits.
using HitPath = std::vector<std::string>;

struct Hit {
  HitPath path;
  std::string claim;  // id
  bool told = false;
};

// Where a walk is.
struct WalkPlace {
  std::string phase;              // the first part of the path; empty for the beginning
  std::vector<std::string> rows;  // the position in each index, from the outermost
};

class ImpactWalk {
 public:
  // `subject` is a source, a document or an attribution. What this is made of must outlive it.
  // Index rows are counted down from `*budget`.
  ImpactWalk(const Reading& reading, const keys::Name& subject, size_t* budget)
      : reading_(reading), subject_(subject), budget_(budget) {}

  // False ends the walk: the hit was not taken.
  using Visit = std::function<absl::StatusOr<bool>(const Hit& hit)>;

  // Hands on the hits from `place` on. Returns where to go on: at the hit that was not taken, or
  // where the budget ended; nullopt at the end. The errors of `visit` and the reader.
  absl::StatusOr<std::optional<WalkPlace>> Run(WalkPlace place, const Visit& visit);

 private:
  // An index that is walked: who refers to what the one around it found, or to the subject.
  struct Level {
    keys::Kind kind = keys::Kind::kAttribution;
    keys::Reference field = keys::Reference::kAttributionSource;
  };

  std::vector<Level> LevelsOf(char phase) const;
  // Walks the levels from `level` on, those around it being at `from`. False where it was ended.
  absl::StatusOr<bool> Down(const std::vector<Level>& levels, size_t level, const keys::Name& from,
                            const HitPath& path, const Visit& visit);
  // The next live row under the term, from the level's place on; kept there. False at the end
  // (nullopt) or without budget.
  absl::StatusOr<bool> Next(const Level& level, size_t depth, const std::string& term,
                            std::optional<keys::Name>* found);

  const Reading& reading_;
  const keys::Name subject_;
  size_t* const budget_;
  WalkPlace place_;
};

// The paths along which claims gathered together are hit, were `subject` withdrawn; as `told`
// counts those alone that something withdrawn is told in them. Unordered, with repetitions.
std::vector<HitPath> PathsOf(const keys::Name& subject, const Gathered& gathered, bool told_only);

// Makes what was gathered what it would be: as if `subject` had been withdrawn by the source.
void Withdraw(const keys::Name& subject, Gathered* gathered);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_IMPACT_WALK_H_
