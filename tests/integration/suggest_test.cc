// Relations that the server suggests between claims that say the same, through gRPC.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/v1/exchange_service.pb.h"
#include "keys/register.h"
#include "kv/batch.h"
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
  void Update(const std::string& id, const std::string& fields, const std::string& path) {
    auto update = From<v1::UpdateClaimRequest>(absl::StrCat(
        "claim { name: 'claims/", id, "' ", fields, "} update_mask { paths: '", path, "' }"));
    Ok(&Claims::UpdateClaim, update);
  }
  void Reword(const std::string& id, const std::string& text) {
    Update(id, absl::StrCat("text: '", text, "' "), "text");
  }
  // Of the only relation there is or was, newest first: what was done, and by whom.
  std::vector<std::string> History() {
    CatchUp();
    const auto listed = Ok(&Relations::ListRelations,
                           From<v1::ListRelationsRequest>("parent: 'claims/-' show_deleted: true"));
    if (listed.relations_size() != 1) return {listed.ShortDebugString()};
    v1::ListRelationRevisionsRequest request;
    request.set_name(listed.relations(0).name());
    std::vector<std::string> history;
    const auto all = Ok(&Relations::ListRelationRevisions, request);
    for (const v1::Revision& revision : all.revisions()) {
      history.push_back(
          absl::StrCat(v1::Operation_Name(revision.operation()), " ", revision.actor()));
    }
    return history;
  }
  // The server starts without knowing how far it had come, as with other rules.
  void ForgetTheWay() {
    CatchUp();
    kv::Batch batch;
    batch.Delete(kv::Keyspace::kPostings, keys::SuggestionsWatermarkKey());
    const auto head = static_cast<uint64_t>(server_.head());
    ASSERT_TRUE(server_.faults().Commit(batch, head, head, kv::Durability::kSynced).ok());
    server_.Restart();
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
  const std::vector<std::string> history = History();
  Reword("b", absl::StrCat(kText, "."));
  EXPECT_EQ(History(), history);
  server_.Restart();
  EXPECT_EQ(History(), history);
  ForgetTheWay();
  EXPECT_EQ(History(), history);
}

TEST_F(SuggestTest, WhatSomebodyDeletedIsNotSuggestedAgain) {
  Claim("a", kText);
  Claim("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  auto remove = From<v1::DeleteRelationRequest>("reason: 'noise'");
  remove.set_name(Relations_().front().name());
  Ok(&Relations::DeleteRelation, remove);
  Reword("b", "Nobody knows who trained the R2 model");
  EXPECT_THAT(Pairs(), IsEmpty());
  Reword("b", kText);
  EXPECT_THAT(Pairs(), IsEmpty());
  ForgetTheWay();
  EXPECT_THAT(Pairs(), IsEmpty());
}

TEST_F(SuggestTest, CopiesAreTheSameAsTheOldest) {
  for (const char* id : {"m", "z", "a", "k", "b", "y", "c"}) Claim(id, kText);
  EXPECT_THAT(Pairs(), ElementsAre("a m", "b m", "c m", "k m", "m y", "m z"));
}

constexpr char kOther[] = "Nobody knows who trained the R2 model";

TEST_F(SuggestTest, ARewordedClaimIsLookedAtAgain) {
  Claim("a", kText);
  Claim("b", kOther);
  EXPECT_THAT(Pairs(), IsEmpty());
  Reword("a", absl::StrCat(kOther, "."));
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
}

TEST_F(SuggestTest, WhatIsRewordedLosesWhatWasSuggestedAndGetsItBack) {
  Claim("a", kText);
  Claim("b", kText);
  Claim("c", kOther);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  Reword("b", absl::StrCat(kOther, "!"));
  EXPECT_THAT(Pairs(), ElementsAre("b c"));
  Reword("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  ForgetTheWay();
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
}

TEST_F(SuggestTest, TheServerTakesBackByAWriteOfItsOwn) {
  Claim("a", kText);
  Claim("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  Reword("a", kOther);
  EXPECT_THAT(Pairs(), IsEmpty());
  Reword("a", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  EXPECT_THAT(History(), ElementsAre("OPERATION_UNDELETE headwater", "OPERATION_DELETE headwater",
                                     "OPERATION_CREATE headwater"));
}

TEST_F(SuggestTest, AnotherTimeTakesBackToo) {
  Claim("a", kText, "subject_date: '2025'");
  Claim("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  Update("b", "subject_date: '2024'", "subject_date");
  EXPECT_THAT(Pairs(), IsEmpty());
}

TEST_F(SuggestTest, WhatIsDecidedOnStaysWhateverBecomesOfTheClaims) {
  Claim("a", kText);
  Claim("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  Decide(v1::RELATION_STATE_CONFIRMED);
  Reword("b", kOther);
  ASSERT_THAT(Pairs(), ElementsAre("a b"));
  EXPECT_EQ(Relations_().front().state(), v1::RELATION_STATE_CONFIRMED);
}

TEST_F(SuggestTest, CopiesOfWhatIsRewordedAreTheSameAsTheNextOldest) {
  for (const char* id : {"m", "z", "a", "k"}) Claim(id, kText);
  EXPECT_THAT(Pairs(), ElementsAre("a m", "k m", "m z"));
  Reword("m", kOther);
  EXPECT_THAT(Pairs(), ElementsAre("a z", "k z"));
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

TEST_F(SuggestTest, ItKeepsNoClaimFromBeingDeletedAndGoesWithIt) {
  for (const std::string gone : {"a", "b"}) {
    Claim("a" + gone, kText);
    Claim("b" + gone, kText);
    EXPECT_THAT(Pairs(), ElementsAre(absl::StrCat("a", gone, " b", gone)));
    const std::string name = absl::StrCat("name: 'claims/", gone, gone, "' ");
    Ok(&Claims::DeleteClaim, From<v1::DeleteClaimRequest>(name + "reason: 'twice'"));
    EXPECT_THAT(Pairs(), IsEmpty());
    Ok(&Claims::UndeleteClaim, From<v1::UndeleteClaimRequest>(name));
    EXPECT_THAT(Pairs(), ElementsAre(absl::StrCat("a", gone, " b", gone)));
    for (const char* end : {"a", "b"}) Reword(end + gone, absl::StrCat(end, gone, " is over"));
  }
}

TEST_F(SuggestTest, WhatSomebodyRecordedKeepsAClaimFromBeingDeleted) {
  Claim("a", kText);
  Claim("b", kText);
  EXPECT_THAT(Pairs(), ElementsAre("a b"));
  Decide(v1::RELATION_STATE_CONFIRMED);
  for (const std::string id : {"a", "b"}) {
    const auto remove =
        From<v1::DeleteClaimRequest>(absl::StrCat("name: 'claims/", id, "' reason: 'twice'"));
    EXPECT_EQ(client().Call(&Claims::DeleteClaim, remove).status.error_code(),
              grpc::StatusCode::FAILED_PRECONDITION);
  }
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

}  // namespace
}  // namespace headwater::integration
