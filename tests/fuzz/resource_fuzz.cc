// Resources as clients send them: the first byte picks the kind, the rest is the message. What the
// checks find nothing wrong with must go through everything that a write does with it.
#include <algorithm>

#include "database/field_mask.h"
#include "fuzz/fuzz.h"
#include "records/consistency.h"
#include "records/edge.h"
#include "records/references.h"
#include "records/resource.h"
#include "records/rules.h"
#include "records/terms.h"

namespace headwater::fuzz {
namespace {

void HoldsOf(const std::vector<records::Violation>& violations) {
  HW_HOLDS(violations.size() <= records::kMaxViolations);
  for (const records::Violation& violation : violations) {
    HW_HOLDS(!violation.description.empty());
    HW_HOLDS(violation.description.size() < 2000);  // what was sent is not said back whole
  }
}

void TrySound(const records::Message& resource,
              const std::vector<records::FoundReference>& references) {
  const std::vector<std::string> terms = records::TermsOf(resource, references);
  HW_HOLDS(std::is_sorted(terms.begin(), terms.end()));
  HW_HOLDS(std::adjacent_find(terms.begin(), terms.end()) == terms.end());
  const std::string bytes = records::Serialized(resource);
  const keys::Kind kind = *records::KindOf(resource.GetDescriptor());
  const auto read = records::ParseResource(kind, bytes);
  HW_HOLDS(read != nullptr && records::Serialized(*read) == bytes);
  // An update by itself changes nothing.
  google::protobuf::FieldMask everything;
  everything.add_paths("*");
  const auto updated = database::Updated(resource, resource, everything, "");
  HW_HOLDS(updated.ok() && records::Serialized(**updated) == bytes);
  if (kind == keys::Kind::kAttribution) {
    const auto& attribution = static_cast<const v1::Attribution&>(resource);
    const std::string key = std::string("x\0a\0", 4) + std::string(8, '\xff');
    const auto edge = records::ParseEdge(key, records::EdgeValue(attribution, false, 7));
    HW_HOLDS(edge && edge->recorded == 7);
    HW_HOLDS(edge && edge->source.Text() == attribution.source());
    HW_HOLDS(static_cast<int>(edge->cites.size()) == attribution.cites_size());
  }
}

}  // namespace

void Try(absl::string_view input) {
  if (input.empty()) return;
  const keys::Kind kind = keys::kAllKinds[static_cast<uint8_t>(input[0]) % keys::kAllKinds.size()];
  const auto resource = records::ParseResource(kind, input.substr(1));
  if (resource == nullptr) return;
  records::ClearServerMade(resource.get());
  records::SetStringField("name", IsChild(kind) ? "claims/x/attributions/a" : "claims/x",
                          resource.get());
  // Whatever is wrong with it.
  const std::vector<records::FoundReference> references = records::ReferencesOf(*resource);
  std::vector<records::Violation> violations;
  records::CheckResource(*resource, "resource", &violations);
  HoldsOf(violations);
  if (!violations.empty()) return;
  records::CheckConsistency(*resource, "resource", &violations);
  HoldsOf(violations);
  TrySound(*resource, references);
}

}  // namespace headwater::fuzz
