// Resource names: as text in the API, as bytes in keys.
#ifndef HEADWATER_KEYS_NAME_H_
#define HEADWATER_KEYS_NAME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "keys/kind.h"

namespace headwater::keys {

// "sources/ft", "claims/x/attributions/ft". A value type.
struct Name {
  Kind kind = Kind::kSource;
  std::string claim;  // the claim's id where IsChild(kind), else empty
  std::string id;     // the resource's own id

  // The name in the API. nullopt where `text` is not exactly of a kind's pattern with valid ids.
  static std::optional<Name> Parse(absl::string_view text);
  std::string Text() const;

  // The name in keys: the kind's byte, then each id closed by 0x00. Ids hold no 0x00, so the bytes
  // sort by kind, then id by id, and no name's bytes are a prefix of another's.
  std::string Key() const;
  // Takes such bytes off the front of `*in`; nullopt where they are malformed.
  static std::optional<Name> TakeKey(absl::string_view* in);

  // The claim that a child belongs to. Requires IsChild(kind).
  Name Parent() const;

  friend bool operator==(const Name&, const Name&) = default;
};

// What all keys of the kind's names begin with; with a claim's id, of that claim's children.
std::string NameKeyPrefix(Kind kind, absl::string_view claim = "");

}  // namespace headwater::keys

#endif  // HEADWATER_KEYS_NAME_H_
