// Resource names, as text and as bytes in keys: input is tried as both.
#include <regex>

#include "base/ids.h"
#include "fuzz/fuzz.h"
#include "keys/name.h"

namespace headwater::fuzz {
namespace {

// What a name looks like, said in another way.
bool LooksLikeAName(const std::string& text) {
  static const std::string id = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  static const std::regex* const pattern =
      new std::regex("(sources|documents|claims)/" + id + "|claims/" + id +
                     "/(attributions|relations|reviews)/" + id);
  return text.size() < 300 && std::regex_match(text, *pattern);
}

}  // namespace

void Try(absl::string_view input) {
  const std::optional<keys::Name> name = keys::Name::Parse(input);
  HW_HOLDS(name.has_value() == LooksLikeAName(std::string(input)));
  if (name) {
    HW_HOLDS(name->Text() == input);
    const std::string key = name->Key() + "rest";
    absl::string_view in = key;
    HW_HOLDS(keys::Name::TakeKey(&in) == name);
    HW_HOLDS(in == "rest");
    HW_HOLDS(key.rfind(keys::NameKeyPrefix(name->kind, name->claim), 0) == 0);
  }
  absl::string_view in = input;
  if (const std::optional<keys::Name> taken = keys::Name::TakeKey(&in)) {
    HW_HOLDS(taken->Key() + std::string(in) == input);
    HW_HOLDS(taken->claim.empty() == !IsChild(taken->kind));
  }
  HW_HOLDS(!IsValidId(input) || keys::Name::Parse("sources/" + std::string(input)));
}

}  // namespace headwater::fuzz
