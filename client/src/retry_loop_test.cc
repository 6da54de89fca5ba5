#include "retry_loop.h"

#include <vector>

#include "absl/strings/cord.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "headwater/errors.h"

namespace headwater::internal {
namespace {

using ::testing::ElementsAre;

// Sleeps by moving its clock; chance always gives the longest pause.
class FakePacer : public Pacer {
 public:
  absl::Time Now() override { return now; }
  void Sleep(absl::Duration pause) override {
    now += pause;
    pauses.push_back(pause);
  }
  double Random() override { return random; }

  absl::Time now = absl::UnixEpoch();
  double random = 1.0;
  std::vector<absl::Duration> pauses;
};

RetryPolicy Policy() {
  return {.initial_backoff = absl::Milliseconds(100),
          .max_backoff = absl::Milliseconds(300),
          .multiplier = 2};
}

absl::Status Busy(int seconds) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(seconds);
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  absl::Status status = absl::ResourceExhaustedError("busy");
  status.SetPayload(kDetailsPayload, absl::Cord(details.SerializeAsString()));
  return status;
}

class RetryLoopTest : public testing::Test {
 protected:
  // Fails `failures` times with `error`, then succeeds.
  absl::Status Run(absl::Status error, int failures, bool repeatable = true,
                   RetryPolicy policy = Policy()) {
    return RetryLoop(policy, pacer_.now + absl::Seconds(10), repeatable, pacer_, [&] {
      ++tries_;
      return tries_ > failures ? absl::OkStatus() : error;
    });
  }

  FakePacer pacer_;
  int tries_ = 0;
};

TEST_F(RetryLoopTest, TriesAgainUntilItSucceeds) {
  EXPECT_TRUE(Run(absl::UnavailableError("gone"), 4).ok());
  EXPECT_EQ(tries_, 5);
  EXPECT_THAT(pacer_.pauses, ElementsAre(absl::Milliseconds(100), absl::Milliseconds(200),
                                         absl::Milliseconds(300), absl::Milliseconds(300)));
}

TEST_F(RetryLoopTest, PausesAreAtLeastHalf) {
  pacer_.random = 0;
  EXPECT_TRUE(Run(absl::UnavailableError("gone"), 2).ok());
  EXPECT_THAT(pacer_.pauses, ElementsAre(absl::Milliseconds(50), absl::Milliseconds(100)));
}

TEST_F(RetryLoopTest, NeverRepeatsWhatIsNotRepeatable) {
  EXPECT_TRUE(absl::IsUnavailable(Run(absl::UnavailableError("gone"), 1, false)));
  EXPECT_EQ(tries_, 1);
}

TEST_F(RetryLoopTest, NeverRepeatsWhatIsWrong) {
  for (absl::StatusCode code :
       {absl::StatusCode::kInvalidArgument, absl::StatusCode::kNotFound,
        absl::StatusCode::kAlreadyExists, absl::StatusCode::kAborted,
        absl::StatusCode::kFailedPrecondition, absl::StatusCode::kDeadlineExceeded,
        absl::StatusCode::kInternal, absl::StatusCode::kResourceExhausted}) {
    tries_ = 0;
    EXPECT_EQ(Run(absl::Status(code, "no"), 1).code(), code);
    EXPECT_EQ(tries_, 1) << absl::StatusCodeToString(code);
  }
}

TEST_F(RetryLoopTest, WaitsAsLongAsTheServerAsks) {
  EXPECT_TRUE(Run(Busy(3), 1).ok());
  EXPECT_THAT(pacer_.pauses, ElementsAre(absl::Milliseconds(3100)));
}

TEST_F(RetryLoopTest, DoesNotWaitBeyondTheDeadline) {
  EXPECT_TRUE(absl::IsResourceExhausted(Run(Busy(30), 1)));
  EXPECT_EQ(tries_, 1);
  EXPECT_THAT(pacer_.pauses, ElementsAre());
}

TEST_F(RetryLoopTest, ReturnsTheLastErrorAtTheDeadline) {
  EXPECT_TRUE(absl::IsUnavailable(Run(absl::UnavailableError("gone"), 1000)));
  EXPECT_LT(pacer_.now, absl::UnixEpoch() + absl::Seconds(10));
  EXPECT_GT(tries_, 30);
}

TEST_F(RetryLoopTest, CountsItsAttempts) {
  RetryPolicy policy = Policy();
  policy.max_attempts = 3;
  EXPECT_TRUE(absl::IsUnavailable(Run(absl::UnavailableError("gone"), 1000, true, policy)));
  EXPECT_EQ(tries_, 3);
}

}  // namespace
}  // namespace headwater::internal
