// Judgements of people: the credibility of a claim, and relations confirmed or refused.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class JudgementTest : public ApiTest {
 protected:
  JudgementTest() {
    for (const char* id : {"c", "o"}) Ok(&Claims::CreateClaim, NewClaim(id));
  }
};

// The digit belongs to an assessment that was there to see.
TEST_F(JudgementTest, ACredibilityIsGivenOnAnAssessmentThatWasThere) {
  const auto graded = [](int64_t sequence) {
    return absl::StrCat(
        "claim { name: 'claims/o' credibility { grade: CREDIBILITY_GRADE_3 graded_by: 'desk' "
        "assessed_sequence: ",
        sequence, " } } update_mask { paths: 'credibility' }");
  };
  const int64_t head = server_.head();
  for (const int64_t sequence : {int64_t{0}, head + 1}) {
    const grpc::Status refused =
        Refused(&Claims::UpdateClaim, From<v1::UpdateClaimRequest>(graded(sequence)),
                grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(BadFields(refused), ElementsAre("claim.credibility.assessed_sequence"));
  }
  const v1::Claim claim = Ok(&Claims::UpdateClaim, From<v1::UpdateClaimRequest>(graded(head)));
  EXPECT_EQ(claim.credibility().grade(), v1::CREDIBILITY_GRADE_3);
  EXPECT_EQ(claim.credibility().assessed_sequence(), head);
  v1::CreateClaimRequest create = NewClaim("fresh");
  *create.mutable_claim()->mutable_credibility() = claim.credibility();
  create.mutable_claim()->mutable_credibility()->set_assessed_sequence(head + 2);
  const grpc::Status refused =
      Refused(&Claims::CreateClaim, create, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(refused), ElementsAre("claim.credibility.assessed_sequence"));
}

// Refused it stays on record, where whoever would suggest it again finds it.
TEST_F(JudgementTest, ARelationIsConfirmedOrRefusedWithWhoAndWhen) {
  Ok(&Relations::CreateRelation,
     From<v1::CreateRelationRequest>(
         "parent: 'claims/c' relation_id: 'r' relation { kind: RELATION_KIND_SAME_AS "
         "target: 'claims/o' state: RELATION_STATE_SUGGESTED suggested_by: 'a program' }"));
  const auto listed = [this](const std::string& state) {
    std::vector<std::string> names;
    const auto list = Ok(
        &Relations::ListRelations,
        From<v1::ListRelationsRequest>(absl::StrCat("parent: 'claims/-' target: 'claims/o' kind: "
                                                    "RELATION_KIND_SAME_AS state: RELATION_STATE_",
                                                    state)));
    for (const v1::Relation& relation : list.relations()) names.push_back(relation.name());
    return names;
  };
  EXPECT_THAT(listed("SUGGESTED"), ElementsAre("claims/c/relations/r"));
  const auto update = [this](const std::string& to) {
    return Ok(&Relations::UpdateRelation,
              From<v1::UpdateRelationRequest>(
                  absl::StrCat("relation { name: 'claims/c/relations/r' ", to,
                               " } update_mask { paths: ['state', 'confirmed_by', 'confirm_time', "
                               "'refused_by', 'refuse_time'] }")));
  };
  const v1::Relation refused =
      update("state: RELATION_STATE_REFUSED refused_by: 'Ann' refuse_time { seconds: 7 }");
  EXPECT_EQ(refused.refused_by(), "Ann");
  EXPECT_EQ(refused.refuse_time().seconds(), 7);
  EXPECT_EQ(refused.suggested_by(), "a program");
  EXPECT_THAT(listed("SUGGESTED"), IsEmpty());
  EXPECT_THAT(listed("REFUSED"), ElementsAre("claims/c/relations/r"));
  const v1::Relation confirmed =
      update("state: RELATION_STATE_CONFIRMED confirmed_by: 'Bo' confirm_time { seconds: 8 }");
  EXPECT_EQ(confirmed.refused_by(), "");
  EXPECT_THAT(listed("CONFIRMED"), ElementsAre("claims/c/relations/r"));
}

}  // namespace
}  // namespace headwater::integration
