// An import over a stream that breaks off wherever it can.
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/client.h"
#include "testing/fake_server.h"

namespace headwater {
namespace {

using internal::FakeServer;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Takes one import as the API says: claims called "bad…" are rejected as they come, those called
// "wait…" are put by and rejected at the end, all others are made.
class Taker {
 public:
  // Where to break off, asked before and after each message is dealt with, and after each piece of
  // an answer that has more.
  std::function<bool(const std::string& place)> breaks = [](const std::string&) { return false; };
  // How: as a cable does, or a server that ends a stream which stood still.
  grpc::StatusCode breaks_with = grpc::StatusCode::UNAVAILABLE;
  int errors_a_piece = 2;      // an answer with more of them has `more`
  int64_t acknowledges = 100;  // at most so many rows of a chunk before it breaks off

  // What was made, in order: a name for each time.
  std::vector<std::string> made;
  std::vector<v1::ImportConfig> configs;
  int64_t acknowledged = 0;

  FakeServer::Reply Hear(const FakeServer::Call& call, std::shared_ptr<void>* state) {
    const std::lock_guard lock(mutex_);
    v1::ImportRequest request;
    request.ParseFromString(call.request);
    FakeServer::Reply reply;
    const bool first = *state == nullptr;
    if (first) *state = std::make_shared<int>();
    const std::string place =
        first ? "config" : absl::StrCat(request.complete() ? "end" : "chunk ", request.offset());
    if (breaks("before " + place)) return Broken(&reply);
    if (first) {
      configs.push_back(request.config());
      Answer(Between(rejected_, request.config().answered_offset()), false, &reply);
    } else if (request.offset() > acknowledged) {
      reply.ends = true;
      reply.status = grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "leaves a gap");
    } else {
      Take(request, place, &reply);
    }
    if (breaks("after " + place)) {
      if (!reply.messages.empty()) reply.messages.pop_back();
      return Broken(&reply);
    }
    return reply;
  }

 private:
  FakeServer::Reply& Broken(FakeServer::Reply* reply) const {
    reply->ends = true;
    reply->status = grpc::Status(breaks_with, "the cable");
    return *reply;
  }

  static std::vector<v1::RowError> Between(const std::map<int64_t, std::string>& rows,
                                           int64_t from) {
    std::vector<v1::RowError> errors;
    for (auto row = rows.lower_bound(from); row != rows.end(); ++row) {
      for (const char* field : {"claim.text", "claim.language"}) {
        v1::RowError& error = errors.emplace_back();
        error.set_row(row->first);
        error.set_name(row->second);
        error.set_field(field);
      }
    }
    return errors;
  }

  void Take(const v1::ImportRequest& request, const std::string& place, FakeServer::Reply* reply) {
    const int64_t before = acknowledged;
    for (int i = 0; i < request.records_size(); ++i) {
      if (request.offset() + i < acknowledged) continue;
      if (i >= acknowledges && breaks("within " + place)) {
        Broken(reply);
        return;
      }
      const std::string& name = request.records(i).claim().name();
      if (absl::StrContains(name, "bad")) {
        rejected_[acknowledged] = name;
      } else if (absl::StrContains(name, "wait")) {
        waiting_[acknowledged] = name;
      } else {
        made.push_back(name);
      }
      ++acknowledged;
    }
    std::vector<v1::RowError> errors = Between(rejected_, before);
    if (request.complete()) {
      complete_ = true;
      const std::vector<v1::RowError> late = Between(waiting_, 0);
      errors.insert(errors.end(), late.rbegin(), late.rend());
    }
    Answer(errors, request.complete(), reply);
  }

  void Answer(const std::vector<v1::RowError>& errors, bool last, FakeServer::Reply* reply) {
    size_t at = 0;
    do {
      v1::ImportResponse response;
      for (; at < errors.size(); ++at) {
        // All errors of a row are in one answer.
        const bool full = response.errors_size() >= errors_a_piece;
        if (full && errors[at].row() != errors[at - 1].row()) break;
        *response.add_errors() = errors[at];
      }
      response.set_acknowledged_offset(acknowledged);
      v1::ImportCounts& counts = *response.mutable_counts();
      counts.set_created(static_cast<int64_t>(made.size()));
      counts.set_rejected(
          static_cast<int64_t>(rejected_.size() + (complete_ ? waiting_.size() : 0)));
      counts.set_waiting(complete_ ? 0 : static_cast<int64_t>(waiting_.size()));
      response.set_more(at < errors.size());
      response.set_done(last && !response.more());
      reply->messages.push_back(response.SerializeAsString());
      if (response.more() && breaks("amid answers")) {
        Broken(reply);
        return;
      }
    } while (at < errors.size());
  }

