#include "database/format.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/reader.h"

namespace headwater::database {

absl::StatusOr<bool> CheckFormat(const kv::Snapshot& snapshot) {
  HW_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                      snapshot.Get(kv::Keyspace::kMeta, keys::kFormatKey, kv::Patience::kMayWait));
  if (!value) {
    if (snapshot.head() != 0) return records::Damaged("the format version is missing");
    return false;
  }
  absl::string_view in = *value;
  uint64_t version = 0;
  if (!keys::TakeVarint(&in, &version) || version != keys::kFormatVersion) {
    return absl::UnimplementedError(
        absl::StrCat("the store has on-disk format ", version, ", and this version knows only ",
                     keys::kFormatVersion, "; use the version that wrote it. Nothing was changed"));
  }
  return true;
}

absl::Status FoundFormat(kv::Engine* engine) {
  std::string version;
  keys::AppendVarint(keys::kFormatVersion, &version);
  kv::Batch batch;
  batch.Put(kv::Keyspace::kMeta, keys::kFormatKey, version);
  return engine->Commit(batch, 0, 0, kv::Durability::kSynced);
}

}  // namespace headwater::database
