// Relations that the server suggests between claims that say the same, through gRPC.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/v1/exchange_service.pb.h"
#include "testing/api_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Setup Suggesting(bool suggest = true) {
  Setup setup;
  setup.follow = true;
  setup.suggest = suggest;
  setup.suggest_limits.claims = 3;
  return setup;
}

class SuggestTest : public ApiTest {
 protected:
  explicit SuggestTest(bool suggest = true) : ApiTest(Suggesting(suggest)) {}

  // What it writes, it reads too.
  void CatchUp() {
    int64_t head = 0;
    do {
      head = server_.head();
      ASSERT_TRUE(server_.database().WaitForSuggestions(head, std::chrono::seconds(30)));
    } while (head != server_.head());
  }
  void Claim(const std::string& id, const std::string& text, const std::string& fields = "") {
    v1::CreateClaimRequest request = NewClaim(id, text);
    request.mutable_claim()->MergeFrom(From<v1::Claim>(fields));
    Ok(&Claims::CreateClaim, request);
  }
  std::vector<v1::Relation> Relations_() {
    const auto listed = Ok(&Relations::ListRelations,
                           From<v1::ListRelationsRequest>("parent: 'claims/-' page_size: 1000"));
    return {listed.relations().begin(), listed.relations().end()};
  }
  std::vector<std::string> Pairs() {
    CatchUp();
    std::vector<std::string> pairs;
    for (const v1::Relation& relation : Relations_()) {
      const std::string claim = relation.name().substr(7, relation.name().find('/', 7) - 7);
      pairs.push_back(absl::StrCat(claim, " ", relation.target().substr(7)));
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
  }
  size_t Exported(bool include_server_made) {
    v1::ExportRequest request;
    request.add_kinds(v1::RESOURCE_KIND_RELATION);
    request.set_include_server_made(include_server_made);
    v1::ExportResponse response;
    response.ParseFromString(server_.database().Export(request).value().response);
    return static_cast<size_t>(response.records_size());
  }
  v1::Relation Decide(v1::RelationState state) {
    v1::UpdateRelationRequest update;
    *update.mutable_relation() = Relations_().front();
    update.mutable_relation()->set_state(state);
    update.mutable_relation()->set_confirmed_by("Lan");
    update.mutable_relation()->set_refused_by("Lan");
    if (state == v1::RELATION_STATE_REFUSED) update.mutable_relation()->clear_confirmed_by();
    if (state == v1::RELATION_STATE_CONFIRMED) update.mutable_relation()->clear_refused_by();
    for (const char* path : {"state", "confirmed_by", "refused_by"})
      update.mutable_update_mask()->add_paths(path);
    return Ok(&Relations::UpdateRelation, update);
  }
};

constexpr char kText[] = "Huawei engineers failed to train the R2 model in 2025";

TEST_F(SuggestTest, TheSameTextButForPunctuationIsSuggestedOnce) {
  Claim("b", kText);
  Claim("a", "Huawei engineers FAILED to train the “R2” model, in 2025!");
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  const v1::Relation relation = Relations_().front();
  EXPECT_EQ(relation.kind(), v1::RELATION_KIND_SAME_AS);
  EXPECT_EQ(relation.state(), v1::RELATION_STATE_SUGGESTED);
  EXPECT_EQ(relation.suggested_by(), "headwater");
  EXPECT_FALSE(relation.note().empty());
}

TEST_F(SuggestTest, AnotherFigureADenialAndWhatIsRecordedOfAnotherTimeAreNot) {
  Claim("a", kText);
  Claim("b", "Huawei engineers failed to train the R2 model in 2024");
  Claim("c", "Huawei engineers have not failed to train the R2 model in 2025");
  Claim("d", "Unemployment rose for the third time", "subject_date: '2019'");
  Claim("e", "Unemployment rose for the third time", "subject_date: '2020'");
  Claim("f", "The film won a prize", "about { name: 'A' uri: 'https://a.example/1' }");
  Claim("g", "The film won a prize", "about { name: 'A' uri: 'https://a.example/2' }");
  EXPECT_THAT(Pairs(), IsEmpty());
}

TEST_F(SuggestTest, WhatWasRefusedIsNotSuggestedAgain) {
  Claim("a", kText);
  Claim("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  Decide(v1::RELATION_STATE_REFUSED);
  Ok(&Claims::UpdateClaim,
     From<v1::UpdateClaimRequest>(absl::StrCat("claim { name: 'claims/b' text: '", kText,
                                               ".' } update_mask { paths: 'text' }")));
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  EXPECT_EQ(Relations_().front().state(), v1::RELATION_STATE_REFUSED);
  server_.Restart();
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  EXPECT_EQ(Relations_().front().state(), v1::RELATION_STATE_REFUSED);
}

TEST_F(SuggestTest, CopiesAreTheSameAsTheOldest) {
  for (const char* id : {"m", "z", "a", "k", "b", "y", "c"}) Claim(id, kText);
  EXPECT_THAT(Pairs(), ElementsAre("a m", "b m", "c m", "k m", "m y", "m z"));
}

TEST_F(SuggestTest, ARewordedClaimIsLookedAtAgain) {
  Claim("a", kText);
  Claim("b", "Nobody knows who trained the R2 model");
  EXPECT_THAT(Pairs(), IsEmpty());
  Ok(&Claims::UpdateClaim,
     From<v1::UpdateClaimRequest>(absl::StrCat("claim { name: 'claims/a' text: 'Nobody knows who "
                                               "trained the R2 model.' } update_mask { paths: "
                                               "'text' }")));
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
}

TEST_F(SuggestTest, ExportsLeaveItOutUntilItIsDecided) {
  Claim("a", kText);
  Claim("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  EXPECT_EQ(Exported(false), 0);
  EXPECT_EQ(Exported(true), 1);
  Decide(v1::RELATION_STATE_CONFIRMED);
  EXPECT_EQ(Exported(false), 1);
}

TEST_F(SuggestTest, ItKeepsNoClaimFromBeingDeleted) {
  Claim("a", kText);
  Claim("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  Ok(&Claims::DeleteClaim, From<v1::DeleteClaimRequest>("name: 'claims/b' reason: 'twice'"));
}

class NoSuggestTest : public SuggestTest {
 protected:
  NoSuggestTest() : SuggestTest(false) {}
};

TEST_F(NoSuggestTest, OffThereIsNone) {
  Claim("a", kText);
  Claim("b", kText);
  ASSERT_TRUE(server_.database().WaitForIndex(server_.head(), std::chrono::seconds(30)));
  EXPECT_EQ(server_.head(), 2);
  EXPECT_THAT(Relations_(), IsEmpty());
}

// Names of sources in other scripts and nearly right.
class LookupTest : public ApiTest {
 protected:
  LookupTest() : ApiTest(Suggesting(false)) {}

  void Outlet(const std::string& id, const std::string& name, const std::string& alias = "") {
    v1::CreateSourceRequest source = NewSource(id);
    source.mutable_source()->set_display_name(name);
    if (!alias.empty()) source.mutable_source()->add_aliases(alias);
    Ok(&Sources::CreateSource, source);
  }
  // "=" before those who bear the name, "~" before those who bear a similar one.
  std::vector<std::string> Found(const std::string& name) {
    server_.database().WaitForIndex(server_.head(), std::chrono::seconds(30));
    v1::LookupSourceRequest request;
    request.set_name(name);
    const auto response = Ok(&Sources::LookupSource, request);
    std::vector<std::string> found;
    for (const v1::Source& source : response.sources()) found.push_back("=" + source.name());
    for (const v1::Source& source : response.similar_sources())
      found.push_back("~" + source.name());
    return found;
  }
};

TEST_F(LookupTest, NamesMeetAcrossScripts) {
  Outlet("reuters", "Reuters", "路透社");
  Outlet("tri-dat", "Trí Đạt");
  Outlet("izvestia", "Известия");
  Outlet("kathimerini", "Η Καθημερινή");
  Outlet("ft", "Financial Times");
  EXPECT_THAT(Found("reuters"), ElementsAre("=sources/reuters"));
  EXPECT_THAT(Found("路透社"), ElementsAre("=sources/reuters"));
  EXPECT_THAT(Found("Рейтерс"), ElementsAre("~sources/reuters"));
  EXPECT_THAT(Found("tri dat"), ElementsAre("=sources/tri-dat"));
  EXPECT_THAT(Found("tri datt"), ElementsAre("~sources/tri-dat"));
  EXPECT_THAT(Found("Izvestia"), ElementsAre("~sources/izvestia"));
  EXPECT_THAT(Found("I Kathimerini"), ElementsAre("~sources/kathimerini"));
  EXPECT_THAT(Found("Finansial Taims"), ElementsAre("~sources/ft"));
  EXPECT_THAT(Found("Bloomberg"), IsEmpty());
}

}  // namespace
}  // namespace headwater::integration
