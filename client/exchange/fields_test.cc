#include "exchange/fields.h"

#include "exchange/kinds.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/source.pb.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::Attribution Sample() {
  v1::Attribution attribution;
  attribution.set_name("claims/x/attributions/ft");
  attribution.set_source("sources/ft");
  attribution.set_document("documents/d");
  attribution.set_stance(v1::STANCE_RELAYS);
  attribution.add_cites()->set_attribution("claims/x/attributions/three");
  attribution.add_cites()->set_source("sources/four");
  attribution.mutable_quote()->set_exact("it failed");
  attribution.mutable_quote()->set_cue("according to");
  return attribution;
}

TEST(Fields, ReferencesAreFoundAtEveryDepth) {
  v1::Attribution attribution = Sample();
  attribution.mutable_withdrawal()->set_document("documents/w");
  EXPECT_THAT(ReferencesIn(attribution),
              ElementsAre("sources/ft", "documents/d", "claims/x/attributions/three",
                          "sources/four", "documents/w"));
}

TEST(Fields, WhatTheServerMakesIsCleared) {
  v1::Document document;
  document.set_title("A title");
  document.set_sha256("00");
  const v1::Document written = document;
  document.set_sequence(4);
  document.set_text_length(10);
  document.set_etag("e");
  document.mutable_create_time()->set_seconds(1);
  document.mutable_update_time()->set_seconds(1);
  document.mutable_delete_time()->set_seconds(1);
  ClearServerMade(&document);
  EXPECT_EQ(document.SerializeAsString(), written.SerializeAsString());
}

TEST(Fields, DifferencesNameTheInnermostField) {
  const v1::Attribution before = Sample();
  v1::Attribution after = before;
  EXPECT_THAT(Differences(before, after), IsEmpty());
  after.set_sequence(9);
  after.set_etag("e");
  EXPECT_THAT(Differences(before, after), IsEmpty());
  after.mutable_quote()->set_cue("");
  after.mutable_quote()->mutable_position()->set_end(3);
  after.set_stance(v1::STANCE_ASSERTS);
  after.mutable_cites()->RemoveLast();
  after.set_note("Thanh Niên");
  const auto found = Differences(before, after);
  ASSERT_THAT(found, SizeIs(5));
  EXPECT_EQ(found[0].path, "stance");
  EXPECT_EQ(found[0].before, "\"STANCE_RELAYS\"");
  EXPECT_EQ(found[0].after, "\"STANCE_ASSERTS\"");
  EXPECT_EQ(found[1].path, "cites");
  EXPECT_EQ(found[1].after, "[{\"attribution\":\"claims/x/attributions/three\"}]");
  EXPECT_EQ(found[2].path, "quote.position");
  EXPECT_EQ(found[2].before, "");
  EXPECT_EQ(found[3].path, "quote.cue");
  EXPECT_EQ(found[4].path, "note");
  EXPECT_EQ(found[4].after, "\"Thanh Niên\"");
}

TEST(Kinds, AreKnownByWordTypeAndName) {
  std::vector<std::string> words;
  for (const Kind& kind : Kinds()) words.push_back(kind.word);
  EXPECT_THAT(words,
              ElementsAre("source", "document", "claim", "attribution", "relation", "review"));
  EXPECT_EQ(FindKind("Claim"), FindKind("claim"));
  EXPECT_EQ(KindOfName("claims/x/attributions/y"), FindKind("attribution"));
  EXPECT_EQ(KindOfName("claims/x"), FindKind("claim"));
  EXPECT_EQ(KindOfName("attributions/x"), nullptr);
  EXPECT_EQ(KindOfName("x"), nullptr);
}

}  // namespace
}  // namespace headwater::exchange
