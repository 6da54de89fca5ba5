#include "cli/values.h"

#include "cli/failure.h"
#include "cli/read_point.h"
#include "cli/words.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/relation.pb.h"
#include "headwater/v1/review.pb.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;

template <class Message>
absl::Status Set(Message* message, const char* field, absl::string_view text) {
  return SetValue(message, *Message::descriptor()->FindFieldByName(field), text);
}

TEST(SetValue, ReadsEveryType) {
  v1::Attribution attribution;
  ASSERT_TRUE(Set(&attribution, "source", "ft").ok());
  ASSERT_TRUE(Set(&attribution, "stance", "no-comment").ok());
  ASSERT_TRUE(Set(&attribution, "could_not_verify", "true").ok());
  ASSERT_TRUE(Set(&attribution, "hedges", "có thể").ok());
  ASSERT_TRUE(Set(&attribution, "hedges", "may").ok());
  EXPECT_EQ(attribution.source(), "sources/ft");
  EXPECT_EQ(attribution.stance(), v1::STANCE_NO_COMMENT);
  EXPECT_TRUE(attribution.could_not_verify());
  EXPECT_EQ(attribution.hedges_size(), 2);
  v1::TextPosition position;
  ASSERT_TRUE(Set(&position, "start", "12").ok());
  EXPECT_EQ(position.start(), 12);
  v1::Rating rating;
  ASSERT_TRUE(Set(&rating, "value", "-1").ok());
  EXPECT_EQ(rating.value(), -1);
  v1::Relation relation;
  ASSERT_TRUE(Set(&relation, "confirm_time", "2025-08-06T19:00:00+07:00").ok());
  EXPECT_EQ(relation.confirm_time().seconds(), 1754481600);
}

TEST(SetValue, ReadsMessagesInThreeForms) {
  v1::Claim claim;
  ASSERT_TRUE(Set(&claim, "translations", R"({"language":"vi","text":"Một"})").ok());
  ASSERT_TRUE(Set(&claim, "translations", "language=fr,text=Un, deux, x=y").ok());
  EXPECT_EQ(claim.translations(0).text(), "Một");
  EXPECT_EQ(claim.translations(1).language(), "fr");
  EXPECT_EQ(claim.translations(1).text(), "Un, deux, x=y");
  v1::Attribution attribution;
  ASSERT_TRUE(Set(&attribution, "cites", "claims/x/attributions/ft").ok());
  ASSERT_TRUE(Set(&attribution, "cites", "sources/ft").ok());
  ASSERT_TRUE(Set(&attribution, "cites", "source=ft,stance=denies").ok());
  ASSERT_TRUE(Set(&attribution, "cites", "x/ft").ok());
  ASSERT_TRUE(Set(&attribution, "cites", "ft").ok());
  EXPECT_EQ(attribution.cites(0).attribution(), "claims/x/attributions/ft");
  EXPECT_EQ(attribution.cites(1).source(), "sources/ft");
  EXPECT_EQ(attribution.cites(2).source(), "sources/ft");
  EXPECT_EQ(attribution.cites(2).stance(), v1::STANCE_DENIES);
  EXPECT_EQ(attribution.cites(3).attribution(), "claims/x/attributions/ft");
  EXPECT_EQ(attribution.cites(4).source(), "sources/ft");
}

TEST(SetValue, SaysWhatWouldDo) {
  v1::Attribution attribution;
  const auto why = [](const absl::Status& status) {
    EXPECT_EQ(ExitCodeOf(status), kUsage);
    return std::string(status.message());
  };
  EXPECT_THAT(why(Set(&attribution, "stance", "likes")), HasSubstr("ASSERTS, DENIES"));
  EXPECT_THAT(why(Set(&attribution, "stance", "UNSPECIFIED")), HasSubstr("ASSERTS, DENIES"));
  EXPECT_THAT(why(Set(&attribution, "cites", "what, who")),
              HasSubstr("attribution, source, stance"));
  EXPECT_THAT(why(Set(&attribution, "cites", "{nonsense}")), HasSubstr("not JSON"));
  v1::TextPosition position;
  EXPECT_THAT(why(Set(&position, "start", "9999999999")), HasSubstr("not a number"));
  v1::Relation relation;
  EXPECT_THAT(why(Set(&relation, "confirm_time", "yesterday")), HasSubstr("RFC 3339"));
}

TEST(Words, AreBareAndReadInAnyForm) {
  EXPECT_EQ(BareWord(v1::STANCE_ASSERTS), "ASSERTS");
  EXPECT_EQ(BareWord(v1::STANCE_UNSPECIFIED), "");
  EXPECT_EQ(BareWord(static_cast<v1::Stance>(77)), "77");
  EXPECT_EQ(*ParseWord(*v1::DenialExtent_descriptor(), "non-denial"), v1::DENIAL_EXTENT_NON_DENIAL);
  EXPECT_EQ(*ParseWord(*v1::Stance_descriptor(), "STANCE_ASSERTS"), v1::STANCE_ASSERTS);
}

TEST(ReadPoint, IsASequenceOrATime) {
  EXPECT_EQ(ParseReadPoint("")->point_case(), v1::ReadOptions::POINT_NOT_SET);
  EXPECT_EQ(ParseReadPoint("0")->sequence(), 0);
  EXPECT_TRUE(ParseReadPoint("0")->has_sequence());
  EXPECT_EQ(ParseReadPoint("63")->sequence(), 63);
  EXPECT_EQ(ParseReadPoint("2025-08-06T12:00:00Z")->time().seconds(), 1754481600);
  EXPECT_EQ(ParseReadPoint("2025-08-06T19:00:00.5+07:00")->time().nanos(), 500'000'000);
  for (const char* text : {"yesterday", "-1", "99999999999999999999", "2025-08-06", "1.5",
                           "infinite-future", "2025-13-01T00:00:00Z"}) {
    EXPECT_EQ(ExitCodeOf(ParseReadPoint(text).status()), kUsage) << text;
  }
}

}  // namespace
}  // namespace headwater::cli
