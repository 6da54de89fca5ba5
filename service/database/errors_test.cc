#include "database/errors.h"

#include <gmock/gmock.h>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace headwater::database {
namespace {

using google::rpc::BadRequest;
using google::rpc::ErrorInfo;
using google::rpc::PreconditionFailure;
using google::rpc::ResourceInfo;
using google::rpc::RetryInfo;
using keys::Name;
using ::testing::HasSubstr;

Name Named(const std::string& text) { return *Name::Parse(text); }
std::string Message(const absl::Status& status) { return std::string(status.message()); }

template <class Detail>
Detail DetailOf(const absl::Status& status, const std::string& number = "") {
  Detail detail;
  const auto payload =
      status.GetPayload("type.googleapis.com/" + Detail::descriptor()->full_name() + number);
  EXPECT_TRUE(payload.has_value()) << Detail::descriptor()->full_name() << number;
  if (payload) {
    EXPECT_TRUE(detail.ParseFromString(std::string(*payload)));
  }
  return detail;
}

void ExpectReason(const absl::Status& status, absl::StatusCode code, const std::string& reason) {
  EXPECT_EQ(status.code(), code);
  const auto info = DetailOf<ErrorInfo>(status);
  EXPECT_EQ(info.reason(), reason);
  EXPECT_EQ(info.domain(), "headwater");
}

TEST(Errors, InvalidArgumentNamesEveryField) {
  const absl::Status status = InvalidArgument({{"claim.text", "is required"}, {"", "is empty"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Message(status), "claim.text is required; the request is empty");
  const auto bad = DetailOf<BadRequest>(status);
  ASSERT_EQ(bad.field_violations_size(), 2);
  EXPECT_EQ(bad.field_violations(0).field(), "claim.text");
  EXPECT_EQ(bad.field_violations(0).description(), "is required");
  EXPECT_EQ(Message(InvalidField("a", "is bad")), "a is bad");
  EXPECT_EQ(Message(InvalidField("", "is bad")), "the request is bad");
}

TEST(Errors, NotFoundNamesTheResource) {
  for (const auto& [status, description] :
       {std::pair(NotFound(Named("claims/x")), "does not exist"),
        std::pair(Deleted(Named("claims/x")), "is deleted")}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
    EXPECT_THAT(Message(status), HasSubstr("claims/x"));
    const auto info = DetailOf<ResourceInfo>(status);
    EXPECT_EQ(info.resource_type(), "headwater.v1.Claim");
    EXPECT_EQ(info.resource_name(), "claims/x");
    EXPECT_EQ(info.description(), description);
  }
}

TEST(Errors, AlreadyExistsNamesEachUnderANumberOfItsOwn) {
  const absl::Status status =
      AlreadyExists({{Named("sources/a")}, {Named("sources/b"), true}, {Named("sources/c")}});
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Message(status),
            "there is already sources/a, sources/b (deleted; undelete it), sources/c");
  EXPECT_EQ(DetailOf<ResourceInfo>(status).resource_name(), "sources/a");
  EXPECT_EQ(DetailOf<ResourceInfo>(status, "#1").description(), "exists, deleted");
  EXPECT_EQ(DetailOf<ResourceInfo>(status, "#2").resource_name(), "sources/c");
}

TEST(Errors, FailedPreconditionsNameWhatStandsInTheWay) {
  const absl::Status missing =
      MissingReferences({{keys::Reference::kAttributionSource, Named("sources/a"), "a.source"},
                         {keys::Reference::kAttributionDocument, Named("documents/d"), "a.doc"}});
  ExpectReason(missing, absl::StatusCode::kFailedPrecondition, "REFERENCE_MISSING");
  EXPECT_THAT(Message(missing), HasSubstr("a.source names sources/a, which does not exist"));
  const auto failure = DetailOf<PreconditionFailure>(missing);
  ASSERT_EQ(failure.violations_size(), 2);
  EXPECT_EQ(failure.violations(1).subject(), "documents/d");

  const absl::Status referred =
      ReferredTo(Named("sources/a"), {Named("documents/d")}, /*more=*/true);
  ExpectReason(referred, absl::StatusCode::kFailedPrecondition, "REFERRED_TO");
  EXPECT_EQ(Message(referred),
            "sources/a is referred to by documents/d and others; set force to sever that");
  EXPECT_EQ(DetailOf<PreconditionFailure>(referred).violations(0).subject(), "documents/d");

  const Name claim = Named("claims/x");
  const auto kCode = absl::StatusCode::kFailedPrecondition;
  ExpectReason(NotDeleted(claim), kCode, "NOT_DELETED");
  ExpectReason(AlreadyWithdrawn(claim), kCode, "ALREADY_WITHDRAWN");
  ExpectReason(TooManyChildren(claim, 10), kCode, "TOO_MANY_CHILDREN");
  ExpectReason(TooMuchWithChildren(claim, 10 << 20), kCode, "TOO_MUCH_WITH_CHILDREN");
  ExpectReason(MayNotPublish("document.publisher", Named("sources/a")), kCode, "MAY_NOT_PUBLISH");
}

TEST(Errors, StaleEtagsAreAborted) {
  const absl::Status status = EtagStale(Named("claims/x"), "\"1\"", "\"2\"");
  ExpectReason(status, absl::StatusCode::kAborted, "ETAG_STALE");
  EXPECT_THAT(Message(status), HasSubstr("it is now \"2\""));
}

TEST(Errors, AnEndlessEtagIsNotSaidBackWhole) {
  EXPECT_LT(EtagStale(Named("claims/x"), std::string(1'000'000, 'x'), "\"2\"").message().size(),
            400u);
}

TEST(Errors, ReadPointsThatAreNotThere) {
  ExpectReason(SequenceNotThere(9, 7), absl::StatusCode::kOutOfRange, "SEQUENCE_NOT_THERE");
  ExpectReason(NotThereYet(9, 7), absl::StatusCode::kUnavailable, "NOT_THERE_YET");
  EXPECT_EQ(DetailOf<RetryInfo>(NotThereYet(9, 7)).retry_delay().nanos(), 50'000'000);
  ExpectReason(TimeInFuture(absl::FromUnixSeconds(1), absl::UnixEpoch()),
               absl::StatusCode::kOutOfRange, "TIME_IN_FUTURE");
}

TEST(Errors, WritesThatWereNotMadeSayWhetherToTryAgain) {
  ExpectReason(TooMuchBehind(*keys::Name::Parse("claims/c"), "3 sources"),
               absl::StatusCode::kResourceExhausted, "TOO_MUCH_TO_ASSESS");
  ExpectReason(TooManyWrites(3), absl::StatusCode::kResourceExhausted, "TOO_MANY_WRITES");
  EXPECT_EQ(DetailOf<RetryInfo>(TooManyWrites(3)).retry_delay().nanos(), 100'000'000);
  ExpectReason(StoreFull("disk"), absl::StatusCode::kResourceExhausted, "STORE_FULL");
  ExpectReason(OutcomeUnknown("sync"), absl::StatusCode::kUnavailable, "OUTCOME_UNKNOWN");
  ExpectReason(NotWritten("reopening"), absl::StatusCode::kUnavailable, "NOT_WRITTEN");
  EXPECT_EQ(DetailOf<RetryInfo>(NotWritten("reopening")).retry_delay().seconds(), 1);
  EXPECT_EQ(DroppedLate().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(DroppedCancelled().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace headwater::database
