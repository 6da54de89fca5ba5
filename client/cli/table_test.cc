#include "cli/table.h"

#include <sstream>

#include "cli/help.h"
#include "cli/width.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

TEST(Width, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("Huawei"), 6);
  EXPECT_EQ(DisplayWidth("Trí Đạt"), 7);
  EXPECT_EQ(DisplayWidth("Tri\u0301 \u0110a\u0323t"), 7);  // the same, decomposed
  EXPECT_EQ(DisplayWidth("新华社"), 6);
  EXPECT_EQ(DisplayWidth("ｆｔ"), 4);
  EXPECT_EQ(DisplayWidth("한국"), 4);
  EXPECT_EQ(DisplayWidth("👩‍👩‍👧"), 2);
  EXPECT_EQ(DisplayWidth("❤\uFE0F"), 2);
  EXPECT_EQ(DisplayWidth("a\u200Bb"), 2);  // zero-width space
  EXPECT_EQ(DisplayWidth("สวัสดี"), 4);
}

TEST(Width, CutsBetweenClusters) {
  EXPECT_EQ(Truncate("Huawei", 6), "Huawei");
  EXPECT_EQ(Truncate("Huawei", 5), "Huaw…");
  EXPECT_EQ(Truncate("新华社", 5), "新华…");
  EXPECT_EQ(Truncate("新华社", 4), "新…");
  EXPECT_EQ(Truncate("e\u0301e\u0301e\u0301", 2), "e\u0301…");
  EXPECT_EQ(Truncate("one two", 5), "one…");
  EXPECT_EQ(Truncate("新", 1), "…");
}

TEST(Width, OneLineCannotMoveTheCursor) {
  EXPECT_EQ(OneLine("a\nb\tc"), "a b c");
  EXPECT_EQ(OneLine("red\033[31m"), "red\uFFFD[31m");
  EXPECT_EQ(OneLine("\u009B31m"), "\uFFFD31m");
}

std::string Print(Terminal terminal) {
  std::ostringstream out;
  Table table(&out, terminal, {"ID", "NAME", "TEXT"});
  table.Add({"tri-dat", "Trí Đạt", "A short text."});
  table.Add({"xinhua", "新华社", "A text that is a good deal longer than the terminal is wide."});
  table.Flush();
  table.Add({"a-much-longer-id-on-page-two", "x", ""});
  table.Flush();
  EXPECT_EQ(table.printed(), 3);
  return out.str();
}

TEST(Table, LinesUpAndCutsNothingElsewhere) {
  EXPECT_EQ(Print({}),
            "ID       NAME     TEXT\n"
            "tri-dat  Trí Đạt  A short text.\n"
            "xinhua   新华社   A text that is a good deal longer than the terminal is wide.\n"
            "a-much-longer-id-on-page-two  x\n");
}

TEST(Table, FitsATerminal) {
  EXPECT_EQ(Print({.is_terminal = true, .width = 60}),
            "ID       NAME     TEXT\n"
            "tri-dat  Trí Đạt  A short text.\n"
            "xinhua   新华社   A text that is a good deal longer than th…\n"
            "a-much…  x\n");
}

TEST(Table, WithoutRowsPrintsNothing) {
  std::ostringstream out;
  Table table(&out, {}, {"ID"});
  table.Flush();
  EXPECT_EQ(out.str(), "");
}

TEST(Help, Wraps) {
  EXPECT_EQ(Wrap("one two three", 9, 2), "one two\n  three");
  EXPECT_EQ(Wrap("unbreakable", 4, 2), "unbreakable");
  EXPECT_EQ(Wrap("", 4, 2), "");
  EXPECT_EQ(Wrap("one two\nthree four five", 12, 2), "one two\n  three four\n  five");
}

}  // namespace
}  // namespace headwater::cli
