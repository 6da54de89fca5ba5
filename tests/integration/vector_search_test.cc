// Vectors that clients bring, through gRPC: claims are found across languages by them.
#include <chrono>
#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto kLongEnough = std::chrono::seconds(30);
constexpr int kDimensions = 64;
constexpr int kFillers = 150;

Setup Followed() {
  Setup setup;
  setup.follow = true;
  return setup;
}

// A stand-in for a model: what is said decides where a vector points, the language hardly.
class Model {
 public:
  v1::Embedding Of(uint32_t meaning, uint32_t wording, float spread = 0.3f) {
    std::mt19937 same(meaning);
    std::mt19937 other(wording * 7919 + meaning);
    std::normal_distribution<float> normal;
    v1::Embedding embedding;
    embedding.set_model("test-model");
    embedding.set_dimensions(kDimensions);
    for (int i = 0; i < kDimensions; ++i) {
      const float own = normal(same);
      normal.reset();
      embedding.add_values(own + spread * normal(other));
      normal.reset();
    }
    return embedding;
  }
};

class VectorSearchTest : public ApiTest {
 protected:
  VectorSearchTest() : ApiTest(Followed()) {}

  void CatchUp() {
    ASSERT_TRUE(server_.database().WaitForStandings(server_.head(), kLongEnough));
    ASSERT_TRUE(server_.database().WaitForIndex(server_.head(), kLongEnough));
  }

  v1::CreateClaimRequest NewWith(const std::string& id, const std::string& text,
                                 const v1::Embedding& embedding) {
    v1::CreateClaimRequest request = NewClaim(id, text);
    *request.mutable_claim()->add_embeddings() = embedding;
    return request;
  }

  void Fill() {
    v1::BatchCreateClaimsRequest request;
    for (uint32_t i = 0; i < kFillers; ++i) {
      *request.add_requests() = NewWith(absl::StrCat("filler-", i),
                                        absl::StrCat("Filler number ", i), model_.Of(1000 + i, 0));
    }
    Ok(&Claims::BatchCreateClaims, request);
    Ok(&Claims::CreateClaim,
       NewWith("late", "The chip maker missed its deadline", model_.Of(1, 0)));
  }

  std::vector<std::string> Found(const std::string& query, const v1::Embedding* embedding,
                                 const std::string& others = "") {
    auto asked = From<v1::SearchClaimsRequest>(others);
    asked.set_query(query);
    if (embedding != nullptr) *asked.mutable_embedding() = *embedding;
    EXPECT_TRUE(server_.database().WaitForIndex(server_.head(), std::chrono::minutes(1)));
    asked.mutable_read()->set_min_sequence(server_.head());
    std::vector<std::string> ids;
    const v1::SearchClaimsResponse answer = Ok(&Provenance::SearchClaims, asked);
    for (const v1::SearchResult& result : answer.results())
      ids.push_back(result.claim().claim().substr(7));
    return ids;
  }

  v1::VerifyResponse Verify(const std::string& request,
                            const std::vector<v1::Embedding>& embeddings) {
    auto asked = From<v1::VerifyRequest>(request);
    for (const v1::Embedding& each : embeddings) *asked.add_embeddings() = each;
    EXPECT_TRUE(server_.database().WaitForIndex(server_.head(), std::chrono::minutes(1)));
    asked.mutable_read()->set_min_sequence(server_.head());
    return Ok(&Provenance::Verify, asked);
  }

  Model model_;
};

constexpr char kVietnamese[] = "Nhà sản xuất không kịp thời hạn";

TEST_F(VectorSearchTest, AStatementInAnotherLanguageIsFoundByItsVectorAlone) {
  Fill();
  const v1::Embedding same = model_.Of(1, 1);
  EXPECT_THAT(Found(kVietnamese, nullptr), Not(Contains("late")));
  ASSERT_THAT(Found(kVietnamese, &same), Not(IsEmpty()));
  EXPECT_EQ(Found(kVietnamese, &same)[0], "late");
  // Vectors of another name are not compared, nor those of another length.
  v1::Embedding other = same;
  other.set_model("another-model");
  EXPECT_THAT(Found(kVietnamese, &other), Not(Contains("late")));
  v1::Embedding shorter = same;
  shorter.mutable_values()->RemoveLast();
  shorter.set_dimensions(kDimensions - 1);
  EXPECT_THAT(Found(kVietnamese, &shorter), Not(Contains("late")));
}

