// References that lead out of a set of records.
#ifndef HEADWATER_EXCHANGE_SEVERED_H_
#define HEADWATER_EXCHANGE_SEVERED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace headwater::exchange {

struct SeveredReference {
  std::string from;  // the name of the record that refers
  std::string to;    // the name that no record has
};

// Told of every record in turn, finds the references to what is not among them. It holds some ten
// bytes a record, and the references that are still open. Records are told apart by 64-bit hashes
// of their names: that a reference is missed because of two that are equal is as good as impossible
// (one in 10^12 with ten million records).
class SeveredReferences {
 public:
  // A record and the names that it refers to.
  void Add(const std::string& name, const std::vector<std::string>& references);

  // Those that no record so far has the name of, sorted by `from`, then by `to`; each once.
  std::vector<SeveredReference> Found() const;

 private:
  absl::flat_hash_set<uint64_t> names_;
  absl::flat_hash_map<std::string, std::vector<std::string>> open_;  // by `to`
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_SEVERED_H_
