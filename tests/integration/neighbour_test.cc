// What is said of wider and narrower claims, and of those that say the same as a contradicting one.
#include <string>

#include "gmock/gmock.h"
#include "testing/api_test_base.h"
#include "testing/article.h"

namespace headwater::integration {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kNarrow[] = "h20-has-backdoors";
constexpr char kWide[] = "nvidia-gpus-have-backdoors";

class NeighbourTest : public ApiTest {
 protected:
  NeighbourTest() { ImportArticle(client()); }

  v1::Assessment Assess(const std::string& claim, const std::string& more = "") {
    auto request = From<v1::AssessClaimRequest>(more);
    request.set_name(absl::StrCat("claims/", claim));
    return Ok(&Provenance::AssessClaim, request);
  }
  void Relate(const std::string& claim, v1::RelationKind kind, const std::string& target) {
    v1::CreateRelationRequest request;
    request.set_parent(absl::StrCat("claims/", claim));
    request.set_relation_id(target);
    request.mutable_relation()->set_kind(kind);
    request.mutable_relation()->set_target(absl::StrCat("claims/", target));
    request.mutable_relation()->set_state(v1::RELATION_STATE_CONFIRMED);
    request.mutable_relation()->set_confirmed_by("the desk");
    Ok(&Relations::CreateRelation, request);
  }
  void Says(const std::string& claim, const std::string& source) {
    Ok(&Sources::CreateSource, NewSource(source));
    Ok(&Documents::CreateDocument, NewDocument(source, source));
    Ok(&Attributions::CreateAttribution, NewAttribution(claim, source, source));
  }
};

// Item 4 of the reading, and its note on the two claims.
TEST_F(NeighbourTest, ADenialOfTheWiderClaimIsNamedAtTheNarrower) {
  const v1::Assessment narrow = Assess(kNarrow);
  ASSERT_EQ(narrow.wider_size(), 1);
  EXPECT_EQ(narrow.wider_count(), 1);
  EXPECT_EQ(narrow.narrower_size(), 0);
  const v1::NeighbouringClaim& wide = narrow.wider(0);
  EXPECT_EQ(wide.claim(), "claims/nvidia-gpus-have-backdoors");
  EXPECT_FALSE(wide.has_asserted());
  ASSERT_EQ(wide.denied().speakers_size(), 1);
  EXPECT_EQ(wide.denied().speaker_count(), 1);
  EXPECT_EQ(wide.denied().speakers(0).source(), "sources/nvidia");
  EXPECT_EQ(wide.denied().speakers(0).date(), "2025-08-06");
  EXPECT_THAT(wide.denied().speakers(0).attribution(), HasSubstr("/attributions/nvidia"));
  EXPECT_THAT(narrow.reasons(),
              Contains(absl::StrCat("The wider claim “", wide.text(),
                                    "”, which nobody recorded here asserts, is denied by Nvidia "
                                    "(2025-08-06).")));
}

TEST_F(NeighbourTest, TheWiderClaimShowsWhatIsAskedOfTheNarrower) {
  const v1::Assessment wide = Assess(kWide);
  ASSERT_EQ(wide.narrower_size(), 1);
  EXPECT_EQ(wide.wider_size(), 0);
  const v1::NeighbouringClaim& narrow = wide.narrower(0);
  EXPECT_EQ(narrow.claim(), "claims/h20-has-backdoors");
  ASSERT_EQ(narrow.asked().speakers_size(), 1);
  EXPECT_EQ(narrow.asked().speakers(0).source(), "sources/cac");
  EXPECT_FALSE(narrow.has_denied());
  EXPECT_THAT(wide.reasons(), Contains(HasSubstr("is asked about by Cyberspace Administration")));
}

TEST_F(NeighbourTest, AsPublishedTheDayBeforeItIsNotDenied) {
  const v1::Assessment before = Assess(kNarrow, "published_until: '2025-08-05'");
  ASSERT_EQ(before.wider_size(), 1);
  EXPECT_FALSE(before.wider(0).has_denied());
  EXPECT_THAT(before.reasons(), Not(Contains(HasSubstr("wider claim"))));
  EXPECT_TRUE(Assess(kNarrow, "published_until: '2025-08-06'").wider(0).has_denied());
}

TEST_F(NeighbourTest, AClaimThatSaysTheSameAsTheWiderCountsForIt) {
  Ok(&Claims::CreateClaim, NewClaim("chips-spy", "Nvidia's chips spy."));
  Says("chips-spy", "blog");
  Relate(kWide, v1::RELATION_KIND_SAME_AS, "chips-spy");
  const v1::Assessment narrow = Assess(kNarrow);
  ASSERT_EQ(narrow.wider_size(), 1);
  ASSERT_TRUE(narrow.wider(0).has_asserted());
  EXPECT_EQ(narrow.wider(0).asserted().speakers(0).source(), "sources/blog");
  EXPECT_TRUE(narrow.wider(0).has_denied());
  EXPECT_THAT(narrow.reasons(),
              Contains(HasSubstr("is asserted by blog and denied by Nvidia (2025-08-06).")));
}

TEST_F(NeighbourTest, MoreThanFiveAreCounted) {
  for (int i = 0; i < 7; ++i) Says(kWide, absl::StrCat("blog", i));
  const v1::Assessment narrow = Assess(kNarrow);
  EXPECT_EQ(narrow.wider(0).asserted().speakers_size(), 5);
  EXPECT_EQ(narrow.wider(0).asserted().speaker_count(), 7);
  EXPECT_THAT(narrow.reasons(),
              Contains(HasSubstr("asserted by blog0, blog1, blog2, blog3, blog4 and 2 more and "
                                 "denied by Nvidia")));
}

TEST_F(NeighbourTest, AContradictingClaimIsJudgedWithThoseThatSayTheSame) {
  const char* const kFailed = "huawei-engineers-failed";
  Ok(&Claims::CreateClaim, NewClaim("it-worked", "It worked."));
  Ok(&Claims::CreateClaim, NewClaim("no-da-chay", "Nó đã chạy."));
  Relate("it-worked", v1::RELATION_KIND_CONTRADICTS, kFailed);
  Says("no-da-chay", "blog");
  EXPECT_FALSE(Assess(kFailed).contradicting(0).asserted());
  Relate("no-da-chay", v1::RELATION_KIND_SAME_AS, "it-worked");
  const v1::Assessment assessment = Assess(kFailed);
  ASSERT_EQ(assessment.contradicting_size(), 1);
  EXPECT_TRUE(assessment.contradicting(0).asserted());
  bool contradicted = false;
  for (const v1::Flag& flag : assessment.flags())
    contradicted |= flag.kind() == v1::FLAG_KIND_CONTRADICTED;
  EXPECT_TRUE(contradicted);
  // Nobody had said so by then, as far as is recorded.
  EXPECT_FALSE(Assess(kFailed, "published_until: '2025-12'").contradicting(0).asserted());
}

}  // namespace
}  // namespace headwater::integration
