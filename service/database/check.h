// The offline check of a store: works every row out again from the log and compares.
#ifndef HEADWATER_DATABASE_CHECK_H_
#define HEADWATER_DATABASE_CHECK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kv/engine.h"

namespace headwater::database {

struct CheckReport {
  uint64_t entries = 0;              // of the log
  uint64_t resources = 0;            // with one revision or more
  uint64_t rows = 0;                 // compared, in names, edges and indexes
  uint64_t texts = 0;                // of documents, unpacked and hashed
  uint64_t requests = 0;             // request ids kept
  uint64_t standings = 0;            // rows compared of how claims stand
  uint64_t standings_watermark = 0;  // up to which sequence those go; 0 too where they are to be
                                     // worked out anew
  uint64_t indexed = 0;              // resources of which the search index was compared
  uint64_t postings = 0;             // of it
  uint64_t vectors = 0;              // of it
  uint64_t index_watermark = 0;      // up to which sequence it goes; 0 too where it is to be built
  uint64_t problem_count = 0;
  std::vector<std::string> problems;  // the first hundred, each in words

  bool sound() const { return problem_count == 0; }
};

// Checks the store as it is in one snapshot:
//   the format version is known; the log has every sequence from 1 to the head, each readable, its
//   digest right, requests whole, times never going back; names, edges, live and closed index rows
//   are exactly those that the log makes, none missing, none different, none too many; every
//   document's text is there, once, and fits its SHA-256 and length; every request id's record
//   points at revisions that exist, and has its expiry; claims stand, up to the watermark, as
//   CheckStandings() finds them to; the search index is what CheckIndex() works out.
// Memory is that of one resource's revisions. Reads every row about twice. `progress` (may be null)
// hears how many log entries of how many are done, now and then. kUnimplemented for an unknown
// format; other errors only where the engine fails.
absl::StatusOr<CheckReport> Check(kv::Engine* engine,
                                  const std::function<void(uint64_t done, uint64_t all)>& progress);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_CHECK_H_
