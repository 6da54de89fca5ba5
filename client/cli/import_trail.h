// From a record that was sent back to the row of the file that it was made of.
#ifndef HEADWATER_CLI_IMPORT_TRAIL_H_
#define HEADWATER_CLI_IMPORT_TRAIL_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "exchange/spool.h"

namespace headwater::cli {

// Told of every row that makes records, in the file's order. Rows of one record each that follow
// upon one another cost nothing; of others, or where the rows' text is kept, the last 4,096 are in
// memory, 32 bytes each, and all before them in a temporary file with the texts. Errors are those
// of the temporary files. Not thread-safe.
class RowTrail {
 public:
  // Whether Find is to give the rows' text.
  explicit RowTrail(bool keep_raw) : keep_raw_(keep_raw) {}

  // The next row, by its number in the file, and how many records it makes, at least one.
  absl::Status Add(int64_t row, int64_t records, absl::string_view raw);

  // How many records there were so far: the number of the next.
  int64_t records() const { return records_; }

  struct Origin {
    int64_t row = 0;
    std::string raw;  // empty where it is not kept
  };
  // The row that a record was made of. The record must have been added and not forgotten.
  absl::StatusOr<Origin> Find(int64_t record);

  // Nobody will ask for a record before this one.
  void Forget(int64_t record);

 private:
  struct Entry {
    int64_t record = 0;  // its first
    int64_t row = 0;
    uint64_t text = 0;  // where its text lies, and how long it is
    uint32_t length = 0;
    uint32_t in_run = 0;  // 1: it stands for a row of one record, and for those that follow
  };
  // Entries put by in the file.
  struct Block {
    int64_t record;  // the first one's
    exchange::SpoolPlace place;
  };

  absl::Status PutBy();
  absl::StatusOr<Entry> EntryOf(int64_t record);

  const bool keep_raw_;
  int64_t records_ = 0;
  std::vector<Entry> last_;
  std::deque<Block> blocks_;
  std::vector<Entry> loaded_;  // of the block that was read last
  int64_t loaded_record_ = -1;
  std::optional<exchange::Spool> entries_;
  std::optional<exchange::Spool> texts_;
  uint64_t text_end_ = 0;
  uint64_t text_forgotten_ = 0;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_TRAIL_H_
