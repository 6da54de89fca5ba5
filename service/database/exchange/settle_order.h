// In which order rows that waited go in, so that what is cited is there before what cites it.
#ifndef HEADWATER_DATABASE_EXCHANGE_SETTLE_ORDER_H_
#define HEADWATER_DATABASE_EXCHANGE_SETTLE_ORDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace headwater::database {

// Rows known by their numbers in the order in which they were added. Names are told apart by
// 64-bit hashes (that two of some million are equal is as good as impossible, and would only make a
// row go in with others), so a row costs some 60 bytes, and a citation 4 to 40.
class SettleOrder {
 public:
  // A row and the names that it refers to, as keys. Names that no row has are passed over.
  void Add(absl::string_view name, const std::vector<std::string>& references);

  // All rows, each in one group; a group is rows that refer to one another in a circle and so must
  // go in together. Nothing refers to a later group. A row whose name an earlier one has comes in a
  // group after it.
  std::vector<std::vector<uint32_t>> Groups() const;

  size_t size() const { return rows_.size(); }

 private:
  struct Row {
    uint32_t name;
    uint32_t first_reference;  // in references_
  };

  uint32_t NumberOf(absl::string_view name);

  absl::flat_hash_map<uint64_t, uint32_t> names_;
  std::vector<Row> rows_;
  std::vector<uint32_t> references_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_SETTLE_ORDER_H_
