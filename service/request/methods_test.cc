#include "request/methods.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace headwater::request {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;
using google::protobuf::ServiceDescriptor;

constexpr const char* kServices[] = {"SourceService",      "DocumentService", "ClaimService",
                                     "AttributionService", "RelationService", "ReviewService",
                                     "ProvenanceService",  "ExchangeService"};

// How often each method stands in the table.
std::map<const MethodDescriptor*, int> Counted() {
  std::map<const MethodDescriptor*, int> counts;
  for (const Method& method : AllMethods(nullptr)) ++counts[method.descriptor];
  return counts;
}

TEST(AllMethods, HoldsEveryMethodOfEveryServiceOnce) {
  std::map<const MethodDescriptor*, int> counts = Counted();
  for (const char* name : kServices) {
    const ServiceDescriptor* const service =
        DescriptorPool::generated_pool()->FindServiceByName(std::string("headwater.v1.") + name);
    ASSERT_NE(service, nullptr) << name;
    for (int i = 0; i < service->method_count(); ++i) {
      EXPECT_EQ(counts[service->method(i)], 1) << service->method(i)->full_name();
      counts.erase(service->method(i));
    }
  }
  EXPECT_TRUE(counts.empty());
}

TEST(AllMethods, ReadsAreThoseThatSayThatTheyHaveNoSideEffects) {
  for (const Method& method : AllMethods(nullptr)) {
    ASSERT_NE(method.descriptor, nullptr);
    const bool is_read =
        method.descriptor->options().idempotency_level() == MethodOptions::NO_SIDE_EFFECTS;
    EXPECT_EQ(method.read || method.stream, is_read) << method.descriptor->full_name();
    EXPECT_EQ(method.stream || method.dialogue, method.descriptor->server_streaming())
        << method.descriptor->full_name();
    EXPECT_EQ(method.write || method.dialogue, !is_read) << method.descriptor->full_name();
    EXPECT_EQ(static_cast<bool>(method.dialogue), method.descriptor->client_streaming())
        << method.descriptor->full_name();
  }
}

// A request of the wrong type would take an unknown field for what it is not: each method refuses a
// field that no request has, and names the type that its descriptor names.
TEST(AllMethods, EachParsesTheTypeOfItsDescriptor) {
  const std::string cut = "\xff";
  for (const Method& method : AllMethods(nullptr)) {
    database::Reply reply = absl::UnknownError("not called");
    if (method.read) {
      reply = method.read(cut, kv::Patience::kCacheOnly);
    } else if (method.stream) {
      reply = method.stream(cut).status();
    } else if (method.dialogue) {
      method.dialogue({})->Ask(
          cut, [&reply](absl::StatusOr<DialogueAnswer> got) { reply = got.status(); });
    } else {
      method.write(cut, {}, [&reply](database::Reply got) { reply = std::move(got); });
    }
    EXPECT_EQ(reply.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(reply.status().message().find("not a valid " +
                                            method.descriptor->input_type()->full_name() + ":"),
              absl::string_view::npos)
        << reply.status();
  }
}

}  // namespace
}  // namespace headwater::request
