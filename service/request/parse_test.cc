#include "request/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/unknown_field_set.h"
#include "google/rpc/error_details.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/document_service.pb.h"
#include "request/wire_check.h"

namespace headwater::request {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

template <class Request>
absl::Status ParseAs(const std::string& bytes) {
  Request request;
  return Parse(bytes, MessageShape::Of(Request::descriptor()), &request);
}

// The path in the details of `status`, which must be one violation.
std::string FieldOf(const absl::Status& status) {
  google::rpc::BadRequest details;
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload)) ||
      details.field_violations_size() != 1) {
    return "no violation";
  }
  return details.field_violations(0).field();
}

void Expect(const absl::Status& status, const std::string& field, const std::string& message) {
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldOf(status), field);
  EXPECT_THAT(std::string(status.message()), StartsWith(message));
}

// A request with something in every kind of place.
v1::BatchCreateClaimsRequest Sample() {
  v1::BatchCreateClaimsRequest batch;
  for (int i = 0; i < 3; ++i) {
    v1::CreateClaimRequest* const request = batch.add_requests();
    request->set_claim_id(absl::StrCat("claim-", i));
    v1::Claim* const claim = request->mutable_claim();
    claim->set_text("text-here");
    claim->set_nature(v1::CLAIM_NATURE_FACT);
    for (int j = 0; j < 3; ++j) claim->add_translations()->set_text("translation-here");
    claim->add_tags("tag-here");
    claim->set_sequence(-1);
    claim->mutable_create_time()->set_seconds(5);
  }
  return batch;
}

void AddUnknown(int number, google::protobuf::Message* message) {
  message->GetReflection()->MutableUnknownFields(message)->AddVarint(number, 1);
}

TEST(Parse, TakesWhatIsSound) {
  v1::BatchCreateClaimsRequest parsed;
  const v1::BatchCreateClaimsRequest sent = Sample();
  ASSERT_TRUE(Parse(sent.SerializeAsString(),
                    MessageShape::Of(v1::BatchCreateClaimsRequest::descriptor()), &parsed)
                  .ok());
  EXPECT_EQ(parsed.SerializeAsString(), sent.SerializeAsString());
  EXPECT_TRUE(ParseAs<v1::GetClaimRequest>("").ok());
}

TEST(Parse, NamesTheStringThatIsNotUtf8) {
  for (const auto& [good, path] : {std::pair<std::string, std::string>{"text-here", "text"},
                                   {"translation-here", "translations[0].text"},
                                   {"tag-here", "tags[0]"}}) {
    std::string bytes = Sample().SerializeAsString();
    bytes[bytes.find(good)] = '\xff';
    const std::string full = "requests[0].claim." + path;
    Expect(ParseAs<v1::BatchCreateClaimsRequest>(bytes), full, full + " is not UTF-8");
  }
}

TEST(Parse, CountsItemsOfAList) {
  std::string bytes = Sample().SerializeAsString();
  bytes[bytes.rfind("translation-here")] = '\xff';
  Expect(ParseAs<v1::BatchCreateClaimsRequest>(bytes), "requests[2].claim.translations[2].text",
         "requests[2].claim.translations[2].text is not UTF-8");
}

TEST(Parse, RefusesFieldsItDoesNotKnow) {
  v1::CreateClaimRequest request;
  AddUnknown(77, request.mutable_claim());
  Expect(
      ParseAs<v1::CreateClaimRequest>(request.SerializeAsString()), "claim",
      "claim has a field 77 that this server does not know: the client is newer than the server");

  v1::BatchCreateClaimsRequest batch = Sample();
  AddUnknown(2000, batch.mutable_requests(1)->mutable_claim()->mutable_translations(2));
  Expect(ParseAs<v1::BatchCreateClaimsRequest>(batch.SerializeAsString()),
         "requests[1].claim.translations[2]",
         "requests[1].claim.translations[2] has a field 2000 that");

  v1::GetClaimRequest get;
  AddUnknown(50, &get);
  Expect(ParseAs<v1::GetClaimRequest>(get.SerializeAsString()), "",
         "the request has a field 50 that");
}

TEST(Parse, RefusesUnknownFieldsOfEveryWireType) {
  for (int kind = 0; kind < 5; ++kind) {
    v1::GetClaimRequest get;
    auto* const unknown = get.GetReflection()->MutableUnknownFields(&get);
    if (kind == 0) unknown->AddVarint(60, 7);
    if (kind == 1) unknown->AddFixed32(60, 7);
    if (kind == 2) unknown->AddFixed64(60, 7);
    if (kind == 3) unknown->AddLengthDelimited(60, "x");
    if (kind == 4) unknown->AddGroup(60)->AddVarint(1, 1);
    Expect(ParseAs<v1::GetClaimRequest>(get.SerializeAsString()), "",
           "the request has a field 60 that");
  }
}

