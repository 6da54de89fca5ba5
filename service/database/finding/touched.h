// What is to be indexed anew after a request.
#ifndef HEADWATER_DATABASE_FINDING_TOUCHED_H_
#define HEADWATER_DATABASE_FINDING_TOUCHED_H_

#include <cstddef>
#include <functional>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "database/queries.h"
#include "database/questions/gather_budget.h"
#include "database/questions/index_walk.h"
#include "records/entry.h"

namespace headwater::database {

// Claims, documents and sources whose index rows may differ after a request from those before it:
//  - a claim, source or document: itself;
//  - an attribution or a review: its claim;
//  - a document whose title or language changed, or that was deleted or undeleted: the claims of
//    all attributions that it tells;
//  - a source whose name changed, or that was deleted or undeleted: the claims where it speaks.
// Attributions that are deleted give a claim nothing; one that the request deleted is an entry of
// its own.
//
// Takes time in proportion to the attributions that it walks, and memory for `most` names.
class Touched {
 public:
  // Asked now and then whether to go on; what it fails with, Add() does.
  using GoOn = std::function<absl::Status()>;

  // Keeps the first `most` names behind `from` (keys::Name::Key). `after` is the state at the
  // request's end; it must outlive this.
  Touched(const Reading& after, std::string from, size_t most, GoOn go_on);

  // An entry of the request.
  absl::Status Add(const records::Entry& entry);

  const std::set<std::string>& names() const { return names_; }  // as in keys
  // Whether there are others behind those.
  bool more() const { return more_; }

 private:
  absl::Status AddTold(const records::Entry& entry, const keys::Name& document);
  absl::Status AddSpoken(const records::Entry& entry, const keys::Name& source);
  absl::Status AddClaimsUnder(const std::string& term);
  Reading Before(const records::Entry& entry) const;
  void Keep(const keys::Name& name);

  const Reading& after_;
  const std::string from_;
  const size_t most_;
  const GoOn go_on_;
  GatherBudget budget_;  // never used up
  IndexWalk walk_;
  std::set<std::string> names_;
  bool more_ = false;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_TOUCHED_H_
