#include "base/status_macros.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

absl::Status Refused() { return absl::FailedPreconditionError("refused"); }

TEST(ReturnIfErrorTest, ReturnsTheErrorAndOnlyTheError) {
  int reached = 0;
  const auto run = [&reached](const absl::Status& status) -> absl::Status {
    HW_RETURN_IF_ERROR(status);
    ++reached;
    return absl::OkStatus();
  };
  EXPECT_TRUE(run(absl::OkStatus()).ok());
  EXPECT_EQ(reached, 1);
  EXPECT_EQ(run(Refused()), Refused());
  EXPECT_EQ(reached, 1);
}

TEST(ReturnIfErrorTest, EvaluatesOnceAndServesStatusOrAndBareElse) {
  int calls = 0;
  const auto run = [&calls](bool check) -> absl::StatusOr<int> {
    const auto count = [&calls] {
      ++calls;
      return Refused();
    };
    if (check)
      HW_RETURN_IF_ERROR(count());
    else
      return 7;
    return 8;
  };
  EXPECT_EQ(run(true).status(), Refused());
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(run(false).value(), 7);
  EXPECT_EQ(calls, 1);
}

absl::StatusOr<std::unique_ptr<int>> Make(int value) {
  if (value < 0) return absl::OutOfRangeError("negative");
  return std::make_unique<int>(value);
}

TEST(AssignOrReturnTest, DeclaresAssignsAndMoves) {
  const auto add = [](int a, int b) -> absl::StatusOr<int> {
    HW_ASSIGN_OR_RETURN(const std::unique_ptr<int> first, Make(a));
    std::unique_ptr<int> second;
    HW_ASSIGN_OR_RETURN(second, Make(b));
    int third = 0;
    int* const pointer = &third;
    HW_ASSIGN_OR_RETURN(*pointer, absl::StatusOr<int>(100));
    return *first + *second + third;
  };
  EXPECT_EQ(add(1, 2).value(), 103);
  EXPECT_EQ(add(-1, 2).status(), absl::OutOfRangeError("negative"));
  EXPECT_EQ(add(1, -2).status(), absl::OutOfRangeError("negative"));
}

TEST(AssignOrReturnTest, TakesCommasOnBothSides) {
  const auto run = []() -> absl::StatusOr<std::string> {
    const auto pair = [] {
      return absl::StatusOr<std::pair<std::string, std::unique_ptr<int>>>(
          std::make_pair("seven", std::make_unique<int>(7)));
    };
    HW_ASSIGN_OR_RETURN((auto [text, number]), pair());
    HW_ASSIGN_OR_RETURN((const std::map<int, int> map),
                        absl::StatusOr<std::map<int, int>>(std::map<int, int>{{*number, 49}}));
    return text + std::to_string(map.at(7));
  };
  EXPECT_EQ(run().value(), "seven49");
}

TEST(AssignOrReturnTest, LeavesTheTargetAloneOnError) {
  int target = 5;
  const auto run = [&target]() -> absl::Status {
    HW_ASSIGN_OR_RETURN(target, absl::StatusOr<int>(Refused()));
    return absl::OkStatus();
  };
  EXPECT_EQ(run(), Refused());
  EXPECT_EQ(target, 5);
}

}  // namespace
}  // namespace headwater
