#include "records/standing_row.h"

#include "keys/register.h"

namespace headwater::records {
namespace {

constexpr char kLayout = 1;
constexpr size_t kBytes = 4;
constexpr uint8_t kStandings = v1::STANDING_SEVERAL_LINES;
constexpr uint8_t kFlags = v1::FLAG_KIND_CONTRADICTED;

}  // namespace

uint8_t FlagBit(v1::FlagKind flag) { return static_cast<uint8_t>(1u << (flag - 1)); }

std::string StandingValue(const StandingRow& row) {
  return {kLayout, static_cast<char>(row.standing), static_cast<char>(row.flags),
          static_cast<char>(row.state)};
}

std::optional<StandingRow> ParseStanding(absl::string_view value) {
  if (value.size() != kBytes || value[0] != kLayout) return std::nullopt;
  StandingRow row;
  row.standing = static_cast<uint8_t>(value[1]);
  row.flags = static_cast<uint8_t>(value[2]);
  row.state = static_cast<StandingState>(value[3]);
  if (row.standing > kStandings || row.state > StandingState::kTooMuch) return std::nullopt;
  if (row.state != StandingState::kSettled && (row.standing != 0 || row.flags != 0))
    return std::nullopt;
  return row;
}

std::string TermOf(v1::Standing standing) {
  return keys::Term(keys::Index::kStanding, keys::NumberValue(static_cast<uint8_t>(standing)));
}

std::string TermOf(v1::FlagKind flag) {
  return keys::Term(keys::Index::kFlag, keys::NumberValue(static_cast<uint8_t>(flag)));
}

std::vector<std::string> StandingTerms(const StandingRow& row) {
  std::vector<std::string> terms;
  for (uint8_t s = 1; s <= kStandings; ++s) {
    if (row.unsettled() || row.standing == s) terms.push_back(TermOf(static_cast<v1::Standing>(s)));
  }
  for (uint8_t f = 1; f <= kFlags; ++f) {
    const auto flag = static_cast<v1::FlagKind>(f);
    if (row.unsettled() || (row.flags & FlagBit(flag)) != 0) terms.push_back(TermOf(flag));
  }
  return terms;
}

}  // namespace headwater::records
