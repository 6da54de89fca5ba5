#include "mask.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "google/protobuf/util/message_differencer.h"
#include "headwater/v1/rules.pb.h"

namespace headwater::model {
namespace {

using google::protobuf::FieldDescriptor;

bool IsServerMade(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule).output_only() || field->name() == "etag";
}

bool IsImmutable(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule).immutable();
}

// Makes `to` have in the field at the path what `from` has.
void CopyPath(const Message& from, absl::Span<const std::string> path, Message* to) {
  const FieldDescriptor* field = from.GetDescriptor()->FindFieldByName(path.front());
  if (path.size() == 1) {
    std::unique_ptr<Message> alone(from.New());
    alone->CopyFrom(from);
    std::vector<const FieldDescriptor*> fields;
    from.GetReflection()->ListFields(from, &fields);
    for (const FieldDescriptor* other : fields) {
      if (other != field) alone->GetReflection()->ClearField(alone.get(), other);
    }
    to->GetReflection()->ClearField(to, field);
    to->MergeFrom(*alone);
    return;
  }
  if (!from.GetReflection()->HasField(from, field) && !to->GetReflection()->HasField(*to, field))
    return;
  CopyPath(from.GetReflection()->GetMessage(from, field), path.subspan(1),
           to->GetReflection()->MutableMessage(to, field));
}

bool IsPath(const google::protobuf::Descriptor* type, absl::Span<const std::string> path) {
  const FieldDescriptor* field = type->FindFieldByName(path.front());
  if (field == nullptr) return false;
  if (path.size() == 1) return true;
  return !field->is_repeated() && field->message_type() != nullptr &&
         IsPath(field->message_type(), path.subspan(1));
}

// The mask's paths; "*" and none stand for many.
std::vector<std::string> PathsOf(const google::protobuf::FieldMask& mask, const Message& update) {
  const bool all = mask.paths_size() == 1 && mask.paths(0) == "*";
  if (!all && mask.paths_size() > 0) return {mask.paths().begin(), mask.paths().end()};
  std::vector<std::string> paths;
  std::vector<const FieldDescriptor*> set;
  update.GetReflection()->ListFields(update, &set);
  for (int i = 0; i < update.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = update.GetDescriptor()->field(i);
    if (IsServerMade(field) || IsImmutable(field)) continue;
    if (all || std::find(set.begin(), set.end(), field) != set.end())
      paths.push_back(field->name());
  }
  return paths;
}

// An immutable field that is sent must be sent as it stands.
bool ChangesImmutable(const Message& standing, const Message& update) {
  std::vector<const FieldDescriptor*> set;
  update.GetReflection()->ListFields(update, &set);
  google::protobuf::util::MessageDifferencer differencer;
  for (const FieldDescriptor* field : set) {
    if (!IsImmutable(field)) continue;
    if (!differencer.CompareWithFields(standing, update, {field}, {field})) return true;
  }
  return false;
}

// What becomes of a document's text and SHA-256 by an update of these fields; false where they
// would not agree. `document` holds the text that was sent.
bool SettleText(const v1::Document& standing, const std::vector<std::string>& paths, bool all,
                v1::Document* document) {
  const auto named = [&](const char* field) {
    return std::find(paths.begin(), paths.end(), field) != paths.end();
  };
  document->clear_text_length();
  if (!document->text().empty()) {
    if (!named("sha256")) document->clear_sha256();  // the new text brings its own
    return true;
  }
  const bool cleared = named("text") && !all;  // all fields are read without the text
  if (standing.text().empty() || cleared) return true;
  document->set_text(standing.text());
  return document->sha256() == standing.sha256();
}

}  // namespace

std::optional<v1::Record> Updated(const v1::Record& standing, const v1::Record& update,
                                  const google::protobuf::FieldMask& mask) {
  const Message& from = ResourceIn(update);
  if (ChangesImmutable(ResourceIn(standing), from)) return std::nullopt;
  v1::Record updated = standing;
  Message* to = MutableResourceIn(&updated);
  if (updated.has_document()) updated.mutable_document()->clear_text();
  const std::vector<std::string> paths = PathsOf(mask, from);
  for (const std::string& text : paths) {
    const std::vector<std::string> path = absl::StrSplit(text, '.');
    if (!IsPath(from.GetDescriptor(), path)) return std::nullopt;
    const FieldDescriptor* first = from.GetDescriptor()->FindFieldByName(path.front());
    if (IsServerMade(first) || IsImmutable(first)) return std::nullopt;
    CopyPath(from, path, to);
  }
  const bool all = mask.paths_size() == 1 && mask.paths(0) == "*";
  if (updated.has_document() &&
      !SettleText(standing.document(), paths, all, updated.mutable_document()))
    return std::nullopt;
  return updated;
}

void ClearServerMade(Message* resource) {
  for (int i = 0; i < resource->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = resource->GetDescriptor()->field(i);
    if (IsServerMade(field)) resource->GetReflection()->ClearField(resource, field);
  }
}

bool Same(const Message& a, const Message& b) {
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
}

// The protos leave open what an etag looks like; the test needs to know, to send stale ones, and
// holds every answer to it.
std::string EtagOf(const v1::Revision& revision) {
  return absl::StrCat("\"", absl::Hex(revision.sequence()), "\"");
}

}  // namespace headwater::model
