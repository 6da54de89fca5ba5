#include "exchange/text_at.h"

#include "gtest/gtest.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {
namespace {

TEST(TextAt, FollowsThePathsOfTheServersErrors) {
  v1::Record record;
  record.mutable_attribution()->set_source("sources/s");
  record.mutable_attribution()->add_cites()->set_source("sources/t");
  record.mutable_attribution()->add_cites()->set_attribution("claims/c/attributions/a");
  record.mutable_attribution()->add_hedges("may");
  EXPECT_EQ(TextAt(record, "attribution.source"), "sources/s");
  EXPECT_EQ(TextAt(record, "attribution.cites[0].source"), "sources/t");
  EXPECT_EQ(TextAt(record, "attribution.cites[1].attribution"), "claims/c/attributions/a");
  EXPECT_EQ(TextAt(record, "attribution.hedges[0]"), "may");
  for (const char* path : {"", "attribution", "attribution.song", "attribution.cites",
                           "attribution.cites[2].source", "attribution.cites[-1].source",
                           "attribution.cites[x]", "attribution.source.more", "attribution..x"}) {
    EXPECT_EQ(TextAt(record, path), "") << path;
  }
}

}  // namespace
}  // namespace headwater::exchange
