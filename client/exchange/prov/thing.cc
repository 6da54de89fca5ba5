#include "exchange/prov/thing.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "exchange/prov/terms.h"

namespace headwater::exchange {
namespace {

constexpr std::pair<absl::string_view, absl::string_view> kKnown[] = {
    {"prov", kProvUri},
    {"xsd", kXsdUri},
    {kTermsPrefix, kTermsUri},
    {kRecordsPrefix, kRecordsUri},
};

}  // namespace

bool ProvThing::Is(absl::string_view section) const {
  for (const ProvStatement& element : elements) {
    if (element.section == section) return true;
  }
  return false;
}

bool ProvThing::HasType(absl::string_view type) const {
  for (const ProvStatement& element : elements) {
    const auto found = element.attributes.find("prov:type");
    if (found == element.attributes.end()) continue;
    if (!found->is_array() && ProvText(*found) == type) return true;
    if (!found->is_array()) continue;
    for (const ProvJson& one : *found) {
      if (ProvText(one) == type) return true;
    }
  }
  return false;
}

std::string ProvThing::Text(absl::string_view attribute) const {
  for (const ProvStatement& element : elements) {
    std::string text = ProvTextOf(element, attribute);
    if (!text.empty()) return text;
  }
  return "";
}

std::string ProvTextOf(const ProvStatement& statement, absl::string_view attribute) {
  const auto found = statement.attributes.find(std::string(attribute));
  if (found == statement.attributes.end()) return "";
  if (!found->is_array()) return ProvText(*found);
  return found->empty() ? "" : ProvText((*found)[0]);
}

std::string ProvNames::Uri(absl::string_view name) const {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(name, absl::MaxSplits(':', 1));
  const bool prefixed = absl::StrContains(name, ':');
  const auto found = prefixes_.find(std::string(prefixed ? parts.first : "default"));
  if (found != prefixes_.end()) {
    return absl::StrCat(found->second, prefixed ? parts.second : name);
  }
  if (parts.first == "prov") return absl::StrCat(kProvUri, parts.second);
  if (parts.first == "xsd") return absl::StrCat(kXsdUri, parts.second);
  return "";
}

std::string ProvNames::Ours(absl::string_view name) const {
  const std::string uri = Uri(name);
  for (const auto& [prefix, space] : kKnown) {
    absl::string_view local = uri;
    if (absl::ConsumePrefix(&local, space)) return absl::StrCat(prefix, ":", local);
  }
  return std::string(name);
}

ProvJson ProvNames::OurValue(const ProvJson& value) const {
  if (value.is_array()) {
    ProvJson values = ProvJson::array();
    for (const ProvJson& one : value) values.push_back(OurValue(one));
    return values;
  }
  if (!value.is_object() || !value.contains("type") || !value["type"].is_string()) return value;
  ProvJson ours = value;
  const std::string type = Ours(value["type"].get<std::string>());
  ours["type"] = type;
  if (type == "xsd:QName" || type == "prov:QUALIFIED_NAME") ours["$"] = Ours(ProvText(value));
  return ours;
}

ProvStatement ProvNames::Ours(ProvStatement statement) const {
  statement.id = Ours(statement.id);
  ProvJson attributes = ProvJson::object();
  const ProvSection* section = FindProvSection(statement.section);
  for (const auto& [key, value] : statement.attributes.items()) {
    const std::string name = Ours(key);
    const ProvAttribute* attribute = section == nullptr ? nullptr : section->Find(name);
    const bool is_name = attribute != nullptr && attribute->range != ProvRange::kTime;
    attributes[name] =
        is_name && value.is_string() ? ProvJson(Ours(value.get<std::string>())) : OurValue(value);
  }
  statement.attributes = std::move(attributes);
  return statement;
}

}  // namespace headwater::exchange
