// Every field of every request and resource, wrong in every way that its rule can be broken:
// refused with the right code, named in the details, and nothing changes.
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/timestamp.pb.h"
#include "gtest/gtest.h"
#include "testing/samples.h"
#include "testing/server.h"
#include "testing/spoil.h"

namespace headwater::integration {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using ::testing::Contains;
using ::testing::IsEmpty;

// What a status names in its details.
std::vector<std::string> NamedBy(const grpc::Status& status) {
  std::vector<std::string> named = BadFields(status);
  const auto failure = DetailOf<google::rpc::PreconditionFailure>(status);
  for (const auto& violation : failure.violations()) {
    named.push_back(violation.subject());
  }
  const std::string resource = DetailOf<google::rpc::ResourceInfo>(status).resource_name();
  if (!resource.empty()) named.push_back(resource);
  return named;
}

std::string NameOf(const ::testing::TestParamInfo<const MethodDescriptor*>& info) {
  return info.param->name();
}

class BadInputTest : public ::testing::TestWithParam<const MethodDescriptor*> {
 protected:
  BadInputTest() { MakeSamples(server_.client()); }

  TestServer server_;
  google::protobuf::LogSilencer silencer_;  // it logs each string that is not UTF-8
};

TEST_P(BadInputTest, IsRefusedAndChangesNothing) {
  const MethodDescriptor* method = GetParam();
  const std::string rows = server_.Rows();
  const std::string seen = DumpAll(server_.client());
  size_t tried = 0;
  const auto refuse = [&](const Spoiled& spoiled) {
    ++tried;
    const grpc::Status status = server_.client().CallRaw(PathOf(method), spoiled.bytes);
    EXPECT_EQ(status.error_code(), spoiled.code) << spoiled.what << "\n" << Show(status);
    EXPECT_THAT(NamedBy(status), Contains(spoiled.named)) << spoiled.what << "\n" << Show(status);
    EXPECT_EQ(DetailsOf(status).code(), status.error_code()) << spoiled.what;
  };
  for (const MessagePtr& good : GoodRequests(method)) Spoil(*good, refuse);
  EXPECT_GT(tried, 10U);
  EXPECT_TRUE(server_.Rows() == rows) << "something was written";
  EXPECT_TRUE(DumpAll(server_.client()) == seen) << "something else is seen";
}

// Else all of the above would prove nothing.
TEST_P(BadInputTest, WhatIsSpoiledWasGood) {
  const MethodDescriptor* method = GetParam();
  const std::vector<MessagePtr> goods = GoodRequests(method);
  for (size_t i = 0; i < goods.size(); ++i) {
    TestServer server({.follow = true});  // of its own: a good request changes things
    MakeSamples(server.client());
    EXPECT_TRUE(server.database().WaitForStandings(server.head(), std::chrono::seconds(30)));
    EXPECT_TRUE(server.database().WaitForIndex(server.head(), std::chrono::seconds(30)));
    const std::string again = GoodRequests(method)[i]->SerializeAsString();  // its time is now
    const grpc::Status status = server.client().CallRaw(PathOf(method), again);
    EXPECT_TRUE(status.ok()) << Show(status) << "\n" << goods[i]->DebugString();
  }
}

INSTANTIATE_TEST_SUITE_P(Of, BadInputTest, ::testing::ValuesIn(AllMethods()), NameOf);

// Collects the fields that are set in a message, in depth, by full name.
void Collect(const Message& message, std::set<std::string>* seen) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    seen->insert(field->full_name());
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      Collect(message.GetReflection()->GetMessage(message, field), seen);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
      Collect(message.GetReflection()->GetRepeatedMessage(message, field, i), seen);
    }
  }
}

// The fields that a client may set, of a type and of those inside it.
void Expect(const Descriptor* type, std::set<std::string>* expected,
            std::set<const Descriptor*>* done) {
  if (type->file()->package() != "headwater.v1" || !done->insert(type).second) return;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (RuleOf(field).output_only()) continue;
    expected->insert(field->full_name());
    if (field->message_type() != nullptr) Expect(field->message_type(), expected, done);
  }
}

// A field that no good request sets is one whose inside is never spoiled.
TEST(BadInputCoverage, EveryFieldIsSetInSomeGoodRequest) {
  std::set<std::string> seen, expected;
  std::set<const Descriptor*> done;
  for (const MethodDescriptor* method : AllMethods()) {
    Expect(method->input_type(), &expected, &done);
    for (const MessagePtr& good : GoodRequests(method)) Collect(*good, &seen);
  }
  std::vector<std::string> missing;
  for (const std::string& field : expected) {
    // Spoiled though not set: a good value of theirs depends on what was answered before.
    const bool depends = absl::EndsWith(field, ".etag") || absl::EndsWith(field, ".page_token") ||
                         absl::EndsWith(field, ".request_id") ||
                         absl::EndsWith(field, ".accept_identical") ||
                         field == "headwater.v1.ReadOptions.sequence" ||
                         field == "headwater.v1.LookupSourceRequest.domain";
    if (!seen.contains(field) && !depends) missing.push_back(field);
  }
  EXPECT_THAT(missing, IsEmpty());
}

// So that no field can be without bounds.
TEST(BadInputCoverage, EveryFieldHasItsBounds) {
  std::set<std::string> fields;
  std::set<const Descriptor*> done;
  for (const MethodDescriptor* method : AllMethods()) {
    Expect(method->input_type(), &fields, &done);
  }
  for (const Descriptor* type : done) {
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      const v1::FieldRule& rule = RuleOf(field);
      if (rule.output_only()) continue;
      if (field->type() == FieldDescriptor::TYPE_STRING) {
        EXPECT_GT(rule.max_length(), 0U) << field->full_name();
      }
      if (field->is_repeated()) {
        EXPECT_GT(rule.max_items(), 0U) << field->full_name();
      }
      // A vector's are as many as its dimensions say, which are bounded.
      const bool is_vector = field->full_name() == "headwater.v1.Embedding.int8_values";
      EXPECT_TRUE(is_vector || field->type() != FieldDescriptor::TYPE_BYTES) << field->full_name();
    }
  }
}

}  // namespace
}  // namespace headwater::integration
