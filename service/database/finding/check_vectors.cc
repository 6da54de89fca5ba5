#include "database/finding/check_vectors.h"

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "keys/vector_keys.h"
#include "search/vectors/packed_vector.h"
#include "search/vectors/vector_graph.h"

namespace headwater::database {
namespace {

using kv::Keyspace;

constexpr kv::Patience kMayWait = kv::Patience::kMayWait;

}  // namespace

absl::Status VectorsCheck::Expect(uint32_t number, const search::Indexed& indexed) {
  for (const search::IndexedVector& vector : indexed.vectors)
    HW_RETURN_IF_ERROR(ExpectOne(number, indexed.id, vector));
  return absl::OkStatus();
}

absl::Status VectorsCheck::ExpectOne(uint32_t number, const std::string& id,
                                     const search::IndexedVector& vector) {
  ++expected_;
  HW_ASSIGN_OR_RETURN(const std::optional<uint32_t> space,
                      search::FindSpace(snapshot_, vector.model, vector.dimensions, kMayWait));
  std::optional<std::string> row;
  if (space) {
    HW_ASSIGN_OR_RETURN(
        row, snapshot_.Get(Keyspace::kPostings, keys::VectorNodeKey(*space, number), kMayWait));
  }
  std::optional<uint32_t> node;
  if (!row || !search::DecodeNodeOf(*row, &node)) {
    problem_(absl::StrCat("claims/", id, ": its vector of ", vector.model, " is not indexed"));
    return absl::OkStatus();
  }
  if (!node) {
    ++left_out_;
    return absl::OkStatus();
  }
  HW_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                      snapshot_.Get(Keyspace::kPostings, keys::VectorKey(*space, *node), kMayWait));
  const std::optional<search::VectorNode> there =
      bytes ? search::DecodeVectorNode(*bytes, vector.dimensions) : std::nullopt;
  if (!there || there->number != number ||
      search::FingerprintOfVector(there->packed) != vector.fingerprint) {
    problem_(absl::StrCat("claims/", id, ": its vector of ", vector.model,
                          " is indexed otherwise than its records say"));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> VectorsCheck::Compare() {
  HW_ASSIGN_OR_RETURN(const std::vector<search::VectorSpace> spaces, search::ReadSpaces(snapshot_));
  for (const search::VectorSpace& space : spaces) HW_RETURN_IF_ERROR(WalkSpace(space));
  if (claims_ != expected_)
    problem_(absl::StrCat("the search index has ", claims_, " claims with vectors of ", expected_));
  if (owned_ + left_out_ != expected_) {
    problem_(absl::StrCat("the graphs of vectors have ", owned_, " of ", expected_ - left_out_,
                          " vectors"));
  }
  return expected_;
}

absl::Status VectorsCheck::WalkSpace(const search::VectorSpace& space) {
  const auto range = [&](const std::string& prefix) {
    return snapshot_.Range(Keyspace::kPostings, prefix, keys::PrefixEnd(prefix), kMayWait);
  };
  const auto claims = range(keys::VectorNodePrefix(space.number));
  for (; claims->Valid(); claims->Next()) ++claims_;
  HW_RETURN_IF_ERROR(claims->status());
  uint32_t nodes = 0;
  const auto vectors = range(keys::VectorPrefix(space.number));
  for (; vectors->Valid(); vectors->Next(), ++nodes) {
    const std::optional<search::VectorNode> node =
        search::DecodeVectorNode(vectors->value(), space.dimensions);
    if (!node || keys::NumberOfKey(vectors->key()) != nodes) {
      problem_(absl::StrCat("a vector of ", space.model, " cannot be read"));
    } else if (node->number) {
      ++owned_;
    }
  }
  HW_RETURN_IF_ERROR(vectors->status());
  uint32_t linked = 0;
  const auto links = range(keys::VectorLinksPrefix(space.number));
  for (; links->Valid(); links->Next(), ++linked) {
    if (keys::NumberOfKey(links->key()) != linked ||
        !search::LinksFit(links->value(), linked, nodes)) {
      problem_(absl::StrCat("links between vectors of ", space.model, " cannot be read"));
    }
  }
  HW_RETURN_IF_ERROR(links->status());
  if (linked != nodes)
    problem_(absl::StrCat("of ", nodes, " vectors of ", space.model, " ", linked, " have links"));
  return absl::OkStatus();
}

}  // namespace headwater::database