  std::mutex mutex_;
  std::map<int64_t, std::string> rejected_;
  std::map<int64_t, std::string> waiting_;
  bool complete_ = false;
};

// A server with one import, and what a client is told of it.
struct Trial {
  ClientOptions Options() const {
    ClientOptions options{.address = server.address(), .timeout = absl::Seconds(20)};
    options.retry.initial_backoff = absl::Milliseconds(1);
    options.retry.max_backoff = absl::Milliseconds(2);
    return options;
  }

  ImportOptions How() {
    ImportOptions how;
    how.errors = [this](const v1::RowError& error) {
      told.push_back(absl::StrCat(error.row(), " ", error.field()));
    };
    how.config.set_import_id("the-import");
    how.chunk_rows = 3;
    return how;
  }

  // Adds claims of these ids, from one on; OK, or what the first that failed did.
  static absl::Status Add(const std::vector<std::string>& ids, Import* import, size_t from = 0) {
    for (size_t i = from; i < ids.size(); ++i) {
      v1::Record record;
      record.mutable_claim()->set_name("claims/" + ids[i]);
      if (absl::Status status = import->Add(std::move(record)); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<v1::ImportResponse> SendAll(const std::vector<std::string>& ids,
                                             ImportOptions how) {
    const Client client(Options());
    Import import = client.Import(std::move(how));
    if (absl::Status status = Add(ids, &import); !status.ok()) return status;
    return import.Finish();
  }

  Taker taker;
  FakeServer server{[](FakeServer::Call&) { return grpc::Status::CANCELLED; },
                    "127.0.0.1:0",
                    {{"Import", [this](const FakeServer::Call& call, std::shared_ptr<void>* state) {
                        return taker.Hear(call, state);
                      }}}};
  std::vector<std::string> told;
};

class ImportTest : public ::testing::Test, protected Trial {};

const std::vector<std::string> kIds = {"a", "bad1", "b",    "wait1", "bad2", "c",     "d",
                                       "e", "bad3", "bad4", "wait2", "f",    "wait3", "g"};
const std::vector<std::string> kMade = {"claims/a", "claims/b", "claims/c", "claims/d",
                                        "claims/e", "claims/f", "claims/g"};

std::vector<std::string> Errors(const std::vector<int>& rows) {
  std::vector<std::string> errors;
  for (int row : rows) {
    errors.push_back(absl::StrCat(row, " claim.text"));
    errors.push_back(absl::StrCat(row, " claim.language"));
  }
  return errors;
}

// Rejected as they came, then what had waited.
const std::vector<int> kRejected = {1, 4, 8, 9};

void ExpectAllToldOnce(std::vector<std::string> told) {
  std::vector<std::string> expected = Errors({1, 4, 8, 9, 3, 10, 12});
  std::sort(told.begin(), told.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_THAT(told, ElementsAreArray(expected));
}

TEST_F(ImportTest, TakesAllInOneStream) {
  const absl::StatusOr<v1::ImportResponse> done = SendAll(kIds, How());
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_THAT(taker.made, ElementsAreArray(kMade));
  EXPECT_EQ(done->counts().created(), 7);
  EXPECT_EQ(done->counts().rejected(), 7);
  EXPECT_THAT(std::vector<std::string>(told.begin(), told.begin() + 8),
              ElementsAreArray(Errors(kRejected)));
  ExpectAllToldOnce(told);
  EXPECT_EQ(taker.configs.size(), 1u);
}

// Every place at which the stream can break off, alone: nothing is lost and nothing comes twice.
class ImportBreaks : public ::testing::TestWithParam<grpc::StatusCode> {};

INSTANTIATE_TEST_SUITE_P(, ImportBreaks,
                         ::testing::Values(grpc::StatusCode::UNAVAILABLE,
                                           grpc::StatusCode::CANCELLED));

TEST_P(ImportBreaks, AnywhereOnce) {
  size_t places = 1;
  for (size_t at = 0; at < places; ++at) {
    Trial trial;
    trial.taker.breaks_with = GetParam();
    std::string broken;
    size_t asked = 0;
    trial.taker.acknowledges = 1;
    trial.taker.breaks = [&](const std::string& place) {
      if (asked++ != at) return false;
      broken = place;
      return true;
    };
    const absl::StatusOr<v1::ImportResponse> done = trial.SendAll(kIds, trial.How());
    SCOPED_TRACE(broken);
    ASSERT_TRUE(done.ok()) << done.status();
    // Without a break there is one place less.
    places = std::max(places, asked - 1);
    EXPECT_THAT(trial.taker.made, ElementsAreArray(kMade));
    EXPECT_EQ(done->counts().rejected(), 7);
    ExpectAllToldOnce(trial.told);
  }
  EXPECT_GE(places, 14u);
}

// All at once, again and again.
TEST_F(ImportTest, GoesOnWhenEachStreamBreaksOff) {
  std::mt19937 random(20251);
  taker.breaks = [&](const std::string&) { return random() % 4 == 0; };
  taker.acknowledges = 1;
  const absl::StatusOr<v1::ImportResponse> done = SendAll(kIds, How());
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_THAT(taker.made, ElementsAreArray(kMade));
  ExpectAllToldOnce(told);
  EXPECT_GT(taker.configs.size(), 3u);
}

// Errors that were to be told when the stream broke off are asked for again, none before them.
TEST_F(ImportTest, AsksForTheErrorsThatDidNotCome) {
  int broken = 0;
  taker.breaks = [&](const std::string& place) {
    // The second chunk is dealt with, and nobody hears of it; then the telling breaks off.
    return (place == "after chunk 3" && broken++ == 0) || (place == "amid answers" && broken++ < 3);
  };
  ASSERT_TRUE(SendAll({"a", "b", "c", "bad1", "bad2", "bad3", "d"}, How()).ok());
  EXPECT_THAT(told, ElementsAreArray(Errors({3, 4, 5})));
  ASSERT_GE(taker.configs.size(), 3u);
  EXPECT_EQ(taker.configs[1].answered_offset(), 3);
  EXPECT_EQ(taker.configs[2].answered_offset(), 4);
}

// Another process goes on: it passes over what is in, and is told of all that was rejected.
TEST_F(ImportTest, AnotherImportOfTheSameIdGoesOn) {
  taker.breaks = [&](const std::string& place) { return place == "before chunk 6"; };
  {
    ClientOptions options = Options();
    options.retry.max_attempts = 1;
    const Client client(options);
    Import import = client.Import(How());
    const absl::Status status = Add(kIds, &import);
    EXPECT_TRUE(absl::IsUnavailable(status)) << status;
    EXPECT_EQ(import.progress().acknowledged_offset(), 6);
  }
  taker.breaks = [](const std::string&) { return false; };
  told.clear();
  const Client client(Options());
  Import import = client.Import(How());
  const absl::StatusOr<int64_t> begun = import.Begin();
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ(*begun, 6);
  EXPECT_THAT(told, ElementsAreArray(Errors({1, 4})));
  import.SkipTo(*begun);
  ASSERT_TRUE(Add(kIds, &import, *begun).ok());
  ASSERT_TRUE(import.Finish().ok());
  EXPECT_THAT(taker.made, ElementsAreArray(kMade));
  ExpectAllToldOnce(told);
}

TEST_F(ImportTest, HoldsTheRowsThatItTellsOf) {
  const Client client(Options());
  ImportOptions how = How();
  std::vector<std::string> held;
  Import* telling = nullptr;
  how.errors = [&](const v1::RowError& error) {
    const v1::Record* record = telling->Held(error.row());
    held.push_back(record == nullptr ? "gone" : record->claim().name());
  };
  Import import = client.Import(how);
  telling = &import;
  ASSERT_TRUE(Add({"wait1", "bad1", "a", "b", "bad2"}, &import).ok());
  ASSERT_TRUE(import.Finish().ok());
  EXPECT_THAT(held, ElementsAre("claims/bad1", "claims/bad1", "claims/bad2", "claims/bad2", "gone",
                                "gone"));
  EXPECT_EQ(import.Held(0), nullptr);
}

TEST_F(ImportTest, EndsWithWhatTheSinkOfAnswersSays) {
  ImportOptions how = How();
  how.answers = [](const v1::ImportResponse& answer) {
    return answer.acknowledged_offset() < 6 ? absl::OkStatus() : absl::UnavailableError("enough");
  };
  const absl::StatusOr<v1::ImportResponse> done = SendAll(kIds, how);
  EXPECT_EQ(done.status().message(), "enough");
  EXPECT_EQ(taker.configs.size(), 1u);
  EXPECT_LT(taker.made.size(), kMade.size());
}

TEST_F(ImportTest, ARefusalIsFinal) {
  const Client client(Options());
  Import import = client.Import(How());
  ASSERT_TRUE(import.Begin().ok());
  import.SkipTo(5);
  ASSERT_TRUE(Add({"a"}, &import).ok());
  const absl::StatusOr<v1::ImportResponse> done = import.Finish();
  EXPECT_TRUE(absl::IsInvalidArgument(done.status())) << done.status();
  EXPECT_THAT(std::string(done.status().message()), HasSubstr("gap"));
  EXPECT_THAT(taker.made, IsEmpty());
  EXPECT_EQ(taker.configs.size(), 1u);
}

TEST_F(ImportTest, NoServerIsUnavailableInTime) {
  ClientOptions options{.address = "127.0.0.1:1", .timeout = absl::Milliseconds(300)};
  const Client client(options);
  Import import = client.Import(How());
  EXPECT_TRUE(absl::IsUnavailable(import.Begin().status()));
}

}  // namespace
}  // namespace headwater
