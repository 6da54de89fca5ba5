#include "exchange/prov/rules.h"

#include <cstdint>
#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "exchange/loops.h"
#include "exchange/prov/attributes.h"
#include "exchange/prov/literals.h"
#include "exchange/prov/statements.h"
#include "exchange/prov/terms.h"

namespace headwater::exchange {
namespace {

// What a thing was described as.
enum Described : uint8_t { kEntity = 1, kAgent = 2, kActivity = 4, kRelation = 8 };

bool IsAbsoluteUri(absl::string_view uri) {
  const size_t colon = uri.find(':');
  return colon != absl::string_view::npos && colon > 0 && uri.size() > colon + 1 &&
         !absl::StrContains(uri, ' ');
}

// The attributes that any statement, or any but elements, may have besides its own.
bool IsCommon(absl::string_view name, const ProvSection& section) {
  if (name == "prov:type" || name == "prov:label" || name == "prov:location") return true;
  return section.is_element ? name == "prov:value" && section.word == "entity"
                            : name == "prov:role";
}

class Checker {
 public:
  explicit Checker(size_t most) : most_(most) {}

  void Check(const ProvStatement& statement) {
    where_ = absl::StrCat(statement.section, " ", statement.id);
    const ProvSection* section = FindProvSection(statement.section);
    if (section == nullptr) return Problem("is no section of PROV-JSON");
    CheckName(statement.id, "the id");
    if (!statement.attributes.is_object()) return Problem("must be an object of attributes");
    CheckId(*section, statement.id);
    for (const auto& [name, value] : statement.attributes.items()) {
      const ProvAttribute* attribute = section->Find(name);
      CheckName(name, "the attribute");
      if (attribute != nullptr) {
        CheckDefined(*section, *attribute, statement.id, value);
      } else if (absl::StartsWith(name, "prov:") && !IsCommon(name, *section)) {
        Problem(absl::StrCat(name, ": does not belong here"));
      } else {
        CheckValues(name, value);
      }
    }
    for (const ProvAttribute& attribute : section->attributes) {
      if (attribute.required && !statement.attributes.contains(std::string(attribute.name))) {
        Problem(absl::StrCat(attribute.name, ": is missing"));
      }
    }
    CheckOrder(statement);
  }

  std::vector<ProvProblem> Finish(const ProvPrefixes& prefixes) {
    CheckPrefixes(prefixes);
    for (const Reference& reference : references_) CheckReference(reference);
    CheckLoops(derivations_, "is derived from itself, over others or at once");
    CheckLoops(specializations_, "is a specialization of itself, over others or at once");
    return std::move(problems_);
  }

 private:
  struct Reference {
    std::string where;
    absl::string_view attribute;
    std::string id;
    ProvRange range;
  };
  struct Steps {
    Loops loops;
    std::vector<std::string> where;
  };

  void Problem(std::string text) {
    if (problems_.size() < most_) problems_.push_back({where_, std::move(text)});
  }

  // A qualified name; its prefix is looked up once all are known.
  void CheckName(absl::string_view name, absl::string_view what) {
    if (absl::StartsWith(name, "_:")) return;
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(name, absl::MaxSplits(':', 1));
    const bool prefixed = absl::StrContains(name, ':');
    if (prefixed && !IsProvPrefix(parts.first)) {
      return Problem(absl::StrCat(what, " \"", name, "\" has no good prefix"));
    }
    if (!IsProvLocalName(prefixed ? parts.second : name)) {
      return Problem(absl::StrCat(what, " \"", name, "\" has characters that no name has"));
    }
    used_prefixes_.try_emplace(std::string(prefixed ? parts.first : "default"), where_);
  }

