#include "exchange/kinds.h"

#include "absl/strings/str_split.h"

namespace headwater::exchange {

using google::protobuf::Message;

const std::vector<Kind>& Kinds() {
  static const std::vector<Kind>* const kinds = [] {
    auto* made = new std::vector<Kind>;
    const google::protobuf::OneofDescriptor* record = v1::Record::descriptor()->oneof_decl(0);
    for (int i = 0; i < record->field_count(); ++i) {
      const google::protobuf::FieldDescriptor* field = record->field(i);
      const std::string type = field->message_type()->name();
      const bool in_claim = type == "Attribution" || type == "Relation" || type == "Review";
      made->push_back({field->name(), field->name() + "s", type, in_claim, field});
    }
    return made;
  }();
  return *kinds;
}

const Kind* FindKind(absl::string_view word_or_type) {
  for (const Kind& kind : Kinds()) {
    if (kind.word == word_or_type || kind.type == word_or_type) return &kind;
  }
  return nullptr;
}

const Kind* KindOfName(absl::string_view name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  for (const Kind& kind : Kinds()) {
    const bool matches =
        kind.in_claim ? parts.size() == 4 && parts[0] == "claims" && parts[2] == kind.collection
                      : parts.size() == 2 && parts[0] == kind.collection;
    if (matches) return &kind;
  }
  return nullptr;
}

const Kind* KindOf(const v1::Record& record) {
  for (const Kind& kind : Kinds()) {
    if (record.GetReflection()->HasField(record, kind.record_field)) return &kind;
  }
  return nullptr;
}

const Message& ResourceIn(const v1::Record& record, const Kind& kind) {
  return record.GetReflection()->GetMessage(record, kind.record_field);
}

Message* MutableResourceIn(v1::Record* record, const Kind& kind) {
  return record->GetReflection()->MutableMessage(record, kind.record_field);
}

std::string NameOf(const Message& resource) {
  const google::protobuf::FieldDescriptor* name = resource.GetDescriptor()->FindFieldByName("name");
  return name == nullptr ? std::string() : resource.GetReflection()->GetString(resource, name);
}

}  // namespace headwater::exchange
