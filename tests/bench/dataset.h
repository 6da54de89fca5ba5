// What the measurements read and write: an invented store of a newsroom's proportions, and the
// requests for it.
#ifndef HEADWATER_TESTS_BENCH_DATASET_H_
#define HEADWATER_TESTS_BENCH_DATASET_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "database/database.h"
#include "keys/name.h"

namespace headwater::bench {

// Of every 20 claims 2 have 22 attributions, 9 have a chain of 4 (5 voices: its speakers, and
// whoever published what the first of them said), 9 have none: 4 a claim. Sources are a fiftieth of
// the claims, documents a fifth. Everything follows from the number of claims, so that a store that
// was filled before can be used again. Thread-safe.
class Dataset {
 public:
  // At least 100 claims.
  explicit Dataset(int claims) : claims_(claims / 20 * 20) {}

  // Writes it all, unless it is there. Any error of the database.
  absl::Status Fill(database::Database* database) const;
  // Reads every row that the requests below will ask for, so that it is in memory.
  absl::Status Warm(database::Database* database) const;

  // A random claim of all; one with 22 attributions; one with a chain of 4; one with none.
  keys::Name AnyClaim() const;
  keys::Name FullClaim() const;
  keys::Name ChainClaim() const;
  keys::Name EmptyClaim() const;

  // Requests in wire format. Those of one kind are all of one size.
  static std::string GetRequest(const keys::Name& claim);
  static std::string ListRequest(const keys::Name& claim);
  static std::string TraceRequest(const keys::Name& claim);
  static std::string AssessRequest(const keys::Name& claim);
  static std::string BatchAssessRequest(absl::Span<const keys::Name> claims);
  // Of an attribution that was not asked for before, by this object or any other.
  std::string CreateRequest(const keys::Name& claim) const;

 private:
  int RandomClaim(int first, int count) const;
  absl::Status FillSourcesAndDocuments(database::Database* database) const;
  absl::Status FillClaims(database::Database* database) const;
  absl::Status FillAttributions(database::Database* database) const;

  const int claims_;
};

// How many attributions a listing asks for.
inline constexpr int kListedRows = 20;
// How many voices the chain of a traced claim has.
inline constexpr int kChain = 4;

}  // namespace headwater::bench

#endif  // HEADWATER_TESTS_BENCH_DATASET_H_
