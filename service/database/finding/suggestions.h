// The relations that the server suggests between claims: which there are, and what is to be written
// of them.
#ifndef HEADWATER_DATABASE_FINDING_SUGGESTIONS_H_
#define HEADWATER_DATABASE_FINDING_SUGGESTIONS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/api.h"
#include "database/queries.h"
#include "database/questions/gather_budget.h"
#include "database/questions/index_walk.h"
#include "database/writing/write_request.h"
#include "headwater/v1/relation.pb.h"

namespace headwater::database {

// A write of the server's own.
struct SuggestionWrite {
  Shape shape = Shape::kCreate;  // or kDelete, kUndelete
  v1::Relation relation;         // of one that is there, its name and etag alone
  std::string reason;            // of a deletion
};

// As the committer takes it.
Operation ToOperation(const SuggestionWrite& write, std::string path);

// The id of the relation between two claims, which names decide alone.
std::string SuggestionId(const keys::Name& a, const keys::Name& b);

// Those of one state, and those that are about to be written. Belongs to one thread.
class Suggestions {
 public:
  // What relations between two claims, either way, say.
  enum class Between {
    kNothing,  // there never was one, or but one that the server itself took back
    kSame,     // that they are the same, by suggestion or confirmed
    kOther,    // something else; or what they said was refused, or deleted by somebody
  };

  // One that is live and that nobody has decided on.
  struct Suggestion {
    keys::Name name;
    keys::Name other;  // the claim at its other end
    uint64_t revision = 0;
  };
  // What was ever suggested of a claim.
  struct Suggested {
    std::vector<Suggestion> undecided;
    std::vector<keys::Name> others;  // at the other ends of all, decided or deleted ones too
  };

  // `latest` must outlive this.
  explicit Suggestions(const Reading& latest);

  absl::StatusOr<Between> BetweenThem(const keys::Name& a, const keys::Name& b);
  absl::StatusOr<Suggested> Of(const keys::Name& claim);

  // Suggests that two claims are the same. Requires that there is kNothing between them.
  absl::Status Suggest(const keys::Name& a, const keys::Name& b);
  // Takes one back.
  void Withdraw(const Suggestion& suggestion, absl::string_view reason);

  // What is to be written, in the order in which it was asked for.
  const std::vector<SuggestionWrite>& writes() const { return writes_; }

 private:
  // A suggestion that the server has taken back; revision 0: none.
  struct Withdrawn {
    keys::Name name;
    uint64_t revision = 0;
  };

  absl::Status LookUnder(const keys::Name& claim, const keys::Name& target, Between* between,
                         Withdrawn* withdrawn);
  absl::Status AddTo(const keys::Name& relation, uint64_t revision, const keys::Name& claim,
                     Suggested* suggested);

  const Reading& latest_;
  GatherBudget budget_;  // never used up
  IndexWalk walk_;
  std::map<std::string, bool> about_to_be_;  // by ids: whether it is live once that is written
  std::vector<SuggestionWrite> writes_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_SUGGESTIONS_H_
