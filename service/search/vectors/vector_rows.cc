#include "search/vectors/vector_rows.h"

#include <memory>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "keys/vector_keys.h"
#include "search/index/damaged.h"

namespace headwater::search {
namespace {

constexpr kv::Keyspace kPostings = kv::Keyspace::kPostings;

std::string OptionalNumber(std::optional<uint32_t> number) {
  std::string bytes;
  keys::AppendVarint(number ? uint64_t{*number} + 1 : 0, &bytes);
  return bytes;
}

bool TakeOptionalNumber(absl::string_view* in, std::optional<uint32_t>* number) {
  uint64_t read = 0;
  if (!keys::TakeVarint(in, &read) || read > uint64_t{UINT32_MAX} + 1) return false;
  number->reset();
  if (read > 0) *number = static_cast<uint32_t>(read - 1);
  return true;
}

bool ReadSpaceNumber(absl::string_view row, uint32_t* number) {
  uint64_t read = 0;
  if (!keys::TakeVarint(&row, &read) || read > UINT32_MAX || !row.empty()) return false;
  *number = static_cast<uint32_t>(read);
  return true;
}

}  // namespace

std::string EncodeVectorNode(const VectorNode& node) {
  std::string row = OptionalNumber(node.number);
  row.append(node.packed.data(), node.packed.size());
  return row;
}

std::optional<VectorNode> DecodeVectorNode(absl::string_view row, size_t dimensions) {
  VectorNode node;
  if (!TakeOptionalNumber(&row, &node.number) || row.size() != dimensions) return std::nullopt;
  node.packed = row;
  return node;
}

std::string EncodeNodeOf(std::optional<uint32_t> node) { return OptionalNumber(node); }

bool DecodeNodeOf(absl::string_view row, std::optional<uint32_t>* node) {
  return TakeOptionalNumber(&row, node) && row.empty();
}

absl::StatusOr<std::optional<uint32_t>> FindSpace(const kv::Snapshot& snapshot,
                                                  absl::string_view model, uint32_t dimensions,
                                                  kv::Patience patience) {
  HW_ASSIGN_OR_RETURN(
      const std::optional<std::string> row,
      snapshot.Get(kPostings, keys::VectorSpaceKey(model, static_cast<uint16_t>(dimensions)),
                   patience));
  if (!row) return std::nullopt;
  uint32_t number = 0;
  if (!ReadSpaceNumber(*row, &number)) return Damaged("the number of a space of vectors");
  return number;
}

absl::StatusOr<std::vector<VectorSpace>> ReadSpaces(const kv::Snapshot& snapshot) {
  const std::string prefix = keys::VectorSpacePrefix();
  const std::unique_ptr<kv::Cursor> rows =
      snapshot.Range(kPostings, prefix, keys::PrefixEnd(prefix), kv::Patience::kMayWait);
  std::vector<VectorSpace> spaces;
  for (; rows->Valid(); rows->Next()) {
    VectorSpace space;
    uint16_t dimensions = 0;
    if (!keys::SpaceOfKey(rows->key(), &space.model, &dimensions) ||
        !ReadSpaceNumber(rows->value(), &space.number)) {
      return Damaged("a space of vectors");
    }
    space.dimensions = dimensions;
    spaces.push_back(std::move(space));
  }
  HW_RETURN_IF_ERROR(rows->status());
  return spaces;
}

}  // namespace headwater::search
