#include "database/exchange/import_state.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "keys/encoding.h"

namespace headwater::database {
namespace {

constexpr char kLayout = '\x01';
constexpr char kWaits = '\x01';
constexpr char kRejected = '\x02';
constexpr char kRejectedLate = '\x03';

std::optional<absl::string_view> After(char first, absl::string_view value) {
  if (value.empty() || value.front() != first) return std::nullopt;
  return value.substr(1);
}

}  // namespace

std::string ImportStateValue(const ImportState& state) {
  std::string value = {kLayout, static_cast<char>(state.on_existing),
                       static_cast<char>(state.phase)};
  const v1::ImportCounts& counts = state.counts;
  keys::AppendVarint(state.acknowledged, &value);
  for (int64_t count : {counts.created(), counts.updated(), counts.unchanged(), counts.skipped(),
                        counts.rejected(), counts.waiting()}) {
    keys::AppendVarint(static_cast<uint64_t>(count), &value);
  }
  keys::AppendVarint(static_cast<uint64_t>(state.expiry_micros), &value);
  return value;
}

std::optional<ImportState> ParseImportState(absl::string_view value) {
  if (value.size() < 3 || value[0] != kLayout || !v1::OnExisting_IsValid(value[1])) {
    return std::nullopt;
  }
  ImportState state;
  state.on_existing = static_cast<v1::OnExisting>(value[1]);
  state.phase = static_cast<ImportPhase>(value[2]);
  value.remove_prefix(3);
  std::array<uint64_t, 8> numbers{};
  for (uint64_t& number : numbers) {
    if (!keys::TakeVarint(&value, &number)) return std::nullopt;
  }
  if (!value.empty() || state.phase < ImportPhase::kOpen || state.phase > ImportPhase::kDone) {
    return std::nullopt;
  }
  state.acknowledged = numbers[0];
  state.counts.set_created(static_cast<int64_t>(numbers[1]));
  state.counts.set_updated(static_cast<int64_t>(numbers[2]));
  state.counts.set_unchanged(static_cast<int64_t>(numbers[3]));
  state.counts.set_skipped(static_cast<int64_t>(numbers[4]));
  state.counts.set_rejected(static_cast<int64_t>(numbers[5]));
  state.counts.set_waiting(static_cast<int64_t>(numbers[6]));
  state.expiry_micros = static_cast<int64_t>(numbers[7]);
  return state;
}

std::string WaitingRowValue(absl::string_view record) {
  return absl::StrCat(absl::string_view(&kWaits, 1), record);
}

std::string RejectedRowValue(const v1::ImportResponse& errors, bool waited) {
  return absl::StrCat(absl::string_view(waited ? &kRejectedLate : &kRejected, 1),
                      errors.SerializeAsString());
}

std::optional<absl::string_view> WaitingRecord(absl::string_view value) {
  return After(kWaits, value);
}

std::optional<absl::string_view> RejectedErrors(absl::string_view value, bool waited) {
  return After(waited ? kRejectedLate : kRejected, value);
}

}  // namespace headwater::database
