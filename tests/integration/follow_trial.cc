#include "follow_trial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "database/check.h"
#include "database/rebuild.h"
#include "sender.h"

namespace headwater::model {
namespace {

using database::Database;
using kv::FaultEngine;
using kv::Patience;

constexpr uint64_t kPlenty = uint64_t{1} << 40;
constexpr auto kLongEnough = std::chrono::seconds(30);

google::protobuf::Timestamp SomeTime() {
  google::protobuf::Timestamp time;
  time.set_seconds(1'750'000'000);
  return time;
}

}  // namespace

FollowTrial::FollowTrial(Store* store, uint64_t seed)
    : store_(store), chance_(seed), pool_(4, 1000), requests_(model_, &chance_, "request-") {}

void FollowTrial::Open(const database::FollowLimits* limits) {
  std::shared_ptr<kv::Engine> kept = store_->Open();
  ASSERT_NE(nullptr, kept);
  auto engine = std::make_unique<FaultEngine>(std::move(kept));
  faults_ = engine.get();
  database::Options options;
  options.pool = &pool_;
  options.follow = limits != nullptr;
  if (limits != nullptr) options.follow_limits = *limits;
  options.index_limits = RandomIndexLimits();
  absl::StatusOr<std::unique_ptr<Database>> opened = Database::Open(std::move(engine), options);
  ASSERT_TRUE(opened.ok()) << opened.status();
  database_ = *std::move(opened);
}

database::FollowLimits FollowTrial::RandomLimits() {
  database::FollowLimits limits;
  if (chance_.Of(20)) return limits;
  limits.entries = static_cast<uint64_t>(chance_.One(std::vector<int>{1, 3, 10, 50}));
  limits.claims = static_cast<size_t>(chance_.Number(1, 3));
  limits.assessments = static_cast<size_t>(chance_.Number(1, 3));
  limits.piece = static_cast<size_t>(chance_.Number(1, 3));
  limits.held = static_cast<size_t>(chance_.Number(2, 4));
  return limits;
}

database::IndexLimits FollowTrial::RandomIndexLimits() {
  database::IndexLimits limits;
  if (chance_.Of(20)) return limits;
  limits.entries = static_cast<uint64_t>(chance_.One(std::vector<int>{1, 3, 10, 50}));
  limits.piece = static_cast<size_t>(chance_.Number(1, 4));
  limits.small_piece = static_cast<size_t>(chance_.Number(1, 3));
  limits.held = static_cast<size_t>(chance_.Number(2, 4));
  limits.gather = std::chrono::milliseconds(chance_.Number(0, 10));
  return limits;
}

void FollowTrial::Change(int requests) {
  for (int i = 0; i < requests && !::testing::Test::HasFailure(); ++i) Make(requests_.Next());
}

bool FollowTrial::Make(Request request) {
  const Answer answer = Send(request, database_.get());
  if (!answer.status.ok()) return false;
  SCOPED_TRACE(Describe(request));
  if (request.verb == Verb::kCreate && !request.batch && !answer.resources.empty()) {
    const std::string name = NameIn(ResourceIn(answer.resources[0]));
    request.ops[0].id = name.substr(name.rfind('/') + 1);
  }
  const Verdict verdict = model_.Judge(request);
  EXPECT_TRUE(verdict.faults.empty());
  if (!verdict.faults.empty()) return false;
  model_.Accept(request, verdict, SomeTime());
  EXPECT_EQ(model_.head(), database_->head());
  return true;
}

void FollowTrial::CatchUp() {
  ASSERT_TRUE(database_->WaitForStandings(head(), kLongEnough));
  ASSERT_TRUE(database_->WaitForIndex(head(), kLongEnough));
}

void FollowTrial::CatchUpInTrouble() {
  database::FollowLimits limits = RandomLimits();
  Open(&limits);
  for (int trouble = 0; trouble < 6 && !::testing::Test::HasFailure(); ++trouble) {
    const int64_t sort = chance_.Number(1, 5);
    const auto commit = static_cast<uint64_t>(chance_.Number(1, 4));
    if (sort == 1) faults_->FailCommit(commit, FaultEngine::Landed::kYes);
    if (sort == 2) faults_->FailCommit(commit, FaultEngine::Landed::kNo);
    if (sort == 3) {
      faults_->FailCommit(commit, FaultEngine::Landed::kYes);
      faults_->FailRecover(2);
    }
    if (sort == 4) {
      faults_->FillUpAfter(static_cast<uint64_t>(chance_.Number(0, 3000)));
      std::this_thread::sleep_for(std::chrono::milliseconds(chance_.Number(0, 30)));
      faults_->MakeRoom(kPlenty);
    }
    if (chance_.Of(50)) CheckOnTheWay();
    std::this_thread::sleep_for(std::chrono::milliseconds(chance_.Number(0, 40)));
    if (sort < 5) continue;
    if (store_->can_crash()) {
      ASSERT_TRUE(faults_->Crash(static_cast<size_t>(chance_.Number(0, 5))).ok());
    }
    Close();
    limits = RandomLimits();
    Open(&limits);
    CheckStore();
  }
  if (!::testing::Test::HasFailure()) CatchUp();
}

void FollowTrial::Rebuild() {
  Close();
  if (chance_.Of(50)) {
    Open(nullptr);
    ASSERT_TRUE(database::DropStandings(faults_).ok());
    ASSERT_TRUE(database::DropIndex(faults_).ok());
    Close();
    const database::FollowLimits limits = RandomLimits();
    Open(&limits);
    return CheckOnTheWay();
  }
  const auto engine = [&] { return std::make_unique<FaultEngine>(store_->Open()); };
  absl::Status status = database::RebuildStandings(engine(), nullptr);
  ASSERT_TRUE(status.ok()) << status;
  status = database::RebuildIndex(engine(), database::Options().vector_memory_bytes, nullptr);
  ASSERT_TRUE(status.ok()) << status;
  const database::FollowLimits limits = RandomLimits();
  Open(&limits);
}

void FollowTrial::CheckStore() {
  const absl::StatusOr<database::CheckReport> report = database::Check(faults_, nullptr);
  ASSERT_TRUE(report.ok()) << report.status();
  for (const std::string& problem : report->problems) ADD_FAILURE() << problem;
}

const FollowTrial::AllStand& FollowTrial::Assessed(int64_t sequence) {
  const auto [entry, is_new] = assessed_.try_emplace(sequence);
  if (!is_new) return entry->second;
  for (const std::string& name : model_.Names(Kind::kClaim, sequence)) {
    if (!model_.IsLive(name, sequence)) continue;
    v1::AssessClaimRequest request;
    request.set_name(name);
    request.mutable_read()->set_sequence(sequence);
    const database::Reply reply = database_->Read(request, Patience::kMayWait);
    v1::Assessment assessment;
    EXPECT_TRUE(reply.ok() && assessment.ParseFromString(*reply)) << reply.status();
    Stands& stands = entry->second[name];
    stands.standing = assessment.standing();
    for (const v1::Flag& flag : assessment.flags()) stands.flags.insert(flag.kind());
  }
  return entry->second;
}

absl::StatusOr<v1::ListClaimsResponse> FollowTrial::List(v1::ListClaimsRequest request) {
  v1::ListClaimsResponse all;
  for (bool first = true; first || !request.page_token().empty(); first = false) {
    database::Reply reply = database_->Read(request, Patience::kCacheOnly);
    if (kv::IsWouldBlock(reply.status())) reply = database_->Read(request, Patience::kMayWait);
    if (!reply.ok()) return reply.status();
    v1::ListClaimsResponse page;
    if (!page.ParseFromString(*reply)) return absl::DataLossError("no page");
    request.set_page_token(page.next_page_token());
    if (!first) {
      EXPECT_EQ(all.read_sequence(), page.read_sequence());
    }
    all.MergeFrom(page);
  }
  return all;
}

void FollowTrial::CheckList(const v1::ListClaimsRequest& request,
                            const v1::ListClaimsResponse& response, int64_t sequence) {
  SCOPED_TRACE(request.ShortDebugString());
  v1::ListClaimsRequest whole = request;
  whole.clear_standing();
  whole.clear_flags();
  std::vector<std::string> expected;
  const AllStand& assessed = Assessed(sequence);
  for (const v1::Record& record : model_.Listed(whole, sequence)) {
    const auto found = assessed.find(record.claim().name());
    const Stands stands = found == assessed.end() ? Stands() : found->second;
    const bool fits = (request.standing() == 0 || request.standing() == stands.standing) &&
                      std::all_of(request.flags().begin(), request.flags().end(),
                                  [&](int flag) { return stands.flags.contains(flag); });
    if (fits) expected.push_back(record.claim().name());
  }
  // Where it asks for a period alone, the model lists by days.
  if (request.standing() != 0 || request.flags_size() > 0)
    std::sort(expected.begin(), expected.end(), NameBefore);
  std::vector<std::string> listed;
  for (const v1::Claim& claim : response.claims()) listed.push_back(claim.name());
  EXPECT_EQ(expected, listed) << "at " << sequence;
  ASSERT_EQ(response.claims_size(), response.standings_size());
  for (int i = 0; i < response.standings_size(); ++i) {
    const v1::ClaimStanding& told = response.standings(i);
    EXPECT_EQ(told.claim(), response.claims(i).name());
    EXPECT_LE(told.since_sequence(), sequence);
    EXPECT_FALSE(told.too_much());
    const auto found = assessed.find(told.claim());
    const Stands stands = found == assessed.end() ? Stands() : found->second;
    const Stands listed_as{told.standing(), {told.flags().begin(), told.flags().end()}};
    EXPECT_TRUE(listed_as == stands)
        << told.ShortDebugString() << " at " << sequence << ", after "
        << (sequence == 0 ? "nothing" : model_.At(sequence).ShortDebugString());
  }
}

// The last request that made it stand otherwise than before.
void FollowTrial::CheckSince(const v1::ClaimStanding& told, int64_t sequence) {
  const auto at = [&](int64_t s) {
    const AllStand& all = Assessed(s);
    const auto found = all.find(told.claim());
    return found == all.end() ? Stands() : found->second;
  };
  const Stands now = at(sequence);
  int64_t since = 0;
  for (int64_t s = model_.RoundedDown(sequence); s > 0;) {
    const int64_t before = model_.RoundedDown(model_.At(s).first_sequence() - 1);
    if (!(at(before) == now)) {
      since = s;
      break;
    }
    s = before;
  }
  EXPECT_EQ(since, told.since_sequence()) << told.claim() << " at " << sequence;
}

v1::ListClaimsRequest FollowTrial::RandomList() {
  v1::ListClaimsRequest request;
  request.set_show_standings(true);
  request.set_page_size(static_cast<int>(chance_.Number(1, 4)));
  request.set_show_deleted(chance_.Of(20));
  if (chance_.Of(60))
    request.set_standing(static_cast<v1::Standing>(chance_.Number(1, v1::Standing_MAX)));
  for (int i = 0; i < 2; ++i) {
    if (chance_.Of(30))
      request.add_flags(static_cast<v1::FlagKind>(chance_.Number(1, v1::FlagKind_MAX)));
  }
  RandomRecords& records = requests_.records();
  if (chance_.Of(20)) request.set_about(records.About());
  if (chance_.Of(20)) request.set_tag(records.Tag());
  if (chance_.Of(20)) request.set_language(records.Language());
  if (chance_.Of(20)) request.set_nature(v1::CLAIM_NATURE_FACT);
  if (chance_.Of(15)) request.set_subject_from("2025");
  return request;
}

void FollowTrial::CheckAll(int64_t last, bool exactly_since) {
  for (int64_t sequence = 0; sequence <= last && !::testing::Test::HasFailure(); ++sequence) {
    if (model_.RoundedDown(sequence) != sequence) continue;
    v1::ListClaimsRequest request;
    request.mutable_read()->set_sequence(sequence);
    request.set_show_standings(true);
    std::vector<v1::ListClaimsRequest> requests = {request};
    for (int standing = 1; standing <= v1::Standing_MAX; ++standing) {
      requests.push_back(request);
      requests.back().set_standing(static_cast<v1::Standing>(standing));
    }
    for (int flag = 1; flag <= v1::FlagKind_MAX; ++flag) {
      requests.push_back(request);
      requests.back().add_flags(static_cast<v1::FlagKind>(flag));
    }
    for (int i = 0; i < 4; ++i) {
      requests.push_back(RandomList());
      requests.back().mutable_read()->set_sequence(sequence);
    }
    for (const v1::ListClaimsRequest& one : requests) {
      const absl::StatusOr<v1::ListClaimsResponse> response = List(one);
      ASSERT_TRUE(response.ok()) << response.status();
      CheckList(one, *response, sequence);
      if (!exactly_since) continue;
      for (const v1::ClaimStanding& told : response->standings()) CheckSince(told, sequence);
    }
  }
}

void FollowTrial::CheckOnTheWay() {
  for (int i = 0; i < 5 && !::testing::Test::HasFailure(); ++i) {
    v1::ListClaimsRequest request = RandomList();
    const int64_t asked = model_.RoundedDown(chance_.Number(0, head()));
    if (chance_.Of(60)) request.mutable_read()->set_sequence(asked);
    const int64_t watermark = database_->standings().watermark;
    const absl::StatusOr<v1::ListClaimsResponse> response = List(request);
    if (absl::IsUnavailable(response.status())) {
      EXPECT_TRUE(!request.read().has_sequence() || asked > watermark) << response.status();
      continue;
    }
    ASSERT_TRUE(response.ok()) << response.status();
    if (request.read().has_sequence()) {
      EXPECT_EQ(asked, response->read_sequence());
    }
    CheckList(request, *response, response->read_sequence());
  }
}

}  // namespace headwater::model
