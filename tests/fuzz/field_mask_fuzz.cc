// Update masks: the first line is the paths, commas between them; the rest is an attribution that
// an update sends.
#include "absl/strings/str_split.h"
#include "database/field_mask.h"
#include "fuzz/fuzz.h"
#include "google/protobuf/text_format.h"
#include "headwater/v1/attribution.pb.h"
#include "records/rules.h"

namespace headwater::fuzz {
namespace {

const v1::Attribution& Current() {
  static const auto* const current = [] {
    auto* made = new v1::Attribution;
    HW_HOLDS(google::protobuf::TextFormat::ParseFromString(
        R"(name: "claims/x/attributions/a" source: "sources/ft" document: "documents/d"
           stance: STANCE_DENIES said_date: "2025" hedges: "may" note: "old"
           quote { exact: "words" cue: "said" position { start: 1 end: 6 } }
           denial { extent: DENIAL_EXTENT_FULL } cites { source: "sources/s" })",
        made));
    return made;
  }();
  return *current;
}

}  // namespace

void Try(absl::string_view input) {
  const Parts parts = Split(input);
  v1::Attribution update;
  if (!update.ParseFromArray(parts.second.data(), static_cast<int>(parts.second.size()))) return;
  google::protobuf::FieldMask mask;
  for (absl::string_view path : absl::StrSplit(parts.first, ',')) mask.add_paths(std::string(path));
  const auto updated = database::Updated(Current(), update, mask, "");
  if (!updated.ok()) {
    HW_HOLDS(updated.status().code() == absl::StatusCode::kInvalidArgument);
    HW_HOLDS(updated.status().message().size() < 500);
    return;
  }
  const auto& result = static_cast<const v1::Attribution&>(**updated);
  HW_HOLDS(result.name() == Current().name() && !result.has_withdrawal() && result.etag().empty());
  // The same once more changes nothing more.
  const auto again = database::Updated(result, update, mask, "");
  HW_HOLDS(again.ok() && (*again)->SerializeAsString() == result.SerializeAsString());
  // The order and the number of the paths do not matter.
  google::protobuf::FieldMask doubled;
  for (int i = mask.paths_size() - 1; i >= 0; --i) doubled.add_paths(mask.paths(i));
  if (mask.paths(0) != "*") doubled.MergeFrom(mask);
  const auto other = database::Updated(Current(), update, doubled, "");
  HW_HOLDS(other.ok() && (*other)->SerializeAsString() == result.SerializeAsString());
}

}  // namespace headwater::fuzz
