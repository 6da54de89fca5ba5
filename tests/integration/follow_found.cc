#include <gtest/gtest.h>

#include <set>
#include <string>

#include "follow_trial.h"

namespace headwater::model {
namespace {

using kv::Patience;

bool AreOfOneSpace(const v1::Embedding& a, const v1::Embedding& b) {
  return a.model() == b.model() && a.dimensions() == b.dimensions();
}

}  // namespace

void FollowTrial::CheckFound() {
  for (const std::string& name : model_.Names(Kind::kClaim, head())) {
    if (!model_.IsLive(name, head())) continue;
    v1::GetClaimRequest get;
    get.set_name(name);
    v1::Claim claim;
    ASSERT_TRUE(claim.ParseFromString(database_->Read(get, Patience::kMayWait).value()));
    v1::VerifyRequest request;
    request.set_quote(claim.text());
    request.set_language(claim.language());
    const database::Reply reply = database_->Read(request, Patience::kMayWait);
    ASSERT_TRUE(reply.ok()) << reply.status();
    v1::VerifyResponse response;
    ASSERT_TRUE(response.ParseFromString(*reply));
    ASSERT_EQ(response.read_sequence(), head());
    ASSERT_EQ(response.statements_size(), 1);
    const v1::VerifiedStatement& statement = response.statements(0);
    ASSERT_GT(statement.matches_size(), 0) << claim.ShortDebugString();
    EXPECT_TRUE(statement.matches(0).is_same_text()) << claim.ShortDebugString();
    EXPECT_TRUE(statement.matches(0).is_match());
  }
}

void FollowTrial::ChangeNames() {
  for (const Kind kind : {Kind::kSource, Kind::kDocument}) {
    const char* const field = kind == Kind::kSource ? "display_name" : "title";
    for (const std::string& name : model_.Names(kind, head())) {
      if (!model_.IsLive(name, head())) continue;
      SCOPED_TRACE(name);
      Request rename{.verb = Verb::kUpdate, .kind = kind, .ops = std::vector<Op>(1)};
      Op& op = rename.ops[0];
      Message* const resource = MakeRecordOf(kind, &op.record);
      SetString("name", name, resource);
      SetString(field, "renamed at " + std::to_string(head()), resource);
      op.mask.add_paths(field);
      Request remove{.verb = Verb::kDelete, .kind = kind, .ops = std::vector<Op>(1)};
      remove.ops[0].name = name;
      remove.ops[0].reason = "test";
      remove.ops[0].force = true;
      Request restore = remove;
      restore.verb = Verb::kUndelete;
      restore.ops[0].reason.clear();
      for (const Request& request : {rename, remove, restore}) {
        SCOPED_TRACE(Describe(request));
        if (!Make(request)) continue;
        CatchUp();
        CheckStore();
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
}

void FollowTrial::CheckNear() {
  std::vector<v1::Claim> live;
  for (const std::string& name : model_.Names(Kind::kClaim, head())) {
    if (model_.IsLive(name, head()))
      live.push_back(model_.Rendered(*model_.Find(name, head())).claim());
  }
  for (const v1::Claim& claim : live) {
    for (const v1::Embedding& asked : claim.embeddings()) {
      std::set<std::string> expected;
      for (const v1::Claim& other : live) {
        for (const v1::Embedding& embedding : other.embeddings())
          if (AreOfOneSpace(asked, embedding)) expected.insert(other.name());
      }
      v1::SearchClaimsRequest request;
      request.set_query("unheard");
      request.set_page_size(100);
      *request.mutable_embedding() = asked;
      const database::Reply reply = database_->Read(request, Patience::kMayWait);
      ASSERT_TRUE(reply.ok()) << reply.status();
      v1::SearchClaimsResponse response;
      ASSERT_TRUE(response.ParseFromString(*reply));
      ASSERT_EQ(response.read_sequence(), head());
      std::set<std::string> found;
      for (const v1::SearchResult& result : response.results())
        found.insert(result.claim().claim());
      EXPECT_EQ(found, expected) << asked.ShortDebugString();
    }
  }
}

}  // namespace headwater::model