  void CheckId(const ProvSection& section, const std::string& id) {
    uint8_t& described = described_[HashOfName(id)];
    uint8_t now = kRelation;
    if (section.word == "entity") now = kEntity;
    if (section.word == "agent") now = kAgent;
    if (section.word == "activity") now = kActivity;
    described |= now;
    if ((described & kEntity) != 0 && (described & kActivity) != 0) {
      Problem("is both an entity and an activity");
    }
    if ((described & kRelation) != 0 && described != kRelation) {
      Problem("is both a thing and a relation");
    }
    if (now != kRelation) return;
    const auto [found, added] = relation_of_.try_emplace(HashOfName(id), section.word.data());
    if (!added && found->second != section.word.data()) {
      Problem(absl::StrCat("is also the id of a ", found->second));
    }
  }

  // An attribute that PROV defines for the section.
  void CheckDefined(const ProvSection& section, const ProvAttribute& attribute,
                    const std::string& id, const ProvJson& value) {
    if (!value.is_string()) return Problem(absl::StrCat(attribute.name, ": must be one string"));
    const std::string text = value;
    const bool has_id = section.word != "specializationOf" && section.word != "alternateOf" &&
                        section.word != "hadMember";
    const auto [found, added] =
        defined_.try_emplace(HashOfName(absl::StrCat(id, "\n", attribute.name)), HashOfName(text));
    if (has_id && !added && found->second != HashOfName(text)) {
      Problem(absl::StrCat(attribute.name, ": differs from that of another statement of the id"));
    }
    if (attribute.range == ProvRange::kTime) {
      if (!IsXsdDateTime(text)) {
        Problem(absl::StrCat(attribute.name, ": \"", text, "\" is no xsd:dateTime"));
      }
      return;
    }
    CheckName(text, attribute.name);
    references_.push_back({where_, attribute.name, text, attribute.range});
  }

  void CheckValues(absl::string_view name, const ProvJson& value) {
    if (!value.is_array()) return CheckValue(name, value);
    if (value.empty()) return Problem(absl::StrCat(name, ": is an empty list"));
    for (const ProvJson& one : value) CheckValue(name, one);
  }

  void CheckValue(absl::string_view name, const ProvJson& value) {
    if (value.is_string() || value.is_number() || value.is_boolean()) return;
    if (!value.is_object()) {
      return Problem(absl::StrCat(name, ": must be a string, a number, true, false or typed"));
    }
    bool has_text = false;
    for (const auto& [key, part] : value.items()) {
      if (key != "$" && key != "type" && key != "lang") {
        Problem(absl::StrCat(name, ": has \"", key, "\" in its value"));
      } else if (!part.is_string()) {
        Problem(absl::StrCat(name, ": \"", key, "\" must be a string"));
      }
      has_text |= key == "$";
    }
    if (!has_text) return Problem(absl::StrCat(name, ": has no \"$\""));
    if (value.contains("type") && value["type"].is_string() && value["$"].is_string()) {
      CheckTyped(name, value["type"], value["$"]);
    }
  }

  void CheckTyped(absl::string_view name, const std::string& type, const std::string& text) {
    CheckName(type, absl::StrCat(name, ": the type"));
    if (type == "xsd:QName" || type == "prov:QUALIFIED_NAME") return CheckName(text, name);
    absl::string_view local = type;
    if (absl::ConsumePrefix(&local, "xsd:") && !IsXsdLiteral(local, text)) {
      Problem(absl::StrCat(name, ": \"", text.substr(0, 100), "\" is no ", type));
    }
  }

