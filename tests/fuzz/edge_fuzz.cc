// Rows of edges: the first byte is the length of the key, which follows; the rest is the value.
#include <algorithm>

#include "base/text.h"
#include "fuzz/fuzz.h"
#include "keys/register.h"
#include "records/edge.h"

namespace headwater::fuzz {
namespace {

// The attribution that the edge is of, as far as an edge tells.
v1::Attribution AttributionOf(const records::Edge& edge) {
  v1::Attribution attribution;
  attribution.set_name(edge.attribution.Text());
  attribution.set_source(edge.source.Text());
  attribution.set_document(edge.document.Text());
  attribution.set_stance(edge.stance);
  attribution.set_basis(edge.basis);
  attribution.set_said_date(edge.said_date);
  attribution.set_could_not_verify(edge.could_not_verify);
  if (edge.denial_extent != 0) attribution.mutable_denial()->set_extent(edge.denial_extent);
  if (edge.withdrawn) {
    attribution.mutable_withdrawal()->set_kind(edge.withdrawal_kind);
    attribution.mutable_withdrawal()->set_withdrawn_date(edge.withdrawn_date);
  }
  for (const std::string& hedge : edge.hedges) attribution.add_hedges(hedge);
  for (const records::EdgeCitation& cited : edge.cites) {
    v1::Citation* citation = attribution.add_cites();
    citation->set_stance(cited.stance);
    if (cited.cited.kind == keys::Kind::kSource) {
      citation->set_source(cited.cited.Text());
    } else {
      citation->set_attribution(cited.cited.Text());
    }
  }
  return attribution;
}

bool AllNamesAreGood(const records::Edge& edge) {
  const auto good = [](const keys::Name& name) { return keys::Name::Parse(name.Text()) == name; };
  return good(edge.attribution) && good(edge.source) && good(edge.document) &&
         std::all_of(edge.cites.begin(), edge.cites.end(),
                     [&](const records::EdgeCitation& cited) { return good(cited.cited); });
}

}  // namespace

void Try(absl::string_view input) {
  const size_t key_size = input.empty() ? 0 : static_cast<uint8_t>(input[0]);
  input.remove_prefix(std::min<size_t>(1, input.size()));
  const absl::string_view key = input.substr(0, key_size);
  const absl::string_view value = input.substr(key.size());
  const std::optional<records::Edge> edge = records::ParseEdge(key, value);
  if (!edge) return;
  HW_HOLDS(edge->cites.size() <= value.size());
  HW_HOLDS(key == keys::EdgePrefix(edge->attribution.claim, edge->attribution.id) +
                      keys::VersionSuffix(edge->sequence));
  if (!AllNamesAreGood(*edge)) return;
  if (!edge->withdrawn && (edge->withdrawal_kind != 0 || !edge->withdrawn_date.empty())) return;
  // Those that are folded fold to themselves; what is not can come from nobody but us.
  if (!std::all_of(edge->hedges.begin(), edge->hedges.end(),
                   [](const std::string& hedge) { return FoldKey(hedge) == hedge; }))
    return;
  const std::string again = records::EdgeValue(AttributionOf(*edge), edge->deleted, edge->recorded);
  // A first revision may say its own sequence in its key alone.
  HW_HOLDS(again.size() < value.size() + sizeof(uint64_t) + 2);
  const std::optional<records::Edge> second = records::ParseEdge(key, again);
  HW_HOLDS(second.has_value());
  HW_HOLDS(records::EdgeValue(AttributionOf(*second), second->deleted, second->recorded) == again);
  HW_HOLDS(second->recorded == edge->recorded && second->hedges == edge->hedges);
  HW_HOLDS(second->cites.size() == edge->cites.size() && second->source == edge->source);
}

}  // namespace headwater::fuzz
