#include "database/finding/index_watermark.h"

#include <optional>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "search/index/damaged.h"
#include "search/index/indexed.h"

namespace headwater::database {

absl::StatusOr<IndexWatermark> ReadIndexWatermark(const kv::Snapshot& snapshot,
                                                  kv::Patience patience) {
  HW_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                      snapshot.Get(kv::Keyspace::kPostings, keys::IndexWatermarkKey(), patience));
  IndexWatermark watermark;
  if (!value) return watermark;
  absl::string_view in = *value;
  uint64_t rules = 0;
  if (!keys::TakeVarint(&in, &rules)) return search::Damaged("the watermark of the search index");
  if (rules != search::kSearchRules) {
    watermark.is_stale = true;
    return watermark;
  }
  if (!keys::TakeVarint(&in, &watermark.sequence) || !keys::TakeVarint(&in, &watermark.last) ||
      !keys::TakeVarint(&in, &watermark.version) || watermark.last < watermark.sequence) {
    return search::Damaged("the watermark of the search index");
  }
  watermark.built = std::string(in);
  return watermark;
}

void AddIndexWatermark(const IndexWatermark& watermark, kv::Batch* batch) {
  std::string value;
  keys::AppendVarint(watermark.is_stale ? 0 : search::kSearchRules, &value);
  keys::AppendVarint(watermark.sequence, &value);
  keys::AppendVarint(watermark.last, &value);
  keys::AppendVarint(watermark.version, &value);
  value += watermark.built;
  batch->Put(kv::Keyspace::kPostings, keys::IndexWatermarkKey(), value);
}

}  // namespace headwater::database
