// The kinds of resource, and the words and bytes that stand for them.
#ifndef HEADWATER_KEYS_KIND_H_
#define HEADWATER_KEYS_KIND_H_

#include <array>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace headwater::keys {

// Do not change these numbers: they are on disk. They are also the field numbers in
// headwater.v1.Record.
enum class Kind : uint8_t {
  kSource = 1,
  kDocument = 2,
  kClaim = 3,
  kAttribution = 4,  // of a claim
  kRelation = 5,     // of a claim
  kReview = 6,       // of a claim
};

inline constexpr std::array<Kind, 6> kAllKinds = {Kind::kSource,   Kind::kDocument,
                                                  Kind::kClaim,    Kind::kAttribution,
                                                  Kind::kRelation, Kind::kReview};

// "Source".
absl::string_view KindName(Kind kind);

// "sources": the first or third segment of a resource name.
absl::string_view Collection(Kind kind);

// Whether resources of this kind belong to a claim.
constexpr bool IsChild(Kind kind) { return kind >= Kind::kAttribution; }

// The kind of a name such as "Source"; nullopt where there is none.
std::optional<Kind> KindFromName(absl::string_view name);

}  // namespace headwater::keys

#endif  // HEADWATER_KEYS_KIND_H_
