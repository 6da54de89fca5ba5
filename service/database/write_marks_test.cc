#include "database/write_marks.h"

#include <gtest/gtest.h>

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using What = records::TermChange::What;

records::Change ChangeOf(Name name, std::vector<records::TermChange> terms = {}) {
  records::Change change;
  change.name = std::move(name);
  change.terms = std::move(terms);
  return change;
}

const Name kSource{Kind::kSource, "", "s"};
const Name kAttribution{Kind::kAttribution, "c", "a"};
const Name kRelation{Kind::kRelation, "c", "r"};

// Four million places for a dozen things: that two share one is a chance of one in fifty thousand.
class WriteMarksTest : public ::testing::Test {
 protected:
  uint64_t OfName(const Name& name) const { return marks_.Last(marks_.OfName(name)); }
  uint64_t OfChildren(Kind kind, const std::string& claim) const {
    return marks_.Last(marks_.OfChildren(keys::NameKeyPrefix(kind, claim)));
  }
  uint64_t OfTerm(const std::string& term) const { return marks_.Last(marks_.OfTerm(term)); }

  WriteMarks marks_{size_t{32} << 20};
};

TEST_F(WriteMarksTest, AChangeMarksItsNameItsClaimsChildrenAndTheTermsThatItTakesOnOrGivesUp) {
  marks_.Note(ChangeOf(kSource, {{What::kOpen, "taken on", 0},
                                 {What::kClose, "given up", 1},
                                 {What::kTurn, "turned", 1},
                                 {What::kKeep, "kept", 1}}),
              5);
  marks_.Note(ChangeOf(kAttribution), 6);
  marks_.Note(ChangeOf(kRelation), 7);
  EXPECT_EQ(OfName(kSource), 5U);
  EXPECT_EQ(OfTerm("taken on"), 5U);
  EXPECT_EQ(OfTerm("given up"), 5U);
  EXPECT_EQ(OfTerm("turned"), 5U);
  EXPECT_EQ(OfTerm("kept"), 0U);
  EXPECT_EQ(OfName(kAttribution), 6U);
  EXPECT_EQ(OfChildren(Kind::kAttribution, "c"), 6U);
  EXPECT_EQ(OfChildren(Kind::kRelation, "c"), 7U);
  EXPECT_EQ(OfChildren(Kind::kRelation, "d"), 0U);
  EXPECT_EQ(OfName(Name{Kind::kDocument, "", "s"}), 0U);
}

TEST_F(WriteMarksTest, AMarkNeverGoesBack) {
  marks_.Note(ChangeOf(kSource), 9);
  marks_.Note(ChangeOf(kSource), 8);  // given again after a write that failed
  EXPECT_EQ(OfName(kSource), 9U);
}

TEST_F(WriteMarksTest, WhatWasWrittenBeforeTheStartIsAssumed) {
  marks_.AssumeAllWritten(40);
  EXPECT_EQ(OfName(kSource), 40U);
  marks_.Note(ChangeOf(kSource), 41);
  EXPECT_EQ(OfName(kSource), 41U);
  EXPECT_EQ(OfTerm("any"), 40U);
}

// However few places there are, a mark is never earlier than the write.
TEST(SmallWriteMarksTest, ThingsThatShareAPlaceSeemWrittenTogether) {
  WriteMarks marks(1);
  marks.Note(ChangeOf(kSource), 3);
  EXPECT_EQ(marks.Last(marks.OfName(kAttribution)), 3U);
  EXPECT_EQ(marks.Last(marks.OfTerm("any")), 3U);
}

}  // namespace
}  // namespace headwater::database