TEST_F(VectorSearchTest, VerifyShowsWhatLiesNearAndSaysThatItIsNoMatchByWords) {
  Fill();
  const std::string quote = absl::StrCat("quote: '", kVietnamese, "' ");
  EXPECT_EQ(Verify(quote, {}).statements(0).matches_size(), 0);
  const v1::VerifyResponse response = Verify(quote, {model_.Of(1, 1)});
  ASSERT_EQ(response.statements(0).matches_size(), 1) << response.DebugString();
  const v1::ClaimMatch& match = response.statements(0).matches(0);
  EXPECT_EQ(match.claim().claim(), "claims/late");
  EXPECT_FALSE(match.is_match());
  EXPECT_GT(match.vector_similarity(), 0.8);
  EXPECT_THAT(match.reason(), AllOf(HasSubstr("test-model"), HasSubstr("cosine 0.9")));
  // What is said nowhere has nothing near.
  EXPECT_EQ(Verify(quote, {model_.Of(2, 1)}).statements(0).matches_size(), 0);
  // A match by words stays the first, and tells how near it is.
  const v1::VerifyResponse both =
      Verify("text: 'Filler number 7. The deadline was missed by the chip maker.'",
             {model_.Of(500, 1), model_.Of(1, 2)});
  ASSERT_EQ(both.statements_size(), 2);
  ASSERT_GE(both.statements(0).matches_size(), 1);
  EXPECT_EQ(both.statements(0).matches(0).claim().claim(), "claims/filler-7");
  EXPECT_TRUE(both.statements(0).matches(0).has_vector_similarity());
  ASSERT_GE(both.statements(1).matches_size(), 1);
  EXPECT_EQ(both.statements(1).matches(0).claim().claim(), "claims/late");
  EXPECT_TRUE(both.statements(1).matches(0).is_match());
  EXPECT_GT(both.statements(1).matches(0).vector_similarity(), 0.8);
}

TEST_F(VectorSearchTest, FollowsUpdatesDeletionsAndRestarts) {
  Fill();
  const v1::Embedding asked = model_.Of(1, 1);
  const auto first = [&] { return Found(kVietnamese, &asked).front(); };
  EXPECT_EQ(first(), "late");
  auto update = From<v1::UpdateClaimRequest>(
      "claim { name: 'claims/late' } update_mask { paths: 'embeddings' }");
  *update.mutable_claim()->add_embeddings() = model_.Of(2, 0);
  Ok(&Claims::UpdateClaim, update);
  EXPECT_NE(first(), "late");
  *update.mutable_claim()->mutable_embeddings(0) = model_.Of(1, 5);
  Ok(&Claims::UpdateClaim, update);
  EXPECT_EQ(first(), "late");
  auto remove = From<v1::DeleteClaimRequest>("name: 'claims/late' reason: 'test'");
  Ok(&Claims::DeleteClaim, remove);
  EXPECT_NE(first(), "late");
  Ok(&Claims::UndeleteClaim, From<v1::UndeleteClaimRequest>("name: 'claims/late'"));
  EXPECT_EQ(first(), "late");
  server_.Restart();
  EXPECT_EQ(first(), "late");
  update.mutable_claim()->clear_embeddings();
  Ok(&Claims::UpdateClaim, update);
  EXPECT_NE(first(), "late");
}

TEST_F(VectorSearchTest, FiltersAndExclusionsHoldForNearClaimsToo) {
  Fill();
  const v1::Embedding asked = model_.Of(1, 1);
  v1::CreateClaimRequest tagged = NewWith("tagged", "Late again", model_.Of(1, 3));
  tagged.mutable_claim()->add_tags("chips");
  Ok(&Claims::CreateClaim, tagged);
  EXPECT_THAT(Found("chậm", &asked, "page_size: 2"),
              ::testing::UnorderedElementsAre("late", "tagged"));
  EXPECT_THAT(Found("chậm tag:chips", &asked), ElementsAre("tagged"));
  EXPECT_THAT(Found("chậm -tag:chips", &asked), AllOf(Contains("late"), Not(Contains("tagged"))));
  EXPECT_THAT(Found("chậm -deadline", &asked), AllOf(Contains("tagged"), Not(Contains("late"))));
  EXPECT_THAT(Found("\"missed its deadline\"", &asked), ElementsAre("late"));
  EXPECT_THAT(Found("chậm lang:vi", &asked), IsEmpty());
}

