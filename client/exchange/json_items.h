// The items of a file of JSON, one at a time, as they stand in it.
#ifndef HEADWATER_EXCHANGE_JSON_ITEMS_H_
#define HEADWATER_EXCHANGE_JSON_ITEMS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "exchange/input.h"
#include "exchange/json_text.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// Finds where values begin and end; whether they are JSON is for ParseJson to say. Read are values
// one after another (lines, or printed over several of them), and arrays, whose items are taken for
// the file's. In a file of lines, a line that is cut off ends at its end, and the next one is read.
// Holds one item, kMaxRow bytes at most.
class JsonItems {
 public:
  // `within`: names of arrays in an outermost object whose items are the file's
  // ("dataFeedElement"); whatever else is in such an object is read over.
  explicit JsonItems(Input* input, std::vector<std::string> within = {});

  // Reads the next item's text into row->raw, on one line, its number into row->number, and the
  // exact text into `*text`. Rejects it where it is too long or too deep, or where the file ends
  // within its array. False at the end; errors are the input's.
  absl::StatusOr<bool> Next(Row* row, std::string* text);

 private:
  enum class Level { kTop, kArray, kRest };
  enum class Scan { kItem, kEntered };

  void Begin();
  int Take();
  void SkipSpace();
  void SkipRest();
  Scan ScanItem(Row* row, std::string* text);
  bool Enters(const std::string& key) const;

  Input* input_;
  std::vector<std::string> within_;
  bool begun_ = false;
  bool lines_ = false;      // one value a line
  bool in_object_ = false;  // the array at hand is in an outermost object
  Level level_ = Level::kTop;
  int64_t line_ = 1;
  int64_t items_ = 0;
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_JSON_ITEMS_H_
