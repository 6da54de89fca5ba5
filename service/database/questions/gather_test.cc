// What Gather() refuses, and what it leaves to the pool. That it gathers the right things, at any
// state, is what tests/integration/model_test.cc holds.
#include "database/questions/gather.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "base/worker_pool.h"
#include "database/api.h"
#include "database/database.h"
#include "kv/fault_engine.h"
#include "kv/memory_engine.h"

namespace headwater::database {
namespace {

using ::testing::HasSubstr;

class GatherTest : public ::testing::Test {
 protected:
  GatherTest() {
    Options options;
    options.pool = &pool_;
    options.follow = false;
    database_ = *Database::Open(std::make_unique<kv::FaultEngine>(engine_), options);
    MakeClaim("c");
    MakeSource("s");
    MakeDocument("d", "s");
  }

  template <class Request>
  void Write(const Request& request) {
    const Reply reply = database_->WriteAndWait(request);
    ASSERT_TRUE(reply.ok()) << reply.status();
  }
  void MakeClaim(const std::string& id) {
    v1::CreateClaimRequest request;
    request.set_claim_id(id);
    request.mutable_claim()->set_text("It is so.");
    request.mutable_claim()->set_language("en");
    request.mutable_claim()->set_nature(v1::CLAIM_NATURE_FACT);
    Write(request);
  }
  void MakeSource(const std::string& id, const std::string& part_of = "",
                  const std::string& same_as = "") {
    v1::CreateSourceRequest request;
    request.set_source_id(id);
    request.mutable_source()->set_kind(v1::SOURCE_KIND_NEWS_OUTLET);
    request.mutable_source()->set_display_name(id);
    if (!part_of.empty()) request.mutable_source()->set_part_of(absl::StrCat("sources/", part_of));
    if (!same_as.empty()) request.mutable_source()->add_same_as(same_as);
    Write(request);
  }
  void MakeDocument(const std::string& id, const std::string& publisher) {
    v1::CreateDocumentRequest request;
    request.set_document_id(id);
    request.mutable_document()->set_publisher(absl::StrCat("sources/", publisher));
    request.mutable_document()->set_title(id);
    Write(request);
  }
  void MakeAttribution(const std::string& claim, const std::string& id, int citations = 0) {
    v1::CreateAttributionRequest request;
    request.set_parent(absl::StrCat("claims/", claim));
    request.set_attribution_id(id);
    request.mutable_attribution()->set_source("sources/s");
    request.mutable_attribution()->set_document("documents/d");
    request.mutable_attribution()->set_stance(v1::STANCE_ASSERTS);
    request.mutable_attribution()->add_hedges("may");
    for (int i = 0; i < citations; ++i) {
      v1::Citation* citation = request.mutable_attribution()->add_cites();
      citation->set_source("sources/t");
      citation->set_stance(static_cast<v1::Stance>(i));
    }
    Write(request);
  }
  void Relate(const std::string& claim, const std::string& target,
              v1::RelationKind kind = v1::RELATION_KIND_SAME_AS) {
    v1::CreateRelationRequest request;
    request.set_parent(absl::StrCat("claims/", claim));
    request.mutable_relation()->set_kind(kind);
    request.mutable_relation()->set_target(absl::StrCat("claims/", target));
    request.mutable_relation()->set_state(v1::RELATION_STATE_CONFIRMED);
    request.mutable_relation()->set_confirmed_by("the desk");
    Write(request);
  }

  absl::StatusOr<Gathered> Gathering(const GatherBounds& bounds = {},
                                     kv::Patience patience = kv::Patience::kMayWait) {
    Reading reading;
    reading.point.view.snapshot = *engine_->TakeSnapshot();
    reading.point.view.head = reading.point.view.snapshot->head();
    reading.point.sequence = reading.point.view.head;
    reading.patience = patience;
    return Gather(reading, keys::Name{keys::Kind::kClaim, "", "c"}, bounds);
  }
  // That what is there may be gathered with a bound of `most`, and not of one less.
  void ExpectBound(size_t GatherBounds::*bound, size_t most, const std::string& what) {
    GatherBounds bounds;
    bounds.*bound = most;
    EXPECT_TRUE(Gathering(bounds).ok()) << Gathering(bounds).status();
    bounds.*bound = most - 1;
    const absl::Status status = Gathering(bounds).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << what;
    EXPECT_THAT(
        std::string(status.message()),
        HasSubstr(absl::StrCat("claims/c cannot be worked through: behind it stand more than ",
                               most - 1, " ", what)));
  }

