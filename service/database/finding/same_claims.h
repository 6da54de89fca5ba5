// Which claims are to be suggested to be the same.
#ifndef HEADWATER_DATABASE_FINDING_SAME_CLAIMS_H_
#define HEADWATER_DATABASE_FINDING_SAME_CLAIMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "database/finding/suggestions.h"
#include "database/queries.h"
#include "headwater/v1/claim.pb.h"

namespace headwater::database {

// The most for one claim at a time.
inline constexpr size_t kMostSameClaims = 5;
// The most that are looked at again on account of one claim.
inline constexpr size_t kMostAgain = 1000;

// The claims of one state of the index, held against the relations there are in the same snapshot.
// Belongs to one thread.
class SameClaims {
 public:
  // `indexed` is as of the index's watermark, `latest` the same snapshot's head. Both must outlive
  // this.
  SameClaims(const Reading& indexed, const Reading& latest);

  // Takes back what is suggested of a claim and not decided on, where the two do not say the same
  // any more, or one of them is gone. Whom it was suggested to be the same as, now or ever, is to
  // be looked at again, for they may be the same among themselves: the first kMostAgain of them.
  absl::Status TakeBack(const keys::Name& claim);

  // Suggests of a claim that it is SAME_AS claims whose wording is the same
  // (search/rank/near_same.h) and that are not of another nature, time, quantity or entity. Once
  // all that is to be taken back is.
  //
  // Of claims that are the same among themselves it is the oldest; of a claim that `is_new`, older
  // ones alone: so a thousand copies make a thousand relations, and what comes out does not depend
  // on how many were indexed at a time. Where there is, or was, a relation between the two,
  // whichever and whosever, there is nothing to suggest, unless the server itself took it back.
  absl::Status Add(const keys::Name& claim, bool is_new);
  // Those that are to be looked at again, as if they were new.
  const std::vector<keys::Name>& again() const { return again_; }

  const std::vector<SuggestionWrite>& writes() const { return suggestions_.writes(); }

 private:
  struct Same {
    keys::Name name;
    bool is_same_text = false;
    int64_t create_micros = 0;
    v1::Claim claim;
  };

  // Those that are alike, the claim itself first, the others oldest first; empty where there is no
  // such claim.
  absl::StatusOr<std::vector<Same>> Alike(const keys::Name& claim) const;
  // Whether it is the same as one that was chosen.
  absl::StatusOr<bool> IsAmong(const std::vector<const Same*>& chosen, const Same& one);

  const Reading& indexed_;
  Suggestions suggestions_;
  std::vector<keys::Name> again_;
};

// Whether a claim is the same statement as it was, by all that the above looks at.
bool IsSameStatement(const v1::Claim& was, const v1::Claim& is);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_SAME_CLAIMS_H_
