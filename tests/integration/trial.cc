#include "trial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "database/check.h"
#include "google/protobuf/util/time_util.h"

namespace headwater::model {
namespace {

using database::Database;
using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;
using kv::FaultEngine;

constexpr uint64_t kNever = uint64_t{1} << 60;
constexpr uint64_t kPlenty = uint64_t{1} << 40;

bool IsNamed(const Request& request) {
  const Op& op = request.ops.front();
  return request.verb != Verb::kCreate || !op.id.empty() || !NameIn(ResourceIn(op.record)).empty();
}

}  // namespace

Trial::Trial(Store* store, uint64_t seed)
    : store_(store),
      chance_(seed),
      clock_(absl::FromUnixSeconds(1'750'000'000)),
      random_(seed),
      pool_(2, 1000),
      requests_(model_, &chance_, "request-"),
      reads_(model_, &chance_, &clock_, [this] { Change(); }) {
  Open();
}

Trial::~Trial() { Close(); }

void Trial::Open() {
  std::shared_ptr<kv::Engine> kept = store_->Open();
  ASSERT_NE(nullptr, kept);
  auto engine = std::make_unique<FaultEngine>(std::move(kept));
  faults_ = engine.get();
  database::Options options;
  options.clock = &clock_;
  options.random = &random_;
  options.pool = &pool_;
  options.follow = false;  // the commits that fail are to be those of changes
  absl::StatusOr<std::unique_ptr<Database>> opened = Database::Open(std::move(engine), options);
  ASSERT_TRUE(opened.ok()) << opened.status();
  database_ = *std::move(opened);
}

void Trial::CheckStore() {
  const absl::StatusOr<database::CheckReport> report = database::Check(faults_, nullptr);
  ASSERT_TRUE(report.ok()) << report.status();
  for (const std::string& problem : report->problems) ADD_FAILURE() << problem;
}

void Trial::Close() { database_.reset(); }

void Trial::Reopen(bool crash) {
  if (crash && store_->can_crash()) {
    ASSERT_TRUE(faults_->Crash().ok());
  }
  Close();
  // What times were read is not kept: the clock must not stand still or go back meanwhile.
  clock_.Set(std::max(clock_.Now(), reads_.read_until()) + absl::Milliseconds(1));
  Open();
}

void Trial::MoveClock() {
  const int64_t sort = chance_.Number(1, 100);
  if (sort <= 50) clock_.Advance(absl::Microseconds(chance_.Number(0, 2000)));
  if (sort == 51) clock_.Advance(absl::Seconds(chance_.Number(1, 40)));
  if (sort == 52) clock_.Advance(absl::Milliseconds(-3));
}

void Trial::Run(int steps) {
  for (int i = 0; i < steps && !::testing::Test::HasFailure(); ++i) Step();
  if (::testing::Test::HasFailure()) return;
  CheckStore();
  for (int64_t sequence : {model_.head(), model_.head() / 2, model_.head() / 5})
    reads_.CheckAll(database_.get(), sequence);
}

void Trial::Step() {
  MoveClock();
  const int64_t sort = chance_.Number(1, 1000);
  if (sort <= 10) return Reopen(/*crash=*/chance_.Of(50));
  if (sort <= 30) return ChangeThatFailsOnce();
  if (sort <= 40) return ChangeOfUnknownOutcome();
  if (sort == 41) return ChangeOfFullStore();
  if (sort <= 61) return faults_->RefuseCacheOnly(chance_.Of(50));
  if (sort <= 550) return Change();
  reads_.CheckOne(database_.get());
}

void Trial::Change() {
  const Request request = requests_.Next();
  Settle(request, Send(request, database_.get()));
}

void Trial::Settle(Request request, const Answer& answer) {
  SCOPED_TRACE(Describe(request));
  if (!IsNamed(request) && answer.status.ok()) {
    const std::string name = NameIn(ResourceIn(answer.resources.at(0)));
    request.ops[0].id = name.substr(name.rfind('/') + 1);
    EXPECT_EQ(request.ops[0].id.size(), 36u) << name;
  }
  const Verdict verdict = model_.Judge(request);
  if (!answer.status.ok()) {
    EXPECT_TRUE(verdict.faults.contains(answer.status.code())) << answer.status;
  } else if (verdict.faults.empty()) {
    CheckAnswer(request, verdict, answer);
    if (::testing::Test::HasFailure()) return;
    // At least one of those who changed is in the answer.
    Timestamp time;
    for (size_t i = 0; i < verdict.answers.size(); ++i) {
      if (verdict.answers[i] <= model_.head()) continue;
      const Message& resource = ResourceIn(answer.resources[i]);
      const auto* field = resource.GetDescriptor()->FindFieldByName("update_time");
      time.CopyFrom(resource.GetReflection()->GetMessage(resource, field));
    }
    if (!verdict.changes.empty()) CheckTime(time);
    model_.Accept(request, verdict, time);
    for (size_t i = 0; i < verdict.answers.size(); ++i) {
      const v1::Record expected = model_.Rendered(model_.At(verdict.answers[i]));
      EXPECT_EQ(expected.DebugString(), answer.resources[i].DebugString());
    }
  } else {
    ADD_FAILURE() << "is accepted, but should be refused with "
                  << absl::StatusCodeToString(*verdict.faults.begin());
  }
  EXPECT_EQ(model_.head(), database_->head());
}

void Trial::CheckAnswer(const Request& request, const Verdict& verdict, const Answer& answer) {
  EXPECT_EQ(verdict.answers.size(), answer.resources.size());
  // Only batches say it.
  const int unchanged = request.batch ? verdict.unchanged_count : 0;
  EXPECT_EQ(unchanged, answer.unchanged_count);
}

// Commit times never go back, and nothing is committed in a past that was read.
void Trial::CheckTime(const Timestamp& time) {
  const absl::Time committed = absl::FromUnixNanos(TimeUtil::TimestampToNanoseconds(time));
  EXPECT_GE(committed, clock_.Now() - absl::Microseconds(1));
  EXPECT_GT(committed, reads_.read_until());
  EXPECT_LT(committed, clock_.Now() + absl::Hours(1));
  if (model_.head() == 0) return;
  const Timestamp& last = model_.At(model_.head()).commit_time();
  EXPECT_GE(TimeUtil::TimestampToNanoseconds(time), TimeUtil::TimestampToNanoseconds(last));
}

bool Trial::FindAccepted(Request* request, Verdict* verdict) {
  for (int i = 0; i < 50; ++i) {
    *request = requests_.Next();
    if (!IsNamed(*request)) continue;
    *verdict = model_.Judge(*request);
    if (verdict->faults.empty() && !verdict->changes.empty()) return true;
  }
  return false;
}

void Trial::ChangeThatFailsOnce() {
  Request request;
  Verdict verdict;
  if (!FindAccepted(&request, &verdict)) return;
  const bool landed = chance_.Of(50);
  faults_->FailCommit(1, landed ? FaultEngine::Landed::kYes : FaultEngine::Landed::kNo);
  const Answer answer = Send(request, database_.get());
  faults_->FailCommit(kNever, FaultEngine::Landed::kNo);
  // Recovery finds out what became of it.
  if (landed) return Settle(request, answer);
  EXPECT_EQ(absl::StatusCode::kUnavailable, answer.status.code()) << answer.status;
  EXPECT_EQ(model_.head(), database_->head());
}

void Trial::ChangeOfUnknownOutcome() {
  Request request;
  Verdict verdict;
  if (!FindAccepted(&request, &verdict)) return;
  SCOPED_TRACE(Describe(request));
  bool landed = chance_.Of(60);
  faults_->FailCommit(1, landed ? FaultEngine::Landed::kYes : FaultEngine::Landed::kNo);
  faults_->FailRecover(kNever);
  const Answer answer = Send(request, database_.get());
  EXPECT_EQ(absl::StatusCode::kUnavailable, answer.status.code()) << answer.status;
  if (store_->can_crash() && chance_.Of(70)) {
    const size_t kept = chance_.Number(0, 1);
    ASSERT_TRUE(faults_->Crash(kept).ok());
    landed = landed && kept == 1;
  }
  Reopen(/*crash=*/false);
  if (::testing::Test::HasFatalFailure()) return;
  const int64_t size = landed ? static_cast<int64_t>(verdict.changes.size()) : 0;
  ASSERT_EQ(model_.head() + size, database_->head());
  if (landed) {
    // It was made whole, only nobody was told: the next answers must show it.
    const v1::Revision& first = verdict.changes.front();
    Timestamp time;
    ForKind(KindIn(first.record()), [&](auto api) {
      typename decltype(api)::Get get;
      get.set_name(NameIn(ResourceIn(first.record())));
      get.set_show_deleted(true);
      const database::Reply reply = database_->Read(get, kv::Patience::kMayWait);
      ASSERT_TRUE(reply.ok()) << reply.status();
      typename decltype(api)::Resource resource;
      ASSERT_TRUE(resource.ParseFromString(*reply));
      time = resource.update_time();
    });
    model_.Accept(request, verdict, time);
  }
  if (!request.request_id.empty()) Settle(request, Send(request, database_.get()));
}

void Trial::ChangeOfFullStore() {
  Request request;
  Verdict verdict;
  if (!FindAccepted(&request, &verdict)) return;
  faults_->FillUpAfter(0);
  Answer answer = Send(request, database_.get());
  EXPECT_EQ(absl::StatusCode::kResourceExhausted, answer.status.code()) << answer.status;
  EXPECT_EQ(model_.head(), database_->head());
  reads_.CheckAll(database_.get(), model_.head());
  faults_->MakeRoom(kPlenty);
  for (int i = 0; i < 100 && absl::IsResourceExhausted(answer.status); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    answer = Send(request, database_.get());
  }
  Settle(request, answer);
}

}  // namespace headwater::model
