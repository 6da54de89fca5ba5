#include "rpc/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "kv/engine.h"

namespace headwater::rpc {
namespace {

using google::rpc::BadRequest;
using google::rpc::ErrorInfo;
using google::rpc::PreconditionFailure;

google::rpc::Status Details(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

void Attach(const google::protobuf::Message& detail, absl::Status* status) {
  status->SetPayload("type.googleapis.com/" + detail.GetDescriptor()->full_name(),
                     absl::Cord(detail.SerializeAsString()));
}

// What a client that counts strictly would count: the details in base64, the message with three
// bytes for each that is not printable ASCII.
size_t MetadataBytes(const grpc::Status& status) {
  size_t bytes = (status.error_details().size() + 2) / 3 * 4;
  for (const char c : status.error_message()) bytes += c < ' ' || c > '~' || c == '%' ? 3 : 1;
  return bytes;
}

TEST(ToGrpcStatus, OkIsOk) { EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok()); }

TEST(ToGrpcStatus, KeepsEveryCodeAndItsMessage) {
  for (int code = 1; code <= 16; ++code) {
    const grpc::Status status =
        ToGrpcStatus(absl::Status(static_cast<absl::StatusCode>(code), "what happened"));
    EXPECT_EQ(status.error_code(), code);
    EXPECT_EQ(status.error_message(), "what happened");
    EXPECT_EQ(status.error_details(), "");
  }
  EXPECT_EQ(ToGrpcStatus(absl::Status(static_cast<absl::StatusCode>(99), "")).error_code(),
            grpc::StatusCode::UNKNOWN);
}

TEST(ToGrpcStatus, CarriesDetailsAndNothingElse) {
  ErrorInfo info;
  info.set_reason("ETAG_STALE");
  absl::Status status = absl::AbortedError("the etag is stale");
  Attach(info, &status);
  status.SetPayload("headwater/internal", absl::Cord("secret"));
  const google::rpc::Status details = Details(ToGrpcStatus(status));
  EXPECT_EQ(details.code(), static_cast<int>(absl::StatusCode::kAborted));
  EXPECT_EQ(details.message(), "the etag is stale");
  ASSERT_EQ(details.details_size(), 1);
  ErrorInfo got;
  ASSERT_TRUE(details.details(0).UnpackTo(&got));
  EXPECT_EQ(got.reason(), "ETAG_STALE");
}

TEST(ToGrpcStatus, WouldBlockIsAFault) {
  EXPECT_EQ(ToGrpcStatus(kv::WouldBlock()).error_code(), grpc::StatusCode::INTERNAL);
}

TEST(ToGrpcStatus, CutsALongMessageBetweenCharacters) {
  for (const char* letter : {"x", "í", "華", "😀", "%"}) {
    std::string message;
    while (message.size() < 100'000) message += letter;
    const grpc::Status status = ToGrpcStatus(absl::InternalError(message));
    EXPECT_TRUE(IsValidUtf8(status.error_message())) << letter;
    EXPECT_TRUE(absl::EndsWith(status.error_message(), "…"));
    EXPECT_GT(status.error_message().size(), 900u);
    EXPECT_LT(MetadataBytes(status), 8000u);
  }
}

TEST(ToGrpcStatus, EscapesAMessageThatIsNotUtf8) {
  EXPECT_EQ(ToGrpcStatus(absl::InternalError("a\xff")).error_message(), "a\\xff");
}

TEST(ToGrpcStatus, KeepsTheFirstOfManyViolationsAndEverySmallDetail) {
  BadRequest bad_request;
  for (int i = 0; i < 10'000; ++i) {
    auto* const violation = bad_request.add_field_violations();
    violation->set_field(absl::StrCat("requests[", i, "].claim.text"));
    violation->set_description("is empty");
  }
  ErrorInfo info;
  info.set_reason("MANY");
  absl::Status status = absl::InvalidArgumentError(std::string(5000, 'x'));
  Attach(bad_request, &status);
  Attach(info, &status);
  const grpc::Status mapped = ToGrpcStatus(status);
  EXPECT_LT(MetadataBytes(mapped), 8000u);
  const google::rpc::Status details = Details(mapped);
  ASSERT_EQ(details.details_size(), 2);
  ErrorInfo got_info;
  ASSERT_TRUE(details.details(0).UnpackTo(&got_info));
  BadRequest got;
  ASSERT_TRUE(details.details(1).UnpackTo(&got));
  EXPECT_GT(got.field_violations_size(), 20);
  EXPECT_EQ(got.field_violations(0).field(), "requests[0].claim.text");
}

TEST(ToGrpcStatus, KeepsTheFirstOfManyPreconditions) {
  PreconditionFailure failure;
  for (int i = 0; i < 300; ++i) {
    auto* const violation = failure.add_violations();
    violation->set_type("REFERRED_TO");
    violation->set_subject(absl::StrCat("claims/", i));
  }
  absl::Status status = absl::FailedPreconditionError("others refer to it");
  Attach(failure, &status);
  const google::rpc::Status details = Details(ToGrpcStatus(status));
  ASSERT_EQ(details.details_size(), 1);
  PreconditionFailure got;
  ASSERT_TRUE(details.details(0).UnpackTo(&got));
  EXPECT_GT(got.violations_size(), 50);
  EXPECT_LT(got.violations_size(), 300);
  EXPECT_EQ(got.violations(0).subject(), "claims/0");
}

TEST(ToGrpcStatus, TakesNumberedDetailsInTheirOrder) {
  absl::Status status = absl::AlreadyExistsError("some are there already");
  for (int i = 1; i <= 12; ++i) {
    google::rpc::ResourceInfo info;
    info.set_resource_name(absl::StrCat("claims/", i));
    status.SetPayload(absl::StrCat("type.googleapis.com/google.rpc.ResourceInfo#", i),
                      absl::Cord(info.SerializeAsString()));
  }
  const google::rpc::Status details = Details(ToGrpcStatus(status));
  ASSERT_EQ(details.details_size(), 12);
  for (int i = 1; i <= 12; ++i) {
    google::rpc::ResourceInfo info;
    ASSERT_TRUE(details.details(i - 1).UnpackTo(&info));
    EXPECT_EQ(info.resource_name(), absl::StrCat("claims/", i));
  }
}

TEST(ToGrpcStatus, LeavesOutADetailOfWhichNothingFits) {
  BadRequest bad_request;
  bad_request.add_field_violations()->set_description(std::string(10'000, 'x'));
  ErrorInfo info;
  info.set_reason("SMALL");
  absl::Status status = absl::InvalidArgumentError("wrong");
  Attach(bad_request, &status);
  Attach(info, &status);
  const google::rpc::Status details = Details(ToGrpcStatus(status));
  ASSERT_EQ(details.details_size(), 1);
  EXPECT_TRUE(details.details(0).Is<ErrorInfo>());
}

}  // namespace
}  // namespace headwater::rpc
