// How far an import is, as it is kept on disk: in the same commits as its rows, so that whatever
// dies, going on from here gives what an undisturbed import would have.
//
// In the keyspace requests, under the hash of principal, method and import id, the state:
//   01                layout of what follows
//   one byte          on_existing, headwater.v1.OnExisting
//   one byte          phase
//   varint            rows acknowledged
//   varint, 6 times   counts, in the order of headwater.v1.ImportCounts
//   varint            when to forget it, in microseconds since 1970
// and under the hash and a row's number, of each row that waits or was rejected:
//   01, the rest      it waits: a headwater.v1.Record
//   02, the rest      it was rejected as it came: a headwater.v1.ImportResponse of its errors alone
//   03, the rest      it waited and was then rejected: likewise
#ifndef HEADWATER_DATABASE_EXCHANGE_IMPORT_STATE_H_
#define HEADWATER_DATABASE_EXCHANGE_IMPORT_STATE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "headwater/v1/exchange_service.pb.h"

namespace headwater::database {

inline constexpr absl::Duration kKeepImports = absl::Hours(7 * 24);

// Do not change these numbers: they are on disk.
enum class ImportPhase : uint8_t {
  kOpen = 1,      // rows come
  kSettling = 2,  // no more do; what waits goes in
  kDone = 3,
};

struct ImportState {
  v1::OnExisting on_existing = v1::ON_EXISTING_FAIL;
  ImportPhase phase = ImportPhase::kOpen;
  uint64_t acknowledged = 0;
  v1::ImportCounts counts;
  int64_t expiry_micros = 0;  // 0: not kept yet
};

std::string ImportStateValue(const ImportState& state);
// nullopt where the bytes are damaged.
std::optional<ImportState> ParseImportState(absl::string_view value);

std::string WaitingRowValue(absl::string_view record);
std::string RejectedRowValue(const v1::ImportResponse& errors, bool waited);
// The record of a row that waits; nullopt for one that was rejected.
std::optional<absl::string_view> WaitingRecord(absl::string_view value);
// The errors of a row that was rejected, as it came or after it waited: a serialized
// ImportResponse. nullopt for another.
std::optional<absl::string_view> RejectedErrors(absl::string_view value, bool waited);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_IMPORT_STATE_H_
