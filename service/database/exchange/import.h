// Imports: rows judged one by one and made many at a time, by steps that can be taken again.
#ifndef HEADWATER_DATABASE_EXCHANGE_IMPORT_H_
#define HEADWATER_DATABASE_EXCHANGE_IMPORT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/exchange/row_verdict.h"
#include "headwater/v1/exchange_service.pb.h"
#include "keys/kind.h"
#include "records/resource.h"

namespace headwater::database {

// The most rows of a chunk, and of an import that is made all or nothing or only validated; and the
// most bytes of such an import.
inline constexpr size_t kMostImportRows = 10'000;
inline constexpr size_t kMostWholeBytes = 16 << 20;

// The most rows of an import that may wait; working out their order takes some 100 bytes each.
inline constexpr uint64_t kMostWaiting = 2'000'000;

// One row as it came.
struct ImportRow {
  keys::Kind kind = keys::Kind::kSource;
  std::unique_ptr<records::Message> resource;  // null where there is a fault
  absl::string_view record;                    // its bytes: a Record
  std::optional<RowFault> fault;               // why it cannot be read
};

struct ImportChunk {
  std::unique_ptr<std::string> bytes;  // what the rows' records are views into
  uint64_t offset = 0;
  std::vector<ImportRow> rows;
  bool complete = false;
};

// Gets the answer to a step, from any thread; must not take long.
using ImportDone = std::function<void(absl::StatusOr<v1::ImportResponse>)>;

// One stream of an import. Each step's `done` is called once, in the order of the steps. Begin
// comes first and alone, More alone after an answer with `more`. Chunks may be taken ahead of the
// answers, so that one is worked out while another is committed; after one that says complete none
// comes. Begin and More run on the caller's thread, which they may make wait
// for files; Take only reads the rows there, and goes on on the database's pool. After an error
// there is no other step, and one that was taken already ends in the same. Errors beside those that
// the proto tells: OUTCOME_UNKNOWN and NOT_WRITTEN (UNAVAILABLE), what was acknowledged stays;
// DATA_LOSS.
class ImportSession {
 public:
  virtual ~ImportSession() = default;

  // Answers the config.
  virtual void Begin(ImportDone done) = 0;
  // Takes a chunk.
  virtual void Take(ImportChunk chunk, ImportDone done) = 0;
  // Goes on after an answer with `more`.
  virtual void More(ImportDone done) = 0;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_IMPORT_H_
