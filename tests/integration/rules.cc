#include "rules.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "headwater/v1/rules.pb.h"

namespace headwater::model {
namespace {

using google::protobuf::FieldDescriptor;

bool IsSet(const Message& message, const FieldDescriptor* field) {
  return field->is_repeated() ? message.GetReflection()->FieldSize(message, field) > 0
                              : message.GetReflection()->HasField(message, field);
}

// Calls `visit` with every message inside `message`, itself included.
template <class Visit>
void WalkMessages(const Message& message, const Visit& visit) {
  visit(message);
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      WalkMessages(message.GetReflection()->GetMessage(message, field), visit);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i)
      WalkMessages(message.GetReflection()->GetRepeatedMessage(message, field, i), visit);
  }
}

bool LacksRequired(const Message& resource) {
  bool lacks = false;
  WalkMessages(resource, [&](const Message& message) {
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->field(i);
      lacks |= field->options().GetExtension(v1::rule).required() && !IsSet(message, field);
    }
  });
  return lacks;
}

template <class Strings>
bool HasRepeats(const Strings& strings) {
  return std::set<std::string>(strings.begin(), strings.end()).size() !=
         static_cast<size_t>(strings.size());
}

bool Wrong(const v1::Source& source) {
  std::vector<std::string> others(source.known_distinct_from().begin(),
                                  source.known_distinct_from().end());
  others.insert(others.end(), {source.part_of(), source.owner(), source.evidence().author()});
  for (const std::string& by : source.evidence().authenticated_by()) others.push_back(by);
  bool itself = false;
  for (const std::string& other : others) itself |= other == source.name();
  std::vector<std::string> languages;
  for (const auto& name : source.localized_names()) languages.push_back(name.language());
  return itself || source.has_evidence() != (source.kind() == v1::SOURCE_KIND_EVIDENCE) ||
         (source.has_collective() && source.kind() != v1::SOURCE_KIND_ANONYMOUS) ||
         HasRepeats(source.aliases()) || HasRepeats(source.domains()) ||
         HasRepeats(source.same_as()) || HasRepeats(source.known_distinct_from()) ||
         HasRepeats(languages);
}

bool Wrong(const v1::Document& document) {
  return document.derived_from().document() == document.name() ||
         document.withdrawal().document() == document.name();
}

bool Wrong(const v1::Claim& claim) {
  std::vector<std::string> languages = {claim.language()};
  for (const auto& text : claim.translations()) languages.push_back(text.language());
  if (claim.has_credibility() && claim.credibility().assessed_sequence() < 1) return true;
  return HasRepeats(languages) || HasRepeats(claim.tags());
}

bool WrongCitations(const v1::Attribution& attribution) {
  std::vector<std::string> cited;
  for (const v1::Citation& citation : attribution.cites()) {
    if (citation.cited_case() == v1::Citation::CITED_NOT_SET) return true;
    if (citation.stance() == v1::STANCE_RELAYS) return true;
    if (citation.attribution() == attribution.name()) return true;
    if (citation.source() == attribution.source()) return true;
    cited.push_back(
        absl::StrCat(citation.attribution(), " ", citation.source(), " ", citation.stance()));
  }
  return HasRepeats(cited);
}

bool Wrong(const v1::Attribution& attribution) {
  if (attribution.stance() == v1::STANCE_RELAYS &&
      (attribution.cites().empty() || attribution.basis() == v1::BASIS_FIRST_HAND))
    return true;
  if (attribution.has_denial() && attribution.stance() != v1::STANCE_DENIES) return true;
  if (attribution.has_no_comment() && attribution.stance() != v1::STANCE_NO_COMMENT) return true;
  const v1::Denial& denial = attribution.denial();
  if ((denial.extent() == v1::DENIAL_EXTENT_PART) == denial.part().empty()) return true;
  if (attribution.no_comment().asked_by() == attribution.source()) return true;
  if (attribution.quote().has_position()) {
    const v1::TextPosition& position = attribution.quote().position();
    const auto length = static_cast<int>(CodePoints(attribution.quote().exact()));
    if (position.end() <= position.start()) return true;
    if (position.end() - position.start() != length) return true;
  }
  return WrongCitations(attribution);
}

bool Wrong(const v1::Relation& relation) {
  if (relation.target() == absl::StrCat("claims/", ClaimOfName(relation.name()))) return true;
  const bool confirms = !relation.confirmed_by().empty() || relation.has_confirm_time();
  const bool refuses = !relation.refused_by().empty() || relation.has_refuse_time();
  switch (relation.state()) {
    case v1::RELATION_STATE_SUGGESTED:
      return relation.suggested_by().empty() || confirms || refuses;
    case v1::RELATION_STATE_CONFIRMED:
      return relation.confirmed_by().empty() || refuses;
    default:
      return relation.refused_by().empty() || confirms;
  }
}

bool Wrong(const v1::Review&) { return false; }

}  // namespace

bool IsWrong(const Message& resource) {
  if (LacksRequired(resource)) return true;
  v1::Record record;
  for (Kind kind : keys::kAllKinds) {
    if (resource.GetDescriptor()->name() != keys::KindName(kind)) continue;
    return ForKind(kind, [&](auto api) {
      return Wrong(static_cast<const typename decltype(api)::Resource&>(resource));
    });
  }
  return true;
}

bool IsWrong(const v1::Withdrawal& withdrawal) { return LacksRequired(withdrawal); }

bool IsUntrue(const v1::Quote& quote, const std::string& text) {
  const std::string whole = quote.prefix() + quote.exact() + quote.suffix();
  for (size_t at = text.find(whole); at != std::string::npos; at = text.find(whole, at + 1)) {
    const size_t start = CodePoints(text.substr(0, at) + quote.prefix());
    if (!quote.has_position() || static_cast<int>(start) == quote.position().start()) return false;
  }
  return true;
}

std::vector<Reference> ReferencesOf(const Message& resource) {
  std::vector<Reference> references;
  WalkMessages(resource, [&](const Message& message) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (field->options().GetExtension(v1::rule).reference().empty()) continue;
      if (!field->is_repeated()) {
        references.emplace_back(field->full_name(),
                                message.GetReflection()->GetString(message, field));
        continue;
      }
      for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
        references.emplace_back(field->full_name(),
                                message.GetReflection()->GetRepeatedString(message, field, i));
      }
    }
  });
  return references;
}

bool MayPublish(v1::SourceKind kind) {
  return kind != v1::SOURCE_KIND_ANONYMOUS && kind != v1::SOURCE_KIND_EVIDENCE;
}

bool NeedsPublisher(const Reference& reference) {
  return reference.first == "headwater.v1.Document.publisher" ||
         reference.first == "headwater.v1.Source.owner";
}

}  // namespace headwater::model
