// What somebody would try who means harm: each attempt is answered, costs what it may, and leaves a
// server that answers everybody else.
#include <grpc/support/time.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/make.h"
#include "testing/pending.h"
#include "testing/samples.h"
#include "testing/server.h"

namespace headwater::integration {
namespace {

class AttackTest : public ::testing::Test {
 protected:
  AttackTest() { EXPECT_TRUE(Create("victim").ok()); }
  ~AttackTest() override {
    const auto get = server_.NewClient().Call(&Claims::GetClaim, ClaimNamed("victim"));
    EXPECT_TRUE(get.ok()) << Show(get.status);
    EXPECT_TRUE(Create("afterwards").ok());
  }

  Answer<v1::Claim> Create(const std::string& id, const Client::Prepare& prepare = {}) {
    return server_.NewClient().Call(&Claims::CreateClaim, NewClaim(id), prepare);
  }
  const Client& client() { return server_.client(); }

  TestServer server_;
};

TEST_F(AttackTest, HealthIsToldOfEveryService) {
  const std::string path = "/grpc.health.v1.Health/Check";
  const std::string serving("\x08\x01", 2);
  std::string response;
  EXPECT_TRUE(client().CallRaw(path, "", &response).ok());
  EXPECT_EQ(response, serving);
  for (const auto* method : AllMethods()) {
    const std::string& service = method->service()->full_name();
    std::string request("\x0a");
    request.push_back(static_cast<char>(service.size()));
    EXPECT_TRUE(client().CallRaw(path, request + service, &response).ok()) << service;
    EXPECT_EQ(response, serving) << service;
  }
}

// Deadlines further off than 64 bits of nanoseconds reach are deadlines nevertheless.
TEST_F(AttackTest, DeadlinesInThousandsOfYears) {
  for (const int64_t seconds : {int64_t{1} << 31, int64_t{8'000'000'000}, int64_t{9'223'372'036},
                                int64_t{18'446'744'073}, int64_t{300'000'000'000}}) {
    const auto answer =
        Create(absl::StrCat("in-", seconds), [seconds](grpc::ClientContext* context) {
          gpr_timespec deadline = gpr_now(GPR_CLOCK_REALTIME);
          deadline.tv_sec += seconds;
          context->set_deadline(deadline);
        });
    EXPECT_TRUE(answer.ok()) << seconds << ": " << Show(answer.status);
  }
}

// A little on the wire that is much in memory: refused before it is unpacked, whatever is in it.
TEST_F(AttackTest, MessagesThatSwellWhenDecompressed) {
  for (const auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    for (const size_t size : {size_t{4000}, size_t{64} << 20}) {
      const v1::CreateClaimRequest request = NewClaim("swollen", std::string(size, 'a'));
      const auto answer =
          client().Call(&Claims::CreateClaim, request, [algorithm](grpc::ClientContext* context) {
            context->set_compression_algorithm(algorithm);
          });
      EXPECT_EQ(answer.code(), grpc::StatusCode::UNIMPLEMENTED) << Show(answer.status);
    }
  }
}

TEST_F(AttackTest, StormsOfCancelledReads) {
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(Create(absl::StrCat("c", i)).ok());
  v1::ListClaimsRequest every;
  every.set_page_size(1000);
  server_.faults().read_gate().Delay(std::chrono::milliseconds(2));
  for (int wave = 0; wave < 10; ++wave) {
    std::vector<std::unique_ptr<Pending<v1::ListClaimsResponse>>> lists;
    for (int i = 0; i < 200; ++i) lists.push_back(BeginList(client(), every));
    for (const auto& list : lists) list->Cancel();
    for (const auto& list : lists) {
      EXPECT_TRUE(list->Wait().ok() || list->Wait().code() == grpc::StatusCode::CANCELLED)
          << Show(list->Wait().status);
    }
  }
}

TEST_F(AttackTest, StormsOfCancelledWritesLeaveWholeOnesOrNone) {
  std::vector<Client> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(server_.NewClient());
  int64_t expected = server_.head();
  for (int wave = 0; wave < 10; ++wave) {
    std::vector<std::unique_ptr<Pending<v1::Claim>>> writes;
    for (int i = 0; i < 200; ++i) {
      writes.push_back(BeginCreate(clients[i % 4], NewClaim(absl::StrCat("w", wave, "-", i))));
      if (i % 3 == 0) writes.back()->Cancel();
    }
    for (const auto& write : writes) {
      if (write->Wait().ok()) ++expected;
    }
  }
  EXPECT_GE(server_.head(), expected) << "what was acknowledged is there";
  v1::ListClaimsRequest every;
  every.set_page_size(1000);
  int64_t listed = 0;
  do {
    const auto page = client().Call(&Claims::ListClaims, every);
    ASSERT_TRUE(page.ok()) << Show(page.status);
    listed += page.message.claims_size();
    every.set_page_token(page.message.next_page_token());
  } while (!every.page_token().empty());
  EXPECT_TRUE(Eventually([&] { return server_.head() >= listed; }));
}

// A page that must look far for its rows goes to the pool, though few are asked for.
TEST_F(AttackTest, SelectiveListingsDoNotRunOnGrpcsThreads) {
  v1::BatchCreateClaimsRequest batch;
  for (int i = 0; i < 5000; ++i) {
    *batch.add_requests() = NewClaim(absl::StrCat("c", i));
    batch.mutable_requests(i)->mutable_claim()->add_tags("common");
  }
  ASSERT_TRUE(client().Call(&Claims::BatchCreateClaims, batch).ok());
  v1::ListClaimsRequest list;
  list.set_page_size(1);
  list.set_tag("common");
  list.set_language("vi");  // none is
  const uint64_t patient = server_.faults().counts().may_wait_reads;
  const uint64_t on_the_spot = server_.faults().counts().cache_only_reads;
  const auto page = client().Call(&Claims::ListClaims, list);
  EXPECT_TRUE(page.ok()) << Show(page.status);
  EXPECT_EQ(page.message.claims_size(), 0);
  EXPECT_GT(server_.faults().counts().may_wait_reads, patient);
  EXPECT_LT(server_.faults().counts().cache_only_reads - on_the_spot, 500U);
}

// Nor does the deletion of a claim with thousands of children.
TEST_F(AttackTest, LargeDeletionsDoNotRunOnGrpcsThreads) {
  ASSERT_TRUE(client().Call(&Sources::CreateSource, NewSource("s")).ok());
  ASSERT_TRUE(client().Call(&Documents::CreateDocument, NewDocument("d", "s")).ok());
  v1::BatchCreateAttributionsRequest batch;
  for (int i = 0; i < 3000; ++i) {
    *batch.add_requests() = NewAttribution("victim", "s", "d");
    batch.mutable_requests(i)->set_attribution_id(absl::StrCat("a", i));
  }
  ASSERT_TRUE(client().Call(&Attributions::BatchCreateAttributions, batch).ok());
  const uint64_t on_the_spot = server_.faults().counts().cache_only_reads;
  v1::DeleteClaimRequest remove;
  remove.set_name("claims/victim");
  remove.set_reason("for the test");
  remove.set_force(true);
  EXPECT_TRUE(client().Call(&Claims::DeleteClaim, remove).ok());
  v1::UndeleteClaimRequest undelete;
  undelete.set_name("claims/victim");
  EXPECT_TRUE(client().Call(&Claims::UndeleteClaim, undelete).ok());
  EXPECT_LT(server_.faults().counts().cache_only_reads - on_the_spot, 100U);
}

// Updates whose masks name a hundred thousand fields.
TEST_F(AttackTest, EndlessMasks) {
  v1::UpdateClaimRequest update;
  update.mutable_claim()->set_name("claims/victim");
  update.mutable_claim()->set_note("masked");
  for (int i = 0; i < 100'000; ++i) update.mutable_update_mask()->add_paths("note");
  const auto answer = client().Call(&Claims::UpdateClaim, update);
  EXPECT_TRUE(answer.ok() || answer.code() == grpc::StatusCode::INVALID_ARGUMENT);
  if (answer.ok()) {
    EXPECT_EQ(answer.message.note(), "masked");
  }
}

// Violations of thousands of rows come back as the first few, not as megabytes.
TEST_F(AttackTest, ErrorsStaySmall) {
  v1::BatchCreateClaimsRequest batch;
  for (int i = 0; i < 10'000; ++i) batch.add_requests()->mutable_claim()->set_text("\x01");
  const auto answer = client().Call(&Claims::BatchCreateClaims, batch);
  EXPECT_EQ(answer.code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_FALSE(BadFields(answer.status).empty());
  EXPECT_LT(answer.status.error_details().size(), 4096U);
}

// A claim of some 900 KB, every field within its bounds.
v1::CreateClaimRequest LargeClaim(const std::string& id) {
  v1::CreateClaimRequest request = NewClaim(id);
  std::string text;
  for (int c = 0; c < 5000; ++c) text.append("\xe1\xba\xbf");
  for (int i = 0; i < 60; ++i) {
    v1::LocalizedText* translation = request.mutable_claim()->add_translations();
    translation->set_language(
        {'q', static_cast<char>('a' + i / 26), static_cast<char>('a' + i % 26)});
    translation->set_text(text);
  }
  return request;
}

// Little is asked, and much would have to be answered: refused before anything is done, for an
// answer that cannot be sent would look like a failure after the fact.
TEST_F(AttackTest, RequestsWhoseAnswersAreTooLargeToSend) {
  v1::BatchGetClaimsRequest get;
  v1::BatchUpdateClaimsRequest update;
  v1::BatchDeleteClaimsRequest remove;
  for (int batch = 0; batch < 3; ++batch) {
    v1::BatchCreateClaimsRequest create;
    for (int i = 0; i < 17; ++i) {
      const std::string id = absl::StrCat("large-", batch, "-", i);
      *create.add_requests() = LargeClaim(id);
      get.add_names(absl::StrCat("claims/", id));
      update.add_requests()->mutable_claim()->set_name(absl::StrCat("claims/", id));
      update.mutable_requests(update.requests_size() - 1)->mutable_claim()->set_note("small");
      remove.add_requests()->set_name(absl::StrCat("claims/", id));
      remove.mutable_requests(remove.requests_size() - 1)->set_reason("small");
    }
    const auto made = client().Call(&Claims::BatchCreateClaims, create);
    ASSERT_TRUE(made.ok()) << Show(made.status);
  }
  const int64_t head = server_.head();
  const auto got = client().Call(&Claims::BatchGetClaims, get);
  EXPECT_THAT(BadFields(got.status), ::testing::ElementsAre("names")) << Show(got.status);
  const auto updated = client().Call(&Claims::BatchUpdateClaims, update);
  EXPECT_THAT(BadFields(updated.status), ::testing::ElementsAre("requests"))
      << Show(updated.status);
  const auto removed = client().Call(&Claims::BatchDeleteClaims, remove);
  EXPECT_THAT(BadFields(removed.status), ::testing::ElementsAre("requests"))
      << Show(removed.status);
  EXPECT_EQ(server_.head(), head);
  // Pages are cut instead.
  v1::ListClaimsRequest list;
  list.set_page_size(1000);
  int listed = 0;
  do {
    const auto page = client().Call(&Claims::ListClaims, list);
    ASSERT_TRUE(page.ok()) << Show(page.status);
    EXPECT_LT(page.message.ByteSizeLong(), 4U << 20);
    listed += page.message.claims_size();
    list.set_page_token(page.message.next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(listed, 52);
}

}  // namespace
}  // namespace headwater::integration
