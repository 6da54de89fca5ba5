#include "api.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace headwater::model {
namespace {

constexpr const char* kVerbs[] = {"Create", "Update", "Delete", "Undelete", "Withdraw"};

std::string Describe(const Op& op) {
  return absl::StrCat("{", op.record.ShortDebugString(), " parent=", op.parent, " id=", op.id,
                      " accept_identical=", op.accept_identical,
                      " mask=", op.mask.ShortDebugString(), " name=", op.name,
                      " reason=", op.reason, " etag=", op.etag, " force=", op.force,
                      " withdrawal=", op.withdrawal.ShortDebugString(), "}");
}

}  // namespace

std::string MethodOf(const Request& request) {
  return absl::StrCat(request.batch ? "Batch" : "", kVerbs[static_cast<int>(request.verb)],
                      keys::KindName(request.kind));
}

std::string Describe(const Request& request) {
  std::string text =
      absl::StrCat(MethodOf(request), " request_id=", request.request_id, " actor=", request.actor);
  for (const Op& op : request.ops) absl::StrAppend(&text, "\n  ", Describe(op));
  return text;
}

Kind KindIn(const v1::Record& record) { return static_cast<Kind>(record.resource_case()); }

const Message& ResourceIn(const v1::Record& record) {
  return record.GetReflection()->GetMessage(
      record, v1::Record::descriptor()->FindFieldByNumber(record.resource_case()));
}

Message* MutableResourceIn(v1::Record* record) { return MakeRecordOf(KindIn(*record), record); }

Message* MakeRecordOf(Kind kind, v1::Record* record) {
  return record->GetReflection()->MutableMessage(
      record, v1::Record::descriptor()->FindFieldByNumber(static_cast<int>(kind)));
}

std::string NameIn(const Message& resource) { return GetString("name", resource); }

void SetString(const char* field, const std::string& value, Message* message) {
  message->GetReflection()->SetString(message, message->GetDescriptor()->FindFieldByName(field),
                                      value);
}

std::string GetString(const char* field, const Message& message) {
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName(field));
}

std::string CollectionName(Kind kind, const std::string& claim) {
  return absl::StrCat(keys::IsChild(kind) ? absl::StrCat("claims/", claim, "/") : "",
                      std::string(keys::Collection(kind)), "/");
}

Kind KindOfName(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  for (Kind kind : keys::kAllKinds) {
    if (parts.size() >= 2 && parts[parts.size() - 2] == keys::Collection(kind)) return kind;
  }
  return Kind::kSource;
}

std::string ClaimOfName(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  return parts.size() == 4 ? parts[1] : "";
}

bool NameBefore(const std::string& a, const std::string& b) {
  const std::vector<std::string> left = absl::StrSplit(a, '/');
  const std::vector<std::string> right = absl::StrSplit(b, '/');
  const Kind left_kind = KindOfName(a);
  const Kind right_kind = KindOfName(b);
  return left_kind != right_kind ? left_kind < right_kind : left < right;
}

}  // namespace headwater::model
