#include "cli/names.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/failure.h"
#include "exchange/fields.h"

namespace headwater::cli {
namespace {

using exchange::KindOfName;

// How a name of the kind may be given.
std::string Form(const Kind& kind) {
  if (!kind.in_claim) return absl::StrCat("ID or ", kind.collection, "/ID");
  return absl::StrCat("CLAIM/ID or claims/CLAIM/", kind.collection, "/ID");
}

absl::Status NotAName(const Kind& kind, absl::string_view text) {
  return UsageError(
      absl::StrCat("\"", text, "\" does not name one ", kind.word, ": give ", Form(kind)));
}

}  // namespace

absl::StatusOr<std::string> ResolveName(const Kind& kind, absl::string_view text) {
  std::vector<std::string> parts = absl::StrSplit(text, '/');
  if (std::any_of(parts.begin(), parts.end(),
                  [](const std::string& part) { return part.empty(); })) {
    return NotAName(kind, text);
  }
  if (const Kind* named = KindOfName(text); named != nullptr) {
    if (named == &kind) return std::string(text);
    // "claims/x" reads as the attribution x of a claim "claims" only to a machine.
    return UsageError(absl::StrCat("\"", text, "\" is a ", named->word, ", not a ", kind.word,
                                   ": give ", Form(kind)));
  }
  if (!kind.in_claim) {
    if (parts.size() != 1) return NotAName(kind, text);
    return absl::StrCat(kind.collection, "/", text);
  }
  if (parts.size() == 3 && parts.front() == "claims") parts.erase(parts.begin());
  if (parts.size() != 2) return NotAName(kind, text);
  return absl::StrCat("claims/", parts[0], "/", kind.collection, "/", parts[1]);
}

absl::StatusOr<std::string> ResolveParent(absl::string_view text) {
  return ResolveName(*exchange::FindKind("claim"), text);
}

absl::StatusOr<NewName> ResolveNewName(const Kind& kind, absl::string_view text) {
  if (text.empty() && !kind.in_claim) return NewName{};
  const Kind* named = KindOfName(text);
  const bool claim_alone = named != nullptr && named->word == "claim";
  if (kind.in_claim && (claim_alone || !absl::StrContains(text, '/'))) {
    absl::StatusOr<std::string> parent = ResolveParent(text);
    if (!parent.ok()) return NotAName(kind, text);
    return NewName{*std::move(parent), ""};
  }
  absl::StatusOr<std::string> name = ResolveName(kind, text);
  if (!name.ok()) return name.status();
  const size_t slash = name->rfind('/');
  NewName result;
  result.id = name->substr(slash + 1);
  if (kind.in_claim) result.parent = name->substr(0, name->rfind('/', slash - 1));
  return result;
}

std::string ResolveReference(const google::protobuf::FieldDescriptor& field,
                             absl::string_view text) {
  if (text.empty() || KindOfName(text) != nullptr) return std::string(text);
  const bool has_slash = absl::StrContains(text, '/');
  for (const std::string& type : exchange::RuleOf(field).reference()) {
    const Kind* kind = exchange::FindKind(type);
    if (kind == nullptr || kind->in_claim != has_slash) continue;
    if (absl::StatusOr<std::string> name = ResolveName(*kind, text); name.ok()) {
      return *std::move(name);
    }
  }
  return std::string(text);
}

}  // namespace headwater::cli