  std::shared_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  WorkerPool pool_{2, 100};
  std::unique_ptr<Database> database_;
};

TEST_F(GatherTest, EveryBoundIsToldByName) {
  MakeSource("t");
  MakeSource("v1", "s");
  MakeSource("v2", "v1", "urn:x");
  MakeSource("v3", "", "urn:x");
  MakeSource("elsewhere", "", "urn:y");
  for (const char* id : {"e", "f"}) MakeClaim(id);
  MakeAttribution("c", "a", 3);
  MakeAttribution("e", "a");
  Relate("c", "e");
  Relate("f", "c", v1::RELATION_KIND_CONTRADICTS);
  Relate("e", "f", v1::RELATION_KIND_CONTRADICTS);
  ExpectBound(&GatherBounds::claims, 2, "claims that say the same");
  ExpectBound(&GatherBounds::contradicting, 1, "claims that contradict it");
  // Each as its own and as the other's; those of f once more, for whoever says the same as it.
  ExpectBound(&GatherBounds::relations, 6, "relations");
  ExpectBound(&GatherBounds::attributions, 2, "attributions");
  ExpectBound(&GatherBounds::citations, 5, "citations and hedges");
  ExpectBound(&GatherBounds::documents, 1, "documents");
  ExpectBound(&GatherBounds::sources, 5, "sources");
  ExpectBound(&GatherBounds::voice, 4, "sources of one voice");
  GatherBounds bounds;
  bounds.bytes = 100;
  EXPECT_THAT(std::string(Gathering(bounds).status().message()), HasSubstr("bytes of records"));
}

TEST_F(GatherTest, WiderAndNarrowerClaimsAreBoundedEachAndAHundredJudged) {
  for (int i = 0; i < 101; ++i) {
    const std::string id = absl::StrCat("wide", 100 + i);
    MakeClaim(id);
    Relate("c", id, v1::RELATION_KIND_NARROWS);
  }
  MakeClaim("narrow");
  Relate("narrow", "c", v1::RELATION_KIND_NARROWS);
  MakeAttribution("wide100", "a");
  MakeAttribution("narrow", "a");
  ExpectBound(&GatherBounds::wider, 101, "wider claims");
  const absl::StatusOr<Gathered> gathered = Gathering();
  EXPECT_EQ(gathered->wider_count, 101U);
  ASSERT_EQ(gathered->wider.size(), 100U);
  EXPECT_EQ(gathered->wider[0].asserted.count, 1U);
  EXPECT_EQ(gathered->wider[1].asserted.count, 0U);
  ASSERT_EQ(gathered->narrower.size(), 1U);
  EXPECT_EQ(gathered->narrower[0].asserted.speakers[0].source, "s");
}

TEST_F(GatherTest, MuchIsNotForTheSpot) {
  MakeAttribution("c", "a");
  EXPECT_TRUE(Gathering({}, kv::Patience::kCacheOnly).ok());
  for (size_t i = 0; i < GatherBudget::kRowsOnTheSpot; ++i)
    MakeAttribution("c", absl::StrCat("b", i));
  EXPECT_TRUE(kv::IsWouldBlock(Gathering({}, kv::Patience::kCacheOnly).status()));
  EXPECT_EQ(Gathering()->a_case.attributions.size(), GatherBudget::kRowsOnTheSpot + 1);
}

TEST_F(GatherTest, OnlyUrisThatAreSharedAreKept) {
  MakeSource("v1", "s", "urn:alone");
  MakeSource("v2", "s", "urn:shared");
  MakeSource("v3", "s", "urn:shared");
  MakeAttribution("c", "a");
  const Gathered gathered = *Gathering();
  ASSERT_EQ(gathered.a_case.sources.size(), 4U);
  EXPECT_TRUE(gathered.a_case.sources[1].same_as.empty());
  EXPECT_EQ(gathered.a_case.sources[2].same_as, std::vector<std::string>{"urn:shared"});
}

TEST_F(GatherTest, AClaimThatIsNotThereIsNotFound) {
  v1::DeleteClaimRequest request;
  request.set_name("claims/c");
  request.set_reason("Mistake");
  Write(request);
  EXPECT_EQ(Gathering().status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace headwater::database
