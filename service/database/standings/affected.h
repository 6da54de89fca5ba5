// Which claims may be assessed otherwise after a request than before it.
#ifndef HEADWATER_DATABASE_STANDINGS_AFFECTED_H_
#define HEADWATER_DATABASE_STANDINGS_AFFECTED_H_

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "database/queries.h"
#include "database/questions/gather_budget.h"
#include "database/questions/index_walk.h"
#include "records/entry.h"

namespace headwater::database {

// Rather too many than too few:
//  - an attribution: its claim, and those in which it is cited;
//  - a relation: both its claims, before and after;
//  - a claim: it, and those that have a relation to it;
//  - a document, where what counts of it changed: all whose attributions it or a copy of it tells;
//  - a source, likewise: all in which a source of its voice speaks, is cited or publishes, or one
//    that is owned by such a source, and so on down; where it was deleted or undeleted, those too
//    of EVIDENCE that it authenticates;
//  - with each claim those that say the same, before and after, and those that either contradicts.
// What is deleted refers too: an assessment looks at what others still cite.
//
// A path by which a claim depended on what changed, and which the request itself broke, was broken
// at something that is an entry of the request too; so what remains of it is found from there, in
// the state after.
//
// Takes time in proportion to what it finds, and memory for `most` ids of claims, twice as many of
// those seen, and the ids of a source's voice and all it owns or of a document's copies.
class Affected {
 public:
  // Asked now and then whether to go on; what it fails with, Add() does.
  using GoOn = std::function<absl::Status()>;

  // Keeps the first `most` ids behind `from`. `after` is the state at the request's end; it must
  // outlive this.
  Affected(const Reading& after, std::string from, size_t most, GoOn go_on);

  // An entry of the request.
  absl::Status Add(const records::Entry& entry);

  const std::set<std::string>& claims() const { return claims_; }  // ids
  // Whether there are others behind those.
  bool more() const { return more_; }

 private:
  template <class Resource>
  absl::StatusOr<Resource> At(const Reading& reading, const keys::Name& name, bool* live) const;
  absl::Status AddAttribution(const keys::Name& name);
  absl::Status AddClaim(const Reading& before, const keys::Name& name);
  absl::Status AddRelation(const Reading& before, const keys::Name& name);
  absl::Status AddDocument(const Reading& before, const keys::Name& name);
  absl::Status AddSource(const Reading& before, const records::Entry& entry,
                         const keys::Name& name);
  absl::Status AddWithCopies(keys::Name document);
  absl::Status AddVoices(std::vector<keys::Name> sources);
  absl::Status AddSpeaker(const keys::Name& source);
  // Its claim, and who says the same or contradicts.
  absl::Status Include(const std::string& claim);
  absl::Status IncludeBefore(const Reading& before, const std::string& claim);
  // Those that say the same. Sets `contradicting` to who contradicts, where it is not null.
  absl::Status IncludeSame(const Reading& reading, const std::string& claim, IndexWalk* walk,
                           std::set<std::string>* seen, std::vector<std::string>* contradicting);
  // Claims with a relation to or from it, after.
  absl::Status Neighbours(const std::string& claim, IndexWalk* walk,
                          std::vector<std::string>* neighbours);
  void Keep(const std::string& claim);

  const Reading& after_;
  const std::string from_;
  const size_t most_;
  const GoOn go_on_;
  GatherBudget budget_;  // never used up: of rows alone, without patience's end
  // One inside the other: a walk may not be begun anew while it hands out what it found.
  IndexWalk sources_walk_;
  IndexWalk speakers_walk_;
  IndexWalk copies_walk_;
  IndexWalk told_walk_;
  IndexWalk citing_walk_;
  IndexWalk claims_walk_;

  std::set<std::string> claims_;
  bool more_ = false;
  std::set<std::string> included_;  // with whoever says the same and contradicts; may forget some
  std::set<std::string> said_;      // with whoever says the same; may forget some
  std::set<std::string> sources_;   // dealt with
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_STANDINGS_AFFECTED_H_
