// What is beside a case: claims that contradict it, wider and narrower ones, judged each with those
// that say the same as it.
#ifndef HEADWATER_DATABASE_QUESTIONS_GATHER_BESIDE_H_
#define HEADWATER_DATABASE_QUESTIONS_GATHER_BESIDE_H_

#include <optional>
#include <string>
#include <vector>

#include "database/questions/gather.h"
#include "database/questions/gather_claims.h"

namespace headwater::database {

// What is told of some claims, the first of which is the one asked about.
absl::StatusOr<Gathered> GatherTold(const Reading& reading, std::vector<std::string> claims,
                                    IndexWalk* walk, GatherBudget* budget);

// Who takes which stance on a claim.
struct Judged {
  bool asserted = false;  // somebody carries that it is so, if only by passing it on
  NeighbourStance asserts;
  NeighbourStance denies;
  NeighbourStance asks;
};

// Of what GatherTold() says; with `until`, a day, as published by its end.
Judged Judge(const Gathered& told, std::optional<int32_t> until);

// Adds the contradicting, wider and narrower claims of `related` to what was gathered. Reads each
// group of claims that say the same once.
absl::Status GatherBeside(const Reading& reading, RelatedClaims related,
                          std::optional<int32_t> until, IndexWalk* walk, GatherBudget* budget,
                          Gathered* gathered);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_GATHER_BESIDE_H_
