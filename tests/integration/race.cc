#include "race.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "mask.h"
#include "random_requests.h"
#include "reads.h"
#include "trial.h"

namespace headwater::model {
namespace {

using database::Database;

constexpr int kFirstSteps = 150;

// What a request may be refused with in a race; anything else is a fault of the database.
bool IsExpected(absl::StatusCode code) {
  return code == absl::StatusCode::kOk || code == absl::StatusCode::kInvalidArgument ||
         code == absl::StatusCode::kNotFound || code == absl::StatusCode::kAlreadyExists ||
         code == absl::StatusCode::kFailedPrecondition || code == absl::StatusCode::kAborted;
}

template <class A>
void AddRevisions(const std::string& name, Database* database, std::vector<v1::Revision>* log) {
  typename A::Revisions request;
  request.set_name(name);
  do {
    const database::Reply reply = database->Read(request, kv::Patience::kMayWait);
    if (absl::IsNotFound(reply.status())) return;
    ASSERT_TRUE(reply.ok()) << reply.status();
    typename A::RevisionsResponse page;
    ASSERT_TRUE(page.ParseFromString(*reply));
    log->insert(log->end(), page.revisions().begin(), page.revisions().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
}

}  // namespace

Race::Race(Store* store, uint64_t seed) : seed_(seed), pool_(4, 1000) {
  {
    Trial trial(store, seed);
    trial.Run(kFirstSteps);
    model_ = trial.model();
  }
  std::shared_ptr<kv::Engine> kept = store->Open();
  if (kept == nullptr) return;  // the test has failed
  auto engine = std::make_unique<kv::FaultEngine>(std::move(kept));
  faults_ = engine.get();
  database::Options options;
  options.pool = &pool_;
  absl::StatusOr<std::unique_ptr<Database>> opened = Database::Open(std::move(engine), options);
  EXPECT_TRUE(opened.ok()) << opened.status();
  if (opened.ok()) database_ = *std::move(opened);
}

Race::~Race() { database_.reset(); }

void Race::Run(int threads, int requests) {
  if (::testing::Test::HasFailure()) return;
  sent_.resize(threads);
  writing_ = true;
  std::vector<std::thread> writers;
  for (int i = 0; i < threads; ++i) writers.emplace_back([=, this] { Write(i, requests); });
  std::thread reader([this] { Read(); });
  for (std::thread& writer : writers) writer.join();
  writing_ = false;
  reader.join();
  Retell();
  if (!::testing::Test::HasFailure()) CheckUnplaced();
  if (!::testing::Test::HasFailure()) CheckSeen();
}

void Race::Write(int thread, int requests) {
  Chance chance(seed_ * 1000 + thread);
  // Names, etags and values come from how it was before; soon they are out of date.
  const Model before = model_;
  RandomRequests random(before, &chance, absl::StrCat("race-", thread, "-"));
  for (int i = 0; i < requests; ++i) {
    Sent sent;
    sent.request = random.Next();
    sent.request.actor = absl::StrCat(thread, ":", i);
    sent.answer = Send(sent.request, database_.get());
    EXPECT_TRUE(IsExpected(sent.answer.status.code())) << sent.answer.status;
    if (sent.answer.status.ok() && !sent.request.request_id.empty()) {
      const Answer again = Send(sent.request, database_.get());
      EXPECT_TRUE(again.status.ok()) << again.status;
      for (size_t j = 0; j < again.resources.size(); ++j)
        EXPECT_TRUE(Same(sent.answer.resources.at(j), again.resources[j]));
    }
    if (chance.Of(3)) faults_->RefuseCacheOnly(chance.Of(50));
    sent_[thread].push_back(std::move(sent));
  }
}

void Race::Read() {
  Chance chance(seed_);
  while (writing_) {
    Seen seen = ReadPages(&chance);
    if (seen_.size() < 50) seen_.push_back(std::move(seen));
  }
}

Race::Seen Race::ReadPages(Chance* chance) {
  Seen seen;
  seen.request.set_parent("claims/-");
  seen.request.set_show_deleted(chance->Of(50));
  if (chance->Of(50)) seen.request.set_stance(static_cast<v1::Stance>(chance->Number(1, 6)));
  seen.request.set_page_size(static_cast<int>(chance->Number(1, 5)));
  do {
    const database::Reply reply = database_->Read(seen.request, kv::Patience::kMayWait);
    EXPECT_TRUE(reply.ok()) << reply.status();
    v1::ListAttributionsResponse page;
    if (!reply.ok() || !page.ParseFromString(*reply)) break;
    EXPECT_TRUE(seen.sequence == 0 || seen.sequence == page.read_sequence());
    seen.sequence = page.read_sequence();
    seen.all.MergeFrom(page);
    seen.request.set_page_token(page.next_page_token());
  } while (!seen.request.page_token().empty());
  return seen;
}

std::vector<v1::Revision> Race::Log() {
  std::set<std::string> names;
  for (Kind kind : keys::kAllKinds) {
    for (const std::string& name : model_.Names(kind, model_.head())) names.insert(name);
  }
  for (const std::vector<Sent>& of_thread : sent_) {
    for (const Sent& sent : of_thread) {
      for (const v1::Record& record : sent.answer.resources)
        names.insert(NameIn(ResourceIn(record)));
    }
  }
  std::vector<v1::Revision> log;
  for (const std::string& name : names) {
    ForKind(KindOfName(name),
            [&](auto api) { AddRevisions<decltype(api)>(name, database_.get(), &log); });
  }
  std::sort(log.begin(), log.end(), [](const v1::Revision& a, const v1::Revision& b) {
    return a.sequence() < b.sequence();
  });
  return log;
}

void Race::Retell() {
  const std::vector<v1::Revision> log = Log();
  ASSERT_EQ(database_->head(), static_cast<int64_t>(log.size()));
  for (size_t i = 0; i < log.size(); ++i)
    ASSERT_EQ(static_cast<int64_t>(i) + 1, log[i].sequence()) << "a gap, or one twice";
  std::vector<v1::Revision> changes;
  for (int64_t i = model_.head(); i < database_->head(); ++i) {
    changes.push_back(log[i]);
    if (log[i].sequence() != log[i].last_sequence()) continue;
    RetellOne(changes);
    if (::testing::Test::HasFailure()) return;
    changes.clear();
  }
  EXPECT_TRUE(changes.empty()) << "half of a request";
}

// The request that made these changes, whole, must make them in the model too.
void Race::RetellOne(const std::vector<v1::Revision>& changes) {
  const std::vector<std::string> actor = absl::StrSplit(changes.front().actor(), ':');
  ASSERT_EQ(2u, actor.size());
  std::vector<Sent>& of_thread = sent_.at(std::stoi(actor[0]));
  const size_t number = std::stoul(actor[1]);
  Sent& sent = of_thread.at(number);
  SCOPED_TRACE(Describe(sent.request));
  EXPECT_TRUE(sent.answer.status.ok()) << sent.answer.status;
  for (size_t i = number + 1; i < of_thread.size(); ++i)
    EXPECT_FALSE(of_thread[i].found) << "came before one that its thread had sent before it";
  sent.found = true;
  Op& first = sent.request.ops.front();
  if (sent.request.verb == Verb::kCreate && first.id.empty() &&
      NameIn(ResourceIn(first.record)).empty()) {
    const std::string name = NameIn(ResourceIn(sent.answer.resources.at(0)));
    first.id = name.substr(name.rfind('/') + 1);
  }
  const Verdict verdict = model_.Judge(sent.request);
  ASSERT_TRUE(verdict.faults.empty())
      << "should be refused with " << absl::StatusCodeToString(*verdict.faults.begin());
  ASSERT_EQ(verdict.changes.size(), changes.size());
  model_.Accept(sent.request, verdict, changes.front().commit_time());
  for (const v1::Revision& change : changes) {
    v1::Revision expected = model_.At(change.sequence());
    *expected.mutable_record() = model_.Rendered(model_.At(change.sequence()));
    EXPECT_TRUE(Same(expected, change)) << expected.DebugString() << change.DebugString();
  }
  ASSERT_EQ(verdict.answers.size(), sent.answer.resources.size());
  for (size_t i = 0; i < verdict.answers.size(); ++i) {
    const v1::Record expected = model_.Rendered(model_.At(verdict.answers[i]));
    EXPECT_TRUE(Same(expected, sent.answer.resources[i])) << expected.DebugString();
  }
}

// What was acknowledged and is not in the log had nothing to change: it was answered with revisions
// that are.
void Race::CheckUnplaced() const {
  for (const std::vector<Sent>& of_thread : sent_) {
    for (const Sent& sent : of_thread) {
      if (sent.found || !sent.answer.status.ok()) continue;
      SCOPED_TRACE(Describe(sent.request));
      for (const v1::Record& record : sent.answer.resources) {
        const Message& resource = ResourceIn(record);
        const int64_t sequence = resource.GetReflection()->GetInt64(
            resource, resource.GetDescriptor()->FindFieldByName("sequence"));
        ASSERT_LE(sequence, model_.head());
        EXPECT_TRUE(Same(model_.Rendered(model_.At(sequence)), record));
        EXPECT_NE(sent.request.actor, model_.At(sequence).actor());
      }
      EXPECT_TRUE(sent.request.verb == Verb::kCreate || sent.request.verb == Verb::kUpdate);
    }
  }
}

void Race::CheckSeen() {
  for (const Seen& seen : seen_) {
    const std::vector<v1::Record> expected = model_.Listed(seen.request, seen.sequence);
    ASSERT_EQ(static_cast<int>(expected.size()), seen.all.attributions_size());
    for (size_t i = 0; i < expected.size(); ++i) {
      EXPECT_TRUE(Same(expected[i].attribution(), seen.all.attributions(static_cast<int>(i))));
    }
  }
  Chance chance(seed_);
  Reads reads(model_, &chance, SystemClock(), [] {});
  for (int i = 0; i < 10; ++i) reads.CheckAll(database_.get(), chance.Number(0, model_.head()));
  for (int i = 0; i < 100 && !::testing::Test::HasFailure(); ++i) reads.CheckOne(database_.get());
}

}  // namespace headwater::model
