// Which claims may be assessed otherwise after a request than before it.
#ifndef HEADWATER_DATABASE_AFFECTED_H_
#define HEADWATER_DATABASE_AFFECTED_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "database/gather_budget.h"
#include "database/index_walk.h"
#include "database/queries.h"
#include "records/entry.h"

namespace headwater::database {

// Rather too many than too few:
//  - an attribution: its claim, and those in which it is cited;
//  - a relation: both its claims, before and after;
//  - a document, where what counts of it changed: all whose attributions it or a word for word copy
//    of it tells;
//  - a source, likewise: all in which a source of its voice speaks, is cited or publishes, or one
//    that is owned by such a source, and so on down;
//  - with each claim those that say the same, and those that either contradicts.
// Takes time in proportion to what it finds; a document's text or a source's display name finds
// nothing.
class Affected {
 public:
  // `after` is the state at the request's end; it must outlive this.
  explicit Affected(const Reading& after);

  // An entry of the request.
  absl::Status Add(const records::Entry& entry);
  // Adds those who say the same or contradict; once, after all entries.
  absl::Status Complete();

  const std::set<std::string>& claims() const { return claims_; }  // ids

 private:
  template <class Resource>
  absl::StatusOr<Resource> At(const Reading& reading, const keys::Name& name, bool* live) const;
  absl::Status Referrers(const keys::Name& target, keys::Reference field,
                         const IndexWalk::Take& take);
  absl::Status AddAttribution(const keys::Name& name);
  absl::Status AddClaim(const keys::Name& name);
  absl::Status AddRelation(const Reading& before, const keys::Name& name);
  absl::Status AddDocument(const Reading& before, const keys::Name& name);
  absl::Status AddSource(const Reading& before, const keys::Name& name);
  absl::Status AddWithCopies(keys::Name document);
  absl::Status AddTold(const keys::Name& document);
  absl::Status AddSpeaker(const keys::Name& source);

  const Reading& after_;
  GatherBudget budget_;
  IndexWalk walk_;
  std::set<std::string> claims_;
  std::set<std::string> documents_;  // dealt with
  std::set<std::string> sources_;    // likewise
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_AFFECTED_H_
