#include "database/standings/watermark.h"

#include <optional>
#include <string>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/reader.h"

namespace headwater::database {

absl::StatusOr<Watermark> ReadWatermark(const kv::Snapshot& snapshot, kv::Patience patience) {
  HW_ASSIGN_OR_RETURN(
      const std::optional<std::string> value,
      snapshot.Get(kv::Keyspace::kStandings, keys::StandingsWatermarkKey(), patience));
  Watermark watermark;
  if (!value) return watermark;
  absl::string_view in = *value;
  uint64_t rules = 0;
  if (!keys::TakeVarint(&in, &rules))
    return records::Damaged("the watermark of standings cannot be read");
  if (rules != kStandingRules) {
    watermark.stale = true;
    return watermark;
  }
  if (!keys::TakeVarint(&in, &watermark.sequence) || !keys::TakeVarint(&in, &watermark.last_row) ||
      !in.empty() || watermark.last_row < watermark.sequence)
    return records::Damaged("the watermark of standings cannot be read");
  return watermark;
}

void AddWatermark(const Watermark& watermark, kv::Batch* batch) {
  std::string value;
  keys::AppendVarint(watermark.stale ? 0 : kStandingRules, &value);
  keys::AppendVarint(watermark.sequence, &value);
  keys::AppendVarint(watermark.last_row, &value);
  batch->Put(kv::Keyspace::kStandings, keys::StandingsWatermarkKey(), value);
}

}  // namespace headwater::database
