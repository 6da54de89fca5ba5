#include "keys/name.h"

#include "absl/strings/str_cat.h"
#include "base/ids.h"

namespace headwater::keys {
namespace {

// Splits "collection/id" off the front of `*text`, with the slash that follows.
bool TakeSegment(absl::string_view* text, absl::string_view* collection, absl::string_view* id) {
  const size_t slash = text->find('/');
  if (slash == absl::string_view::npos) return false;
  *collection = text->substr(0, slash);
  text->remove_prefix(slash + 1);
  const size_t end = text->find('/');
  *id = text->substr(0, end);
  text->remove_prefix(end == absl::string_view::npos ? text->size() : end);
  return IsValidId(*id);
}

std::optional<Kind> KindOf(absl::string_view collection, bool child) {
  for (Kind kind : kAllKinds) {
    if (IsChild(kind) == child && Collection(kind) == collection) return kind;
  }
  return std::nullopt;
}

bool TakeId(absl::string_view* in, std::string* id) {
  const size_t end = in->find('\0');
  if (end == absl::string_view::npos) return false;
  *id = std::string(in->substr(0, end));
  in->remove_prefix(end + 1);
  return !id->empty();
}

}  // namespace

std::optional<Name> Name::Parse(absl::string_view text) {
  absl::string_view collection;
  absl::string_view id;
  if (!TakeSegment(&text, &collection, &id)) return std::nullopt;
  std::optional<Kind> kind = KindOf(collection, /*child=*/false);
  if (!kind) return std::nullopt;
  if (text.empty()) return Name{*kind, "", std::string(id)};
  if (*kind != Kind::kClaim) return std::nullopt;

  text.remove_prefix(1);
  absl::string_view child;
  if (!TakeSegment(&text, &collection, &child) || !text.empty()) return std::nullopt;
  kind = KindOf(collection, /*child=*/true);
  if (!kind) return std::nullopt;
  return Name{*kind, std::string(id), std::string(child)};
}

std::string Name::Text() const {
  if (!IsChild(kind)) return absl::StrCat(Collection(kind), "/", id);
  return absl::StrCat("claims/", claim, "/", Collection(kind), "/", id);
}

std::string Name::Key() const {
  std::string key = NameKeyPrefix(kind, claim);
  key.append(id);
  key.push_back('\0');
  return key;
}

std::optional<Name> Name::TakeKey(absl::string_view* in) {
  if (in->empty()) return std::nullopt;
  const auto byte = static_cast<uint8_t>(in->front());
  if (byte < static_cast<uint8_t>(kAllKinds.front()) ||
      byte > static_cast<uint8_t>(kAllKinds.back())) {
    return std::nullopt;
  }
  in->remove_prefix(1);
  Name name{static_cast<Kind>(byte), "", ""};
  if (IsChild(name.kind) && !TakeId(in, &name.claim)) return std::nullopt;
  if (!TakeId(in, &name.id)) return std::nullopt;
  return name;
}

Name Name::Parent() const { return Name{Kind::kClaim, "", claim}; }

std::string NameKeyPrefix(Kind kind, absl::string_view claim) {
  std::string prefix(1, static_cast<char>(kind));
  if (!claim.empty()) {
    prefix.append(claim.data(), claim.size());
    prefix.push_back('\0');
  }
  return prefix;
}

}  // namespace headwater::keys
