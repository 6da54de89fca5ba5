#include "cli/import_trail.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

// Rows with gaps between them and 1 to 3 records each, against a list of them all.
void Compare(bool keep_raw, bool plain, int rows) {
  std::mt19937 random(20251);
  RowTrail trail(keep_raw);
  std::vector<int64_t> row_of;
  int64_t row = 0;
  for (int i = 0; i < rows; ++i) {
    row += plain && random() % 1000 != 0 ? 1 : 1 + static_cast<int64_t>(random() % 3);
    const int records = plain && random() % 1000 != 0 ? 1 : 1 + static_cast<int>(random() % 3);
    ASSERT_TRUE(trail.Add(row, records, absl::StrCat("text of ", row)).ok());
    row_of.insert(row_of.end(), records, row);
  }
  ASSERT_EQ(trail.records(), static_cast<int64_t>(row_of.size()));
  const auto expect = [&](int64_t record) {
    const absl::StatusOr<RowTrail::Origin> origin = trail.Find(record);
    ASSERT_TRUE(origin.ok()) << origin.status();
    ASSERT_EQ(origin->row, row_of[record]) << record;
    ASSERT_EQ(origin->raw, keep_raw ? absl::StrCat("text of ", row_of[record]) : "");
  };
  for (size_t record = 0; record < row_of.size(); record += 7) expect(record);
  for (int i = 0; i < 300; ++i) expect(random() % row_of.size());
  const auto half = static_cast<int64_t>(row_of.size() / 2);
  trail.Forget(half);
  for (size_t record = half; record < row_of.size(); record += 11) expect(record);
  EXPECT_FALSE(trail.Find(trail.records()).ok());
  EXPECT_FALSE(trail.Find(-1).ok());
}

TEST(RowTrail, FindsTheRowOfEachRecord) {
  for (bool keep_raw : {false, true}) {
    for (bool plain : {false, true}) {
      for (int rows : {1, 4095, 4096, 4097, 30'000}) {
        SCOPED_TRACE(absl::StrCat(keep_raw, plain, rows));
        Compare(keep_raw, plain, rows);
      }
    }
  }
}

// Tens of MiB of text, forgotten as they go: what is left is still right.
TEST(RowTrail, ForgetsWhatIsDoneWith) {
  RowTrail trail(true);
  const std::string text(10'000, 'x');
  for (int64_t i = 0; i < 10'000; ++i) {
    ASSERT_TRUE(trail.Add(i + 1, 1, absl::StrCat(text, i)).ok());
    if (i % 100 == 0) trail.Forget(i - 50);
    if (i % 10 == 0 && i >= 50) ASSERT_EQ(trail.Find(i - 40)->raw, absl::StrCat(text, i - 40));
  }
  EXPECT_FALSE(trail.Find(0).ok());
}

}  // namespace
}  // namespace headwater::cli
