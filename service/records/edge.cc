#include "records/edge.h"

#include <set>

#include "base/text.h"
#include "keys/encoding.h"

namespace headwater::records {
namespace {

using keys::Kind;
using keys::Name;

constexpr char kLayout = '\x02';
constexpr uint8_t kDeleted = 1;
constexpr uint8_t kWithdrawn = 2;
constexpr uint8_t kCouldNotVerify = 4;
constexpr uint8_t kBareSource = 1;
constexpr uint8_t kOtherClaim = 2;

void AppendByte(int byte, std::string* out) { out->push_back(static_cast<char>(byte)); }

std::string IdOf(absl::string_view name) { return Name::Parse(name).value_or(Name{}).id; }

void AppendCitation(const v1::Citation& citation, absl::string_view claim, std::string* out) {
  const bool bare = citation.has_source();
  const Name cited =
      Name::Parse(bare ? citation.source() : citation.attribution()).value_or(Name{});
  const bool other = !bare && cited.claim != claim;
  AppendByte((bare ? kBareSource : 0) | (other ? kOtherClaim : 0), out);
  AppendByte(citation.stance(), out);
  if (other) keys::AppendSized(cited.claim, out);
  keys::AppendSized(cited.id, out);
}

void AppendHedges(const v1::Attribution& attribution, std::string* out) {
  std::set<std::string> folded;
  for (const std::string& hedge : attribution.hedges()) folded.insert(FoldKey(hedge));
  folded.erase("");
  keys::AppendVarint(folded.size(), out);
  for (const std::string& hedge : folded) keys::AppendSized(hedge, out);
}

// Takes one byte that must be a number of the enum.
template <class Enum>
bool TakeEnum(absl::string_view* in, bool (*is_valid)(int), Enum* out) {
  absl::string_view byte;
  if (!keys::TakeBytes(in, 1, &byte) || !is_valid(byte[0])) return false;
  *out = static_cast<Enum>(byte[0]);
  return true;
}

bool TakeString(absl::string_view* in, std::string* out) {
  absl::string_view bytes;
  if (!keys::TakeSized(in, &bytes)) return false;
  *out = std::string(bytes);
  return true;
}

bool TakeHedges(absl::string_view* in, std::vector<std::string>* hedges) {
  uint64_t count = 0;
  if (!keys::TakeVarint(in, &count) || count > in->size()) return false;
  hedges->resize(count);
  for (size_t i = 0; i < count; ++i) {
    if (!TakeString(in, &(*hedges)[i])) return false;
    const std::string& before = i == 0 ? "" : (*hedges)[i - 1];
    if ((*hedges)[i] <= before) return false;
  }
  return true;
}

bool TakeCitation(absl::string_view* in, absl::string_view claim, EdgeCitation* citation) {
  absl::string_view flags;
  if (!keys::TakeBytes(in, 1, &flags) || !TakeEnum(in, v1::Stance_IsValid, &citation->stance))
    return false;
  citation->cited.kind = (flags[0] & kBareSource) != 0 ? Kind::kSource : Kind::kAttribution;
  if ((flags[0] & kOtherClaim) != 0) {
    if (!TakeString(in, &citation->cited.claim)) return false;
  } else if (citation->cited.kind == Kind::kAttribution) {
    citation->cited.claim = std::string(claim);
  }
  return TakeString(in, &citation->cited.id);
}

bool TakeCitations(absl::string_view* in, absl::string_view claim,
                   std::vector<EdgeCitation>* cites) {
  uint64_t count = 0;
  if (!keys::TakeVarint(in, &count) || count > in->size()) return false;
  cites->resize(count);
  for (EdgeCitation& citation : *cites) {
    if (!TakeCitation(in, claim, &citation)) return false;
  }
  return in->empty();
}

bool TakeKey(absl::string_view key, Edge* edge) {
  const size_t claim_end = key.find('\0');
  if (claim_end == absl::string_view::npos) return false;
  const size_t id_end = key.find('\0', claim_end + 1);
  if (id_end == absl::string_view::npos || key.size() != id_end + 1 + sizeof(uint64_t))
    return false;
  edge->attribution = Name{Kind::kAttribution, std::string(key.substr(0, claim_end)),
                           std::string(key.substr(claim_end + 1, id_end - claim_end - 1))};
  edge->sequence = keys::ReadDescending(key.substr(id_end + 1));
  return true;
}

}  // namespace

std::string EdgeValue(const v1::Attribution& attribution, bool deleted, uint64_t recorded) {
  const std::string claim = Name::Parse(attribution.name()).value_or(Name{}).claim;
  std::string value(1, kLayout);
  AppendByte((deleted ? kDeleted : 0) | (attribution.has_withdrawal() ? kWithdrawn : 0) |
                 (attribution.could_not_verify() ? kCouldNotVerify : 0),
             &value);
  AppendByte(attribution.stance(), &value);
  AppendByte(attribution.basis(), &value);
  AppendByte(attribution.denial().extent(), &value);
  AppendByte(attribution.withdrawal().kind(), &value);
  keys::AppendVarint(recorded, &value);
  keys::AppendSized(IdOf(attribution.source()), &value);
  keys::AppendSized(IdOf(attribution.document()), &value);
  keys::AppendSized(attribution.said_date(), &value);
  keys::AppendSized(attribution.withdrawal().withdrawn_date(), &value);
  AppendHedges(attribution, &value);
  keys::AppendVarint(attribution.cites_size(), &value);
  for (const v1::Citation& citation : attribution.cites()) AppendCitation(citation, claim, &value);
  return value;
}

std::optional<Edge> ParseEdge(absl::string_view key, absl::string_view value) {
  Edge edge;
  if (!TakeKey(key, &edge) || value.size() < 2 || value[0] != kLayout) return std::nullopt;
  const char flags = value[1];
  value.remove_prefix(2);
  edge.deleted = (flags & kDeleted) != 0;
  edge.withdrawn = (flags & kWithdrawn) != 0;
  edge.could_not_verify = (flags & kCouldNotVerify) != 0;
  edge.source.kind = Kind::kSource;
  edge.document.kind = Kind::kDocument;
  if (!TakeEnum(&value, v1::Stance_IsValid, &edge.stance) ||
      !TakeEnum(&value, v1::Basis_IsValid, &edge.basis) ||
      !TakeEnum(&value, v1::DenialExtent_IsValid, &edge.denial_extent) ||
      !TakeEnum(&value, v1::WithdrawalKind_IsValid, &edge.withdrawal_kind) ||
      !keys::TakeVarint(&value, &edge.recorded) || !TakeString(&value, &edge.source.id) ||
      !TakeString(&value, &edge.document.id) || !TakeString(&value, &edge.said_date) ||
      !TakeString(&value, &edge.withdrawn_date) || !TakeHedges(&value, &edge.hedges) ||
      !TakeCitations(&value, edge.attribution.claim, &edge.cites)) {
    return std::nullopt;
  }
  if (edge.recorded == 0) edge.recorded = edge.sequence;
  return edge;
}

}  // namespace headwater::records