TEST(Parse, RefusesAFieldOfAnotherType) {
  v1::GetClaimRequest get;
  AddUnknown(1, &get);  // a number where `name` is a string: protobuf keeps it as unknown
  Expect(ParseAs<v1::GetClaimRequest>(get.SerializeAsString()), "name",
         "name is encoded as wire type 0 where this server expects 2");
}

TEST(Parse, TakesListsOfNumbersPackedAndNot) {
  const std::string packed("\x52\x02\x01\x02", 4);
  const std::string loose("\x50\x01\x50\x02", 4);
  // The only lists of numbers in the API's protos stand in descriptors; any message will do here.
  const auto* const descriptor = google::protobuf::FileDescriptorProto::descriptor();
  google::protobuf::FileDescriptorProto file;
  EXPECT_TRUE(Parse(packed, MessageShape::Of(descriptor), &file).ok());
  EXPECT_EQ(file.public_dependency_size(), 2);
  file.Clear();
  EXPECT_TRUE(Parse(loose, MessageShape::Of(descriptor), &file).ok());
  EXPECT_EQ(file.public_dependency_size(), 2);
  const std::string cut("\x52\x02\x01\x82", 4);
  Expect(Parse(cut, MessageShape::Of(descriptor), &file), "public_dependency[0]",
         "public_dependency[0] is not a valid list of packed numbers");
}

TEST(Parse, SaysWhereBytesBreakOff) {
  const std::string bytes = Sample().SerializeAsString();
  EXPECT_THAT(std::string(ParseAs<v1::GetClaimRequest>("\x0a\x05xy").message()),
              HasSubstr("the request is not a valid headwater.v1.GetClaimRequest"));
  EXPECT_THAT(std::string(ParseAs<v1::GetClaimRequest>("\xff").message()), HasSubstr("byte 0"));
  // A claim (field 3) of two bytes, whose text (field 2) says that it has nine.
  Expect(ParseAs<v1::CreateClaimRequest>(std::string("\x1a\x02\x12\x09", 4)), "claim",
         "claim is not a valid headwater.v1.Claim");
}

// Whatever the bytes: protobuf and the check agree on what is no message, and a refusal has a path.
TEST(Parse, RefusesWhatIsFarLargerInMemory) {
  v1::BatchCreateClaimsRequest request;
  for (size_t i = 0; i < kMostValues; ++i) request.add_requests();
  EXPECT_TRUE(ParseAs<v1::BatchCreateClaimsRequest>(request.SerializeAsString()).ok());
  request.add_requests();
  Expect(ParseAs<v1::BatchCreateClaimsRequest>(request.SerializeAsString()), "",
         "the request holds more than 1000000 strings and messages; send less at a time");
}

TEST(Parse, NamesTheFieldInLargeRequestsToo) {
  v1::BatchCreateClaimsRequest request;
  for (int i = 0; i < 50; ++i) {
    request.add_requests()->mutable_claim()->set_text(std::string(5000, 'a'));
  }
  ASSERT_TRUE(ParseAs<v1::BatchCreateClaimsRequest>(request.SerializeAsString()).ok());
  std::string bytes = request.SerializeAsString();
  bytes[bytes.size() - 1] = '\xff';
  Expect(ParseAs<v1::BatchCreateClaimsRequest>(bytes), "requests[49].claim.text",
         "requests[49].claim.text is not UTF-8");
  bytes.pop_back();
  const absl::Status cut = ParseAs<v1::BatchCreateClaimsRequest>(bytes);
  EXPECT_EQ(cut.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(cut.message()), HasSubstr("breaks off"));
}

TEST(Parse, NeverTakesWhatProtobufDoesNotAndAlwaysSaysWhere) {
  const std::string good = Sample().SerializeAsString();
  const MessageShape& shape = MessageShape::Of(v1::BatchCreateClaimsRequest::descriptor());
  uint32_t seed = 1;
  const auto random = [&seed] { return (seed = seed * 1664525u + 1013904223u) >> 8; };
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = good;
    for (uint32_t changes = 1 + random() % 3; changes > 0; --changes) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    if (i % 4 == 0) bytes.resize(random() % bytes.size());
    v1::BatchCreateClaimsRequest plain;
    v1::BatchCreateClaimsRequest checked;
    const bool parses = plain.ParseFromString(bytes);
    const absl::Status status = Parse(bytes, shape, &checked);
    if (status.ok()) {
      EXPECT_TRUE(parses);
      EXPECT_EQ(plain.SerializeAsString(), checked.SerializeAsString());
      continue;
    }
    ++refused;
    EXPECT_NE(FieldOf(status), "no violation");
    if (!parses) {
      // The check found it too: it is not left with "is not a valid request" alone.
      EXPECT_FALSE(status.message() ==
                   "the request is not a valid headwater.v1.BatchCreateClaimsRequest")
          << i;
    }
  }
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace headwater::request