  void CheckOrder(const ProvStatement& statement) {
    const auto text = [&](const char* name) {
      const auto found = statement.attributes.find(name);
      return found != statement.attributes.end() && found->is_string() ? found->get<std::string>()
                                                                       : std::string();
    };
    const auto step = [&](Steps* steps, const std::string& from, const std::string& to) {
      if (from.empty() || to.empty()) return;
      steps->loops.Add(from, to);
      steps->where.push_back(where_);
    };
    if (statement.section == "wasDerivedFrom") {
      step(&derivations_, text("prov:generatedEntity"), text("prov:usedEntity"));
    } else if (statement.section == "specializationOf") {
      step(&specializations_, text("prov:specificEntity"), text("prov:generalEntity"));
    } else if (statement.section == "activity") {
      absl::Time start;
      absl::Time end;
      std::string error;
      // Times without a zone cannot be compared and do not parse.
      if (absl::ParseTime(absl::RFC3339_full, text("prov:startTime"), &start, &error) &&
          absl::ParseTime(absl::RFC3339_full, text("prov:endTime"), &end, &error) && end < start) {
        Problem("ends before it starts");
      }
    }
  }

  void CheckPrefixes(const ProvPrefixes& prefixes) {
    for (const auto& [prefix, uri] : prefixes) {
      where_ = absl::StrCat("prefix ", prefix);
      if (!IsProvPrefix(prefix)) Problem("is no good prefix");
      if (!IsAbsoluteUri(uri)) Problem(absl::StrCat("\"", uri, "\" is no absolute URI"));
      if ((prefix == "prov" && uri != kProvUri) ||
          (prefix == "xsd" && uri != kXsdUri && uri != kXsdUri.substr(0, kXsdUri.size() - 1))) {
        Problem(absl::StrCat("stands for \"", uri, "\", which it never does"));
      }
    }
    for (const auto& [prefix, where] : used_prefixes_) {
      if (prefix == "prov" || prefix == "xsd" || prefixes.count(prefix) > 0) continue;
      where_ = where;
      Problem(prefix == "default" ? "has a name without a prefix, and there is no default"
                                  : absl::StrCat("prefix \"", prefix, "\" is not declared"));
    }
  }

  // What is referred to is of the sort that the relation demands, besides what it is described as.
  void CheckReference(const Reference& reference) {
    const auto found = described_.find(HashOfName(reference.id));
    if (found == described_.end()) return;
    where_ = reference.where;
    uint8_t& is = found->second;
    const bool wants_relation = reference.range == ProvRange::kRelation;
    if (wants_relation != (is == kRelation)) {
      return Problem(absl::StrCat(reference.attribute, ": ", reference.id,
                                  wants_relation ? " is no relation" : " is a relation"));
    }
    if (reference.range == ProvRange::kEntity) is |= kEntity;
    if (reference.range == ProvRange::kAgent) is |= kAgent;
    if (reference.range == ProvRange::kActivity) is |= kActivity;
    if ((is & kEntity) != 0 && (is & kActivity) != 0) {
      Problem(absl::StrCat(reference.attribute, ": ", reference.id,
                           " would be both an entity and an activity"));
    }
  }

  void CheckLoops(const Steps& steps, const char* text) {
    const std::vector<bool> looped = steps.loops.Found();
    for (size_t i = 0; i < looped.size(); ++i) {
      if (!looped[i]) continue;
      where_ = steps.where[i];
      Problem(text);
    }
  }

  size_t most_;
  std::string where_;
  std::vector<ProvProblem> problems_;
  std::map<std::string, std::string> used_prefixes_;  // with the first place
  absl::flat_hash_map<uint64_t, uint8_t> described_;  // by the id's hash
  absl::flat_hash_map<uint64_t, const char*> relation_of_;
  absl::flat_hash_map<uint64_t, uint64_t> defined_;  // of id and attribute: the value's hash
  std::vector<Reference> references_;
  Steps derivations_;
  Steps specializations_;
};

}  // namespace

absl::StatusOr<std::vector<ProvProblem>> FindProvProblems(Input* input, size_t most) {
  Checker checker(most);
  ProvPrefixes prefixes;
  const absl::Status status = ReadProvStatements(
      input,
      [&](const ProvStatement& statement) {
        checker.Check(statement);
        return absl::OkStatus();
      },
      &prefixes);
  if (!status.ok()) return status;
  return checker.Finish(prefixes);
}

}  // namespace headwater::exchange
