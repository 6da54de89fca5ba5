#include "testing/samples.h"

#include "testing/sample_records.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace headwater::integration {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

const FieldDescriptor* Field(const Message& message, const std::string& name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

MessagePtr Copy(const Message& message) {
  MessagePtr copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

const Message& ResourceIn(const v1::Record& record) {
  const FieldDescriptor* field = record.GetReflection()->GetOneofFieldDescriptor(
      record, record.GetDescriptor()->oneof_decl(0));
  return record.GetReflection()->GetMessage(record, field);
}

void SetString(Message* message, const std::string& field, const std::string& value) {
  message->GetReflection()->SetString(message, Field(*message, field), value);
}

std::string GetString(const Message& message, const std::string& field) {
  return message.GetReflection()->GetString(message, Field(message, field));
}

// "claims/first/attributions/cited" -> "claims/first".
std::string ParentOf(const std::string& name) {
  return name.substr(0, name.rfind('/', name.rfind('/') - 1));
}

std::string WithId(const std::string& name, const std::string& id) {
  return absl::StrCat(name.substr(0, name.rfind('/') + 1), id);
}

std::string GoodText(const FieldDescriptor* field) {
  static const auto& kGood = *new std::map<v1::Format, std::string>{
      {v1::FORMAT_LINE, "a line"},
      {v1::FORMAT_TEXT, "some text"},
      {v1::FORMAT_DATE, "2025-08"},
      {v1::FORMAT_LANGUAGE, "vi"},
      {v1::FORMAT_URI, "https://a.example/"},
      {v1::FORMAT_DOMAIN, "first.example"},
      {v1::FORMAT_COUNTRY, "VN"},
      {v1::FORMAT_ID, "fresh"},
      {v1::FORMAT_VERBATIM, "e\xcc\x81 as it was\r\n"},
  };
  const v1::FieldRule& rule = RuleOf(field);
  if (rule.reference_size() > 0) return FirstName(rule.reference(0));
  return kGood.at(rule.format());
}

// The request with all that its fields' own rules can fill.
void FillByRules(Message* request) {
  for (int i = 0; i < request->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = request->GetDescriptor()->field(i);
    const auto* reflection = request->GetReflection();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      if (field->name() == "etag" || field->name() == "page_token") continue;
      if (field->name() == "request_id") continue;
      if (field->is_repeated()) {
        reflection->AddString(request, field, GoodText(field));
      } else if (field->containing_oneof() == nullptr ||
                 !reflection->HasOneof(*request, field->containing_oneof())) {
        reflection->SetString(request, field, GoodText(field));
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      if (field->is_repeated()) {
        reflection->AddEnumValue(request, field, 1);
      } else {
        reflection->SetEnumValue(request, field, 1);
      }
    } else if (field->name() == "page_size") {
      reflection->SetInt32(request, field, 10);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 && RuleOf(field).has_range()) {
      reflection->SetInt32(request, field, static_cast<int32_t>(RuleOf(field).max()));
    } else if (field->name() == "force" || field->name() == "show_deleted" ||
               field->name() == "include_text" || field->name() == "show_standings" ||
               field->name() == "show_unlikely" || field->name() == "show_facets") {
      reflection->SetBool(request, field, true);
    } else if (field->message_type() == v1::Embedding::descriptor()) {
      auto* embedding = static_cast<v1::Embedding*>(
          field->is_repeated() ? reflection->AddMessage(request, field)
                               : reflection->MutableMessage(request, field));
      *embedding = From<v1::Embedding>("model: 'floats' dimensions: 2 values: 0.5 values: 1");
    } else if (field->message_type() == v1::ReadOptions::descriptor()) {
      static_cast<v1::ReadOptions*>(reflection->MutableMessage(request, field))
          ->set_min_sequence(1);
    } else if (field->message_type() == v1::Withdrawal::descriptor()) {
      *static_cast<v1::Withdrawal*>(reflection->MutableMessage(request, field)) =
          From<v1::Withdrawal>(
              R"pb(kind: WITHDRAWAL_KIND_RETRACTED
                   reason: "wrong"
                   withdrawn_date: "2025-09-01"
                   document: "documents/other"
                   uri: "https://first.example/sorry")pb");
    }
  }
}

const FieldDescriptor* ResourceField(const Descriptor* request) {
  for (int i = 0; i < request->field_count(); ++i) {
    const Descriptor* type = request->field(i)->message_type();
    if (type != nullptr && IsResource(type)) return request->field(i);
  }
  return nullptr;
}

// Fields that an update must leave as they are.
void ClearImmutable(Message* resource) {
  for (int i = 0; i < resource->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = resource->GetDescriptor()->field(i);
    if (RuleOf(field).immutable() && field->name() != "name") {
      resource->GetReflection()->ClearField(resource, field);
    }
  }
}

// A creation of `sample` under another id, or an update of it.
void PutResource(const Message& sample, Message* request) {
  const FieldDescriptor* field = ResourceField(request->GetDescriptor());
  Message* resource = request->GetReflection()->MutableMessage(request, field);
  resource->CopyFrom(sample);
  const std::string name = GetString(sample, "name");
  if (Field(*request, "update_mask") != nullptr) {
    ClearImmutable(resource);
    auto* mask = request->GetReflection()->MutableMessage(request, Field(*request, "update_mask"));
    static_cast<google::protobuf::FieldMask*>(mask)->add_paths("*");
    return;
  }
  SetString(resource, "name", WithId(name, "fresh"));
  SetString(request, field->name() + "_id", "fresh");
  if (Field(*request, "parent") != nullptr) SetString(request, "parent", ParentOf(name));
}

void SetNow(Message* read) {
  const int64_t micros = absl::ToUnixMicros(absl::Now());
  auto* time = static_cast<v1::ReadOptions*>(read)->mutable_time();
  time->set_seconds(micros / 1'000'000);
  time->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

// One for each subject.
std::vector<MessagePtr> Verifications(const Message& filled) {
  std::vector<MessagePtr> requests;
  for (const char* subject : {"text", "quote", "uri"}) {
    requests.push_back(Copy(filled));
    SetString(requests.back().get(), subject, "https://first.example/article");
  }
  // An address has no vector.
  static_cast<v1::VerifyRequest*>(requests.back().get())->clear_embeddings();
  return requests;
}

// Single requests of a type.
std::vector<MessagePtr> Singles(const Message& prototype) {
  std::vector<MessagePtr> requests;
  MessagePtr filled(prototype.New());
  FillByRules(filled.get());
  const std::string type = prototype.GetDescriptor()->name();
  if (absl::StrContains(type, "Undelete")) {
    SetString(filled.get(), "name", WithId(GetString(*filled, "name"), "gone"));
  }
  if (absl::StrContains(type, "CompareSources"))
    SetString(filled.get(), "second", "sources/second");
  if (absl::StrContains(type, "Withdraw")) {  // the first is withdrawn already
    const bool document = absl::StrContains(type, "Document");
    SetString(filled.get(), "name",
              document ? "documents/other" : "claims/first/attributions/cited");
    if (document) {
      static_cast<v1::WithdrawDocumentRequest*>(filled.get())
          ->mutable_withdrawal()
          ->set_document("documents/first");
    }
  }
  if (const FieldDescriptor* resource = ResourceField(prototype.GetDescriptor())) {
    for (const MessagePtr& sample : SamplesOf(resource->message_type())) {
      requests.push_back(Copy(*filled));
      PutResource(*sample, requests.back().get());
    }
    return requests;
  }
  if (type == "VerifyRequest") return Verifications(*filled);
  if (type == "SearchClaimsRequest") {
    SetString(filled.get(), "query", "first tag:x -\"a phrase\" wor*");
    requests.push_back(std::move(filled));
    return requests;
  }
  if (const FieldDescriptor* read = Field(*filled, "read")) {
    requests.push_back(Copy(*filled));
    SetNow(requests.back()->GetReflection()->MutableMessage(requests.back().get(), read));
  }
  requests.push_back(std::move(filled));
  return requests;
}

}  // namespace

const std::vector<v1::Record>& Samples() {
  static const auto& kRecords = *[] {
    auto* records = new std::vector<v1::Record>;
    for (const char* text : SampleRecords()) records->push_back(From<v1::Record>(text));
    return records;
  }();
  return kRecords;
}

std::vector<MessagePtr> SamplesOf(const Descriptor* type) {
  std::vector<MessagePtr> samples;
  for (const v1::Record& record : Samples()) {
    const Message& resource = ResourceIn(record);
    if (resource.GetDescriptor() == type) samples.push_back(Copy(resource));
  }
  return samples;
}

void MakeSamples(const Client& client) {
  std::map<const Descriptor*, const MethodDescriptor*> create, remove;
  for (const MethodDescriptor* method : AllMethods()) {
    const bool creates = absl::StartsWith(method->name(), "Create");
    const bool removes = absl::StartsWith(method->name(), "Delete");
    if (creates) create[method->output_type()] = method;
    if (removes) remove[method->output_type()] = method;
  }
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  std::map<const Descriptor*, MessagePtr> last;
  auto make = [&](const Message& sample, const std::string& name) {
    const MethodDescriptor* method = create.at(sample.GetDescriptor());
    MessagePtr request(factory->GetPrototype(method->input_type())->New());
    PutResource(sample, request.get());
    const FieldDescriptor* field = ResourceField(request->GetDescriptor());
    SetString(request->GetReflection()->MutableMessage(request.get(), field), "name", name);
    SetString(request.get(), field->name() + "_id", name.substr(name.rfind('/') + 1));
    const grpc::Status status = client.CallRaw(PathOf(method), request->SerializeAsString());
    ASSERT_TRUE(status.ok()) << name << ": " << Show(status);
  };
  for (const v1::Record& record : Samples()) {
    const Message& sample = ResourceIn(record);
    make(sample, GetString(sample, "name"));
    last[sample.GetDescriptor()] = Copy(sample);
  }
  for (const auto& [type, sample] : last) {
    const std::string name = WithId(GetString(*sample, "name"), "gone");
    make(*sample, name);
    MessagePtr request(factory->GetPrototype(remove.at(type)->input_type())->New());
    SetString(request.get(), "name", name);
    SetString(request.get(), "reason", "for the test");
    const grpc::Status status =
        client.CallRaw(PathOf(remove.at(type)), request->SerializeAsString());
    ASSERT_TRUE(status.ok()) << name << ": " << Show(status);
  }
}

std::vector<const MethodDescriptor*> AllMethods() {
  std::vector<const MethodDescriptor*> methods;
  for (const auto* file :
       {v1::GetSourceRequest::descriptor()->file(), v1::GetDocumentRequest::descriptor()->file(),
        v1::GetClaimRequest::descriptor()->file(), v1::GetAttributionRequest::descriptor()->file(),
        v1::GetRelationRequest::descriptor()->file(), v1::GetReviewRequest::descriptor()->file(),
        v1::TraceClaimRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service(0)->method_count(); ++i) {
      methods.push_back(file->service(0)->method(i));
    }
  }
  return methods;
}

std::string PathOf(const MethodDescriptor* method) {
  return absl::StrCat("/", method->service()->full_name(), "/", method->name());
}

bool Reads(const MethodDescriptor* method) {
  return method->options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

std::vector<MessagePtr> GoodRequests(const MethodDescriptor* method) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  const Message& prototype = *factory->GetPrototype(method->input_type());
  const FieldDescriptor* requests = method->input_type()->FindFieldByName("requests");
  if (requests == nullptr) return Singles(prototype);
  std::vector<MessagePtr> batches;
  for (const MessagePtr& single : Singles(*factory->GetPrototype(requests->message_type()))) {
    MessagePtr batch(prototype.New());
    batch->GetReflection()->AddMessage(batch.get(), requests)->CopyFrom(*single);
    batches.push_back(std::move(batch));
  }
  return batches;
}

const v1::FieldRule& RuleOf(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule);
}

bool IsResource(const Descriptor* type) {
  const Descriptor* record = v1::Record::descriptor();
  for (int i = 0; i < record->field_count(); ++i) {
    if (record->field(i)->message_type() == type) return true;
  }
  return false;
}

std::string FirstName(const std::string& kind) {
  const std::string own = absl::StrCat(absl::AsciiStrToLower(kind), "s/first");
  const bool child = kind == "Attribution" || kind == "Relation" || kind == "Review";
  return child ? absl::StrCat("claims/first/", own) : own;
}

}  // namespace headwater::integration
