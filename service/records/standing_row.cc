#include "records/standing_row.h"

#include "keys/register.h"

namespace headwater::records {
namespace {

constexpr char kLayout = 1;
constexpr size_t kBytes = 4;
// The highest standing; flags are bits 0 to 7.
constexpr uint8_t kStandings = 7;
constexpr uint8_t kFlags = 8;

}  // namespace

std::string StandingValue(const StandingRow& row) {
  return {kLayout, static_cast<char>(row.standing), static_cast<char>(row.flags),
          static_cast<char>(row.unsettled)};
}

std::optional<StandingRow> ParseStanding(absl::string_view value) {
  if (value.size() != kBytes || value[0] != kLayout) return std::nullopt;
  const auto standing = static_cast<uint8_t>(value[1]);
  const auto unsettled = static_cast<uint8_t>(value[3]);
  if (standing > kStandings || unsettled > 1) return std::nullopt;
  return StandingRow{standing, static_cast<uint8_t>(value[2]), unsettled == 1};
}

std::vector<std::string> StandingTerms(const StandingRow& row) {
  std::vector<std::string> terms;
  for (uint8_t s = 1; s <= kStandings; ++s) {
    if (row.unsettled || row.standing == s)
      terms.push_back(keys::Term(keys::Index::kStanding, keys::NumberValue(s)));
  }
  for (uint8_t f = 0; f < kFlags; ++f) {
    if (row.unsettled || (row.flags >> f & 1) != 0)
      terms.push_back(keys::Term(keys::Index::kFlag, keys::NumberValue(f)));
  }
  return terms;
}

}  // namespace headwater::records
