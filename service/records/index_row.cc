#include "records/index_row.h"

#include "keys/encoding.h"

namespace headwater::records {
namespace {

constexpr char kDeleted = 1;

bool TakeFlags(absl::string_view in, bool* deleted) {
  if (in.size() != 1) return false;
  *deleted = (in[0] & kDeleted) != 0;
  return true;
}

}  // namespace

std::string LiveValue(const LiveRow& row) {
  std::string value;
  keys::AppendVarint(row.from, &value);
  keys::AppendVarint(row.head, &value);
  value.push_back(row.deleted ? kDeleted : '\0');
  return value;
}

std::string ClosedValue(const ClosedRow& row) {
  std::string value;
  keys::AppendVarint(row.to, &value);
  value.push_back(row.deleted ? kDeleted : '\0');
  return value;
}

std::optional<LiveRow> ParseLive(absl::string_view value) {
  LiveRow row;
  if (!keys::TakeVarint(&value, &row.from) || !keys::TakeVarint(&value, &row.head) ||
      !TakeFlags(value, &row.deleted)) {
    return std::nullopt;
  }
  return row;
}

std::optional<ClosedRow> ParseClosed(absl::string_view value) {
  ClosedRow row;
  if (!keys::TakeVarint(&value, &row.to) || !TakeFlags(value, &row.deleted)) return std::nullopt;
  return row;
}

}  // namespace headwater::records
