// Walks the resources that stand under a filter at a read point, in index order, with a bounded
// amount of work.
#ifndef HEADWATER_DATABASE_SCAN_H_
#define HEADWATER_DATABASE_SCAN_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "database/filter.h"
#include "database/view.h"

namespace headwater::database {

// The most index rows that one page or check examines (design.md, "Then and now").
inline constexpr size_t kMostExamined = 10'000;

// A resource that a row says was there.
struct Candidate {
  std::string position;  // of its row: from here a later scan goes on
  keys::Name name;
  uint64_t revision = 0;  // its revision at the read point; 0 where only the names can tell
  bool deleted = false;
};

// What a scan walks: the rows of one term, or of a range of days.
class Scan {
 public:
  // The rows of the filter's first term, or of its days, or of its whole kind. Where it walks
  // standings, `live_standings` says that their live rows alone are the state at the read point.
  explicit Scan(const Filter& filter, bool live_standings = false);
  // All who refer to a resource, by whatever field.
  static Scan Referrers(const keys::Name& target);

  // Calls `take` with the candidates at the read point from `position` on (empty: from the start),
  // in order, until it returns false, which means that it did not take that one, or the end, or
  // until `*budget` rows have been examined, which are counted down. Returns the position to go on
  // from; empty at the end.
  absl::StatusOr<std::string> Run(const ReadPoint& point, kv::Patience patience,
                                  std::string position, size_t* budget,
                                  const std::function<bool(Candidate)>& take) const;

 private:
  Scan(std::string begin, std::string end, size_t name_offset);

  // A position is an index key without its first byte (live or closed). Without the sequence at the
  // end of closed ones too it is what the rows of one term and name share: they make a run, the
  // live one first, of which one at most holds at a sequence.
  kv::Keyspace keyspace_ = kv::Keyspace::kIndexes;
  bool live_standings_ = false;
  std::string begin_;
  std::string end_;
  size_t
      name_offset_;  // where in a run's bytes the name begins; 0: behind a reference's own target
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_SCAN_H_
