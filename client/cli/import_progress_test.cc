#include "cli/import_progress.h"

#include <sstream>

#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

class ImportProgressTest : public testing::Test {
 protected:
  ImportProgress Make(Terminal terminal) {
    return ImportProgress(&err_, terminal, [this] { return now_; });
  }

  absl::Time now_ = absl::FromUnixSeconds(1'000'000);
  std::ostringstream err_;
};

TEST_F(ImportProgressTest, SaysHowFarAndHowLong) {
  ImportProgress progress = Make({.is_terminal = true, .width = 120});
  now_ += absl::Seconds(10);
  EXPECT_EQ(
      progress.Line({1'234'567, int64_t{256} << 20, int64_t{1024} << 20, 3, 0}),
      "[=====>              ] 25 %  1,234,567 rows  123,456/s  256 of 1,024 MiB  30 s left  3 "
      "rejected");
  EXPECT_EQ(progress.Line({1, 0, 0, 0, 0}), "1 row  0/s  0 MiB");
  EXPECT_EQ(progress.Line({20, 100, 100, 0, 7}),
            "[====================] 100 %  20 rows  2/s  0 of 0 MiB  7 waiting still");
  // What was passed over was quick, and says nothing of what is to come.
  progress.Begin({1000, 500, 1000, 0, 0});
  now_ += absl::Seconds(600);
  EXPECT_EQ(progress.Line({7000, 600, 1000, 0, 0}),
            "[============>       ] 60 %  7,000 rows  10/s  0 of 0 MiB  40 min left");
  now_ += absl::Hours(10);
  EXPECT_EQ(progress.Line({8000, 750, 1000, 0, 0}),
            "[===============>    ] 75 %  8,000 rows  0/s  0 of 0 MiB  10 h 10 min left");
}

TEST_F(ImportProgressTest, ATerminalHasOneLineOfItsWidth) {
  ImportProgress progress = Make({.is_terminal = true, .width = 40});
  progress.Show({1, 1, 100, 0, 0});
  EXPECT_EQ(err_.str(), "");
  now_ += absl::Milliseconds(250);
  progress.Show({1000, 50, 100, 0, 0});
  EXPECT_EQ(err_.str(), "\r\033[K50 %  1,000 rows  4,000/s  0 of 0 MiB…");
  progress.Clear();
  progress.Clear();
  EXPECT_EQ(err_.str(), "\r\033[K50 %  1,000 rows  4,000/s  0 of 0 MiB…\r\033[K");
}

TEST_F(ImportProgressTest, ElsewhereALineNowAndThen) {
  ImportProgress progress = Make({});
  for (int i = 0; i < 25; ++i) {
    now_ += absl::Seconds(1);
    progress.Show({i, 0, 0, 0, 0});
  }
  progress.Clear();
  EXPECT_EQ(err_.str(), "9 rows  0/s  0 MiB\n19 rows  0/s  0 MiB\n");
}

}  // namespace
}  // namespace headwater::cli
