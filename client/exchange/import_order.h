// In which order rows go in, so that what is cited is there before what cites it.
#ifndef HEADWATER_EXCHANGE_IMPORT_ORDER_H_
#define HEADWATER_EXCHANGE_IMPORT_ORDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "exchange/kinds.h"

namespace headwater::exchange {

// Rows of one kind, known by their numbers in the order in which they were added. It holds each
// name once and four bytes for each citation, not the rows.
class ImportOrder {
 public:
  // A row and the names that it refers to. Names that no row has are taken to be in the database
  // already; those of other kinds do no harm.
  void Add(const std::string& name, const std::vector<std::string>& references);

  // All rows, each in one group; a group is rows that refer to one another in a circle and so must
  // go in together. Nothing refers to a later group. A row whose name an earlier one has comes in a
  // group after it. Otherwise rows keep their order as far as that is possible.
  std::vector<std::vector<uint32_t>> Groups() const;

  size_t size() const { return rows_.size(); }

 private:
  struct Row {
    uint32_t name;
    uint32_t first_reference;  // in references_
  };

  uint32_t NumberOf(const std::string& name);

  absl::flat_hash_map<std::string, uint32_t> names_;
  std::vector<Row> rows_;
  std::vector<uint32_t> references_;
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_IMPORT_ORDER_H_
