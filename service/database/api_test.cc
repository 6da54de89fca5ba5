// What is written once over all kinds takes for granted that their messages are alike.
#include "database/api.h"

#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "headwater/v1/revision.pb.h"
#include "records/resource.h"

namespace headwater::database {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using keys::Kind;

// The kind's request or response whose name is `before`, the resource's name (in the plural where
// `many`) and `after`.
const Descriptor* Find(Kind kind, const std::string& before, bool many, const std::string& after) {
  std::string word(KindName(kind));
  if (many) word += "s";
  const Descriptor* found = records::DescriptorOf(kind)->file()->pool()->FindMessageTypeByName(
      "headwater.v1." + before + word + after);
  EXPECT_NE(found, nullptr) << before << word << after;
  return found;
}

void ExpectList(const Descriptor* response, const Descriptor* of) {
  const FieldDescriptor* field = response->FindFieldByNumber(kListedField);
  ASSERT_NE(field, nullptr) << response->name();
  EXPECT_TRUE(field->is_repeated()) << response->name();
  EXPECT_EQ(field->message_type(), of) << response->name();
}

void ExpectField(const Descriptor* response, int number, const std::string& name,
                 FieldDescriptor::Type type) {
  const FieldDescriptor* field = response->FindFieldByNumber(number);
  ASSERT_NE(field, nullptr) << response->name() << "." << name;
  EXPECT_EQ(field->name(), name) << response->name();
  EXPECT_EQ(field->type(), type) << response->name() << "." << name;
  EXPECT_FALSE(field->is_repeated()) << response->name() << "." << name;
}

TEST(Api, ListsHaveTheSameFieldsForEveryKind) {
  for (Kind kind : keys::kAllKinds) {
    const Descriptor* list = Find(kind, "List", true, "Response");
    ExpectList(list, records::DescriptorOf(kind));
    ExpectField(list, kNextPageTokenField, "next_page_token", FieldDescriptor::TYPE_STRING);
    ExpectField(list, kListReadSequenceField, "read_sequence", FieldDescriptor::TYPE_INT64);
    // Claims alone are told how they stand.
    EXPECT_EQ(list->field_count(), kind == Kind::kClaim ? 4 : 3);
    const Descriptor* revisions = Find(kind, "List", false, "RevisionsResponse");
    ExpectList(revisions, v1::Revision::descriptor());
    ExpectField(revisions, kNextPageTokenField, "next_page_token", FieldDescriptor::TYPE_STRING);
    EXPECT_EQ(revisions->field_count(), 2);
  }
}

TEST(Api, BatchesHaveTheSameFieldsForEveryKind) {
  for (Kind kind : keys::kAllKinds) {
    const Descriptor* get = Find(kind, "BatchGet", true, "Response");
    ExpectList(get, records::DescriptorOf(kind));
    ExpectField(get, kBatchReadSequenceField, "read_sequence", FieldDescriptor::TYPE_INT64);
    EXPECT_EQ(get->field_count(), 2);
    const Descriptor* create = Find(kind, "BatchCreate", true, "Response");
    ExpectList(create, records::DescriptorOf(kind));
    ExpectField(create, kUnchangedCountField, "unchanged_count", FieldDescriptor::TYPE_INT32);
    EXPECT_EQ(create->field_count(), 2);
    for (const char* verb : {"BatchUpdate", "BatchDelete"}) {
      const Descriptor* response = Find(kind, verb, true, "Response");
      ExpectList(response, records::DescriptorOf(kind));
      EXPECT_EQ(response->field_count(), 1);
    }
  }
}

TEST(Api, PageTokensAreBoundToFieldsOfTheseNames) {
  for (Kind kind : keys::kAllKinds) {
    for (const Descriptor* request :
         {Find(kind, "List", true, "Request"), Find(kind, "List", false, "RevisionsRequest")}) {
      for (const char* name : {"page_size", "page_token"}) {
        const FieldDescriptor* field = request->FindFieldByName(name);
        ASSERT_NE(field, nullptr) << request->name() << "." << name;
        EXPECT_FALSE(field->is_repeated());
      }
    }
  }
}

// A create request says the id and holds the resource as IdIn and TakeResource look for them.
TEST(Api, CreationsAndUpdatesHoldOneResource) {
  for (Kind kind : keys::kAllKinds) {
    for (const char* verb : {"Create", "Update"}) {
      const Descriptor* request = Find(kind, verb, false, "Request");
      int resources = 0;
      for (int i = 0; i < request->field_count(); ++i) {
        if (request->field(i)->message_type() == records::DescriptorOf(kind)) ++resources;
      }
      EXPECT_EQ(resources, 1) << request->name();
    }
    const Descriptor* create = Find(kind, "Create", false, "Request");
    std::string word(KindName(kind));
    word[0] = static_cast<char>(word[0] - 'A' + 'a');
    EXPECT_NE(create->FindFieldByName(word + "_id"), nullptr) << create->name();
    EXPECT_EQ(create->FindFieldByName("parent") != nullptr, IsChild(kind)) << create->name();
  }
}

// Every method of a kind's service has a request that ApiOf sorts; its response is the resource
// where it is about one.
TEST(Api, MethodsOfOneResourceAnswerWithIt) {
  for (Kind kind : keys::kAllKinds) {
    const std::string word(KindName(kind));
    const auto* service = records::DescriptorOf(kind)->file()->pool()->FindServiceByName(
        "headwater.v1." + word + "Service");
    ASSERT_NE(service, nullptr);
    for (const char* verb : {"Get", "Create", "Update", "Delete", "Undelete", "Withdraw"}) {
      const auto* method = service->FindMethodByName(verb + word);
      const bool withdraws = kind == Kind::kDocument || kind == Kind::kAttribution;
      if (verb == std::string("Withdraw") && !withdraws) {
        EXPECT_EQ(method, nullptr);
        continue;
      }
      ASSERT_NE(method, nullptr) << verb << word;
      EXPECT_EQ(method->output_type(), records::DescriptorOf(kind)) << verb << word;
    }
  }
}

#define HW_CHECK_KIND(S, P)                                                         \
  static_assert(ApiOf<v1::Get##S##Request>::kKind == Kind::k##S);                   \
  static_assert(ApiOf<v1::List##P##Request>::kShape == Shape::kList);               \
  static_assert(ApiOf<v1::List##S##RevisionsRequest>::kShape == Shape::kRevisions); \
  static_assert(ApiOf<v1::BatchDelete##P##Request>::kShape == Shape::kBatchDelete); \
  static_assert(records::kKindOf<v1::S> == ApiOf<v1::Update##S##Request>::kKind);
HW_FOR_EACH_KIND(HW_CHECK_KIND)
#undef HW_CHECK_KIND

}  // namespace
}  // namespace headwater::database
