// An edge: the few facts of one revision of an attribution that provenance reads by the hundred
// thousand, so that it never has to read payloads.
//
//   02                 layout of what follows
//   flags              one byte: 1 deleted, 2 withdrawn, 4 could not verify
//   stance, basis, denial's extent, withdrawal's kind     one byte each, their enum numbers
//   varint             the sequence of the attribution's first revision; 0: this is it
//   varint, bytes      source's id
//   varint, bytes      document's id
//   varint, bytes      said date (EDTF)
//   varint, bytes      withdrawn date (EDTF)
//   varint             number of hedges, each:
//     varint, bytes    the hedge, folded (FoldKey); ascending, each once, none empty
//   varint             number of citations, each:
//     flags            one byte: 1 a bare source, 2 an attribution of another claim
//     stance           one byte
//     varint, bytes    that claim's id, where of another
//     varint, bytes    the attribution's or source's id
#ifndef HEADWATER_RECORDS_EDGE_H_
#define HEADWATER_RECORDS_EDGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "headwater/v1/attribution.pb.h"
#include "keys/name.h"

namespace headwater::records {

struct EdgeCitation {
  keys::Name cited;  // an attribution or a source
  v1::Stance stance = v1::STANCE_UNSPECIFIED;
};

struct Edge {
  keys::Name attribution;
  uint64_t sequence = 0;  // of this revision
  uint64_t recorded = 0;  // of the first
  bool deleted = false;
  bool withdrawn = false;
  bool could_not_verify = false;
  v1::Stance stance = v1::STANCE_UNSPECIFIED;
  v1::Basis basis = v1::BASIS_UNSPECIFIED;
  v1::DenialExtent denial_extent = v1::DENIAL_EXTENT_UNSPECIFIED;
  v1::WithdrawalKind withdrawal_kind = v1::WITHDRAWAL_KIND_UNSPECIFIED;
  keys::Name source;
  keys::Name document;
  std::string said_date;
  std::string withdrawn_date;
  std::vector<std::string> hedges;  // folded, ascending, each once
  std::vector<EdgeCitation> cites;
};

// The edge of an attribution whose references have been checked. `recorded` is the sequence of its
// first revision, 0 where this is the first: then its own sequence, in the key, tells.
std::string EdgeValue(const v1::Attribution& attribution, bool deleted, uint64_t recorded);

// The edge in a row of the edges keyspace; nullopt where it is damaged.
std::optional<Edge> ParseEdge(absl::string_view key, absl::string_view value);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_EDGE_H_