TEST_F(VectorSearchTest, PagesShowOneOrderWhileVectorsMove) {
  Fill();
  CatchUp();
  const v1::Embedding asked = model_.Of(1, 1);
  const auto page = [&](const std::string& token, int size) {
    auto request = From<v1::SearchClaimsRequest>("query: 'filler' ");
    request.set_page_size(size);
    request.set_page_token(token);
    *request.mutable_embedding() = asked;
    return Ok(&Provenance::SearchClaims, request);
  };
  std::vector<std::string> expected;
  const v1::SearchClaimsResponse whole = page("", 100);
  for (const v1::SearchResult& result : whole.results()) expected.push_back(result.claim().claim());
  std::vector<std::string> all;
  std::string token;
  for (int i = 0; i < 10; ++i) {
    const v1::SearchClaimsResponse response = page(token, 10);
    for (const v1::SearchResult& result : response.results()) all.push_back(result.claim().claim());
    token = response.next_page_token();
    ASSERT_FALSE(token.empty());
    Ok(&Claims::CreateClaim,
       NewWith(absl::StrCat("new-", i), "filler filler", model_.Of(1, 100 + i)));
    auto remove = From<v1::DeleteClaimRequest>("reason: 'test'");
    remove.set_name(absl::StrCat("claims/filler-", i * 3));
    Ok(&Claims::DeleteClaim, remove);
    CatchUp();
  }
  EXPECT_EQ(all, expected);
  // The token belongs to the vector.
  auto other = From<v1::SearchClaimsRequest>("query: 'filler' page_size: 10");
  other.set_page_token(token);
  *other.mutable_embedding() = model_.Of(1, 2);
  EXPECT_THAT(BadFields(client().Call(&Provenance::SearchClaims, other).status),
              ElementsAre("page_token"));
}

TEST_F(VectorSearchTest, ErrorsNameFields) {
  const auto bad = [&](auto method, auto request) {
    return BadFields(client().Call(method, request).status);
  };
  const std::string vector = "{ model: 'm' dimensions: 2 values: [1, 2] }";
  const auto claim = [&](const std::string& fields) {
    v1::CreateClaimRequest request = NewClaim("x", "Text");
    request.mutable_claim()->MergeFrom(From<v1::Claim>(fields));
    return bad(&Claims::CreateClaim, request);
  };
  EXPECT_THAT(claim("embeddings { model: 'm' dimensions: 3 values: [1, 2] }"),
              ElementsAre("claim.embeddings[0].values"));
  EXPECT_THAT(claim("embeddings { dimensions: 2 values: [1, 2] }"),
              ElementsAre("claim.embeddings[0].model"));
  EXPECT_THAT(claim("embeddings { model: 'm' dimensions: 5000 values: 1 }"),
              Contains("claim.embeddings[0].dimensions"));
  const auto search = [&](const std::string& fields) {
    return bad(&Provenance::SearchClaims, From<v1::SearchClaimsRequest>(fields));
  };
  EXPECT_THAT(search("query: 'tag:x' embedding " + vector), ElementsAre("embedding"));
  EXPECT_THAT(search("query: 'x' embedding { model: 'm' dimensions: 1 values: [0] }"),
              ElementsAre("embedding.values"));
  EXPECT_THAT(search("query: 'x' embedding { dimensions: 1 values: 1 }"),
              ElementsAre("embedding.model"));
  const auto verify = [&](const std::string& fields) {
    return bad(&Provenance::Verify, From<v1::VerifyRequest>(fields));
  };
  EXPECT_THAT(verify("text: 'One is here. Two is there.' embeddings " + vector),
              ElementsAre("embeddings"));
  EXPECT_THAT(verify("uri: 'https://a.example/' embeddings " + vector), ElementsAre("embeddings"));
  EXPECT_THAT(verify("text: 'One is here. Two is there.' embeddings " + vector +
                     " embeddings { model: 'n' dimensions: 1 values: 1 }"),
              ElementsAre("embeddings[1].model"));
  EXPECT_THAT(
      verify("quote: 'One is here' embeddings { model: 'm' dimensions: 2 values: [1, nan] }"),
      ElementsAre("embeddings[0].values[1]"));
}

}  // namespace
}  // namespace headwater::integration
