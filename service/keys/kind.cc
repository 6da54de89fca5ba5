#include "keys/kind.h"

namespace headwater::keys {
namespace {

struct Words {
  absl::string_view name;
  absl::string_view collection;
};

constexpr Words kWords[] = {
    {"Source", "sources"},           {"Document", "documents"}, {"Claim", "claims"},
    {"Attribution", "attributions"}, {"Relation", "relations"}, {"Review", "reviews"},
};

const Words& Of(Kind kind) { return kWords[static_cast<int>(kind) - 1]; }

}  // namespace

absl::string_view KindName(Kind kind) { return Of(kind).name; }

absl::string_view Collection(Kind kind) { return Of(kind).collection; }

std::optional<Kind> KindFromName(absl::string_view name) {
  for (Kind kind : kAllKinds) {
    if (KindName(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace headwater::keys
