#include "crowd.h"

#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "database/check.h"
#include "headwater/v1/exchange_service.pb.h"
#include "random_requests.h"
#include "sender.h"
#include "trial.h"

namespace headwater::model {
namespace {

using database::Database;

constexpr int kFirstSteps = 150;
constexpr int kLeastReads = 100;
constexpr size_t kRowsOfAChunk = 20;
constexpr auto kLongEnough = std::chrono::minutes(2);

// Whether a client is told what it may do about it.
bool IsSensible(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kCancelled:
      return false;
    default:
      return true;
  }
}

void SetRead(int64_t head, Chance* chance, v1::ReadOptions* read) {
  if (head > 0 && chance->Of(30)) read->set_sequence(chance->Number(1, head));
}

}  // namespace

Crowd::Crowd(Store* store, uint64_t seed) : store_(store), chance_(seed), pool_(4, 1000) {
  Trial trial(store, seed);
  trial.Run(kFirstSteps);
  model_ = trial.model();
}

Crowd::~Crowd() { Close(); }

void Crowd::Open() {
  std::shared_ptr<kv::Engine> kept = store_->Open();
  ASSERT_NE(kept, nullptr);
  auto engine = std::make_unique<kv::FaultEngine>(std::move(kept));
  faults_ = engine.get();
  database::Options options;
  options.pool = &pool_;
  options.suggest = true;
  options.read_cache_bytes = static_cast<size_t>(chance_.One(std::vector<int>{0, 20'000, 1 << 24}));
  options.follow_limits.piece = static_cast<size_t>(chance_.Number(1, 5));
  options.follow_limits.gather = std::chrono::milliseconds(chance_.Number(0, 5));
  options.index_limits.piece = static_cast<size_t>(chance_.Number(2, 20));
  options.index_limits.small_piece = 2;
  options.index_limits.gather = std::chrono::milliseconds(chance_.Number(0, 5));
  options.suggest_limits.gather = std::chrono::milliseconds(chance_.Number(0, 5));
  absl::StatusOr<std::unique_ptr<Database>> opened = Database::Open(std::move(engine), options);
  ASSERT_TRUE(opened.ok()) << opened.status();
  database_ = *std::move(opened);
  methods_.clear();
  for (request::Method& method : request::AllMethods(database_.get()))
    methods_.emplace(method.descriptor->name(), std::move(method));
}

void Crowd::Close() {
  methods_.clear();
  database_.reset();
}

void Crowd::Run(int requests) {
  for (round_ = 0; round_ < 2 && !::testing::Test::HasFailure(); ++round_) {
    Open();
    if (::testing::Test::HasFailure()) return;
    Let(requests / 2);
    Close();
  }
  Open();
  if (::testing::Test::HasFailure()) return;
  ASSERT_TRUE(database_->WaitForIndex(database_->head(), kLongEnough));
  ASSERT_TRUE(database_->WaitForSuggestions(database_->head(), kLongEnough));
  ASSERT_TRUE(database_->WaitForIndex(database_->head(), kLongEnough));
  ASSERT_TRUE(database_->WaitForStandings(database_->head(), kLongEnough));
  const absl::StatusOr<database::CheckReport> report = database::Check(faults_, nullptr);
  ASSERT_TRUE(report.ok()) << report.status();
  for (const std::string& problem : report->problems) ADD_FAILURE() << problem;
  EXPECT_EQ(report->standings_watermark, database_->head());
  EXPECT_EQ(report->index_watermark, database_->head());
  for (const absl::string_view method : {"AssessClaim", "SearchClaims", "ImportChunk"})
    EXPECT_GT(answered_[std::string(method)], 0) << method << " was never answered";
}

void Crowd::Let(int requests) {
  writing_ = true;
  const uint64_t seed = static_cast<uint64_t>(chance_.Number(0, 1'000'000'000)) * 10;
  std::vector<std::thread> writers;
  for (uint64_t i = 0; i < 2; ++i) writers.emplace_back([=, this] { Write(seed + i, requests); });
  std::vector<std::thread> others;
  for (uint64_t i = 2; i < 4; ++i) others.emplace_back([=, this] { Read(seed + i); });
  others.emplace_back([this] { Export(); });
  others.emplace_back([this] { Wait(); });
  if (round_ > 0) others.emplace_back([=, this] { Import(seed + 4); });
  for (std::thread& writer : writers) writer.join();
  writing_ = false;
  for (std::thread& other : others) other.join();
}

void Crowd::Write(uint64_t number, int requests) {
  Chance chance(number);
  RandomRequests random(model_, &chance, absl::StrCat("crowd-", number, "-"));
  for (int i = 0; i < requests; ++i) {
    const Answer answer = Send(random.Next(), database_.get());
    EXPECT_TRUE(IsSensible(answer.status.code())) << answer.status;
    if (chance.Of(3)) faults_->RefuseCacheOnly(chance.Of(50));
  }
}

void Crowd::Read(uint64_t number) {
  Chance chance(number);
  for (int made = 0; writing_ || made < kLeastReads; ++made) ReadOne(&chance);
}

std::string Crowd::NameOf(Kind kind, Chance* chance) {
  return RandomRecords(model_, chance).Name(kind);
}

void Crowd::ReadOne(Chance* chance) {
  const auto name = [&](Kind kind) { return NameOf(kind, chance); };
  const int64_t head = database_->head();
  const auto ask = [&](absl::string_view method, auto request) {
    SetRead(head, chance, request.mutable_read());
    CallSensibly(method, request, chance);
  };
  switch (chance->Number(0, 9)) {
    case 0: {
      v1::AssessClaimRequest request;
      request.set_name(name(Kind::kClaim));
      if (chance->Of(20)) request.set_published_until("2025-06");
      return ask("AssessClaim", request);
    }
    case 1: {
      v1::BatchAssessClaimsRequest request;
      for (int i = 0; i < 3; ++i) request.add_names(name(Kind::kClaim));
      return ask("BatchAssessClaims", request);
    }
    case 2: {
      v1::TraceClaimRequest request;
      request.set_name(name(Kind::kClaim));
      return ask("TraceClaim", request);
    }
    case 3: {
      v1::ListTimelineRequest request;
      request.set_name(name(Kind::kClaim));
      return ask("ListTimeline", request);
    }
    case 4: {
      v1::AssessImpactRequest request;
      request.set_name(name(chance->Of(50) ? Kind::kSource : Kind::kDocument));
      return ask("AssessImpact", request);
    }
    case 5: {
      v1::CompareSourcesRequest request;
      request.set_first(name(Kind::kSource));
      request.set_second(name(Kind::kSource));
      return ask("CompareSources", request);
    }
    case 6: {
      v1::ProfileSourceRequest request;
      request.set_name(name(Kind::kSource));
      return ask("ProfileSource", request);
    }
    case 7: {
      v1::SearchClaimsRequest request;
      request.set_query(RandomRecords(model_, chance).Line());
      request.set_show_facets(chance->Of(50));
      return ask("SearchClaims", request);
    }
    case 8: {
      v1::VerifyRequest request;
      request.set_text(RandomRecords(model_, chance).Line());
      return ask("Verify", request);
    }
    default: {
      v1::ListClaimsRequest request;
      request.set_show_standings(chance->Of(50));
      if (chance->Of(50)) request.set_standing(v1::STANDING_SINGLE_LINE);
      request.set_page_size(3);
      return ask("ListClaims", request);
    }
  }
}

absl::StatusOr<std::string> Crowd::Call(absl::string_view name,
                                        const google::protobuf::Message& request,
                                        kv::Patience patience) {
  const request::Method& method = methods_.at(std::string(name));
  const std::string bytes = request.SerializeAsString();
  if (method.read) return method.read(bytes, patience);
  std::promise<database::Reply> reply;
  method.write(bytes, {}, [&](database::Reply is) { reply.set_value(std::move(is)); });
  return reply.get_future().get();
}

void Crowd::CallSensibly(absl::string_view method, const google::protobuf::Message& request,
                         Chance* chance) {
  absl::StatusOr<std::string> answer = absl::UnavailableError("not asked yet");
  if (chance->Of(50)) {
    answer = Call(method, request, kv::Patience::kCacheOnly);
    if (kv::IsWouldBlock(answer.status())) answer = Call(method, request);
  } else {
    answer = Call(method, request);
  }
  EXPECT_TRUE(IsSensible(answer.status().code()))
      << method << ": " << request.ShortDebugString() << ": " << answer.status();
  if (!answer.ok()) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  ++answered_[std::string(method)];
}

v1::ImportConfig Crowd::RandomConfig(Chance* chance) {
  v1::ImportConfig config;
  config.set_import_id(absl::StrCat("crowd-", round_, "-", chance->Number(0, 1'000'000'000)));
  config.set_on_existing(static_cast<v1::OnExisting>(chance->Number(1, 3)));
  config.set_bulk(chance->Of(30));
  config.set_validate_only(chance->Of(10));
  config.set_all_or_nothing(!config.validate_only() && chance->Of(10));
  return config;
}

// What stood there before, in any order, so that rows wait for others; much of it has changed or
// gone since.
void Crowd::Import(uint64_t number) {
  Chance chance(number);
  while (writing_) {
    v1::ImportChunkRequest request;
    *request.mutable_config() = RandomConfig(&chance);
    const bool whole = request.config().validate_only() || request.config().all_or_nothing();
    const int64_t chunks = whole ? 1 : chance.Number(1, 5);
    for (int64_t i = 0; i < chunks; ++i) {
      request.clear_records();
      for (size_t row = 0; row < kRowsOfAChunk; ++row)
        *request.add_records() = chance.One(exported_);
      request.set_complete(i + 1 == chunks);
      CallSensibly("ImportChunk", request, &chance);
      request.set_offset(request.offset() + static_cast<int64_t>(kRowsOfAChunk));
    }
  }
}

void Crowd::Export() {
  do {
    absl::StatusOr<std::unique_ptr<request::Answers>> answers =
        methods_.at("Export").stream(v1::ExportRequest().SerializeAsString());
    ASSERT_TRUE(answers.ok()) << answers.status();
    std::vector<v1::Record> records;
    while (true) {
      absl::StatusOr<std::optional<std::string>> message = (*answers)->Next();
      ASSERT_TRUE(message.ok()) << message.status();
      if (!*message) break;
      v1::ExportResponse response;
      ASSERT_TRUE(response.ParseFromString(**message));
      records.insert(records.end(), response.records().begin(), response.records().end());
    }
    if (round_ == 0) exported_ = std::move(records);  // for the next one's import
  } while (writing_);
}

void Crowd::Wait() {
  constexpr auto kSoon = std::chrono::milliseconds(5);
  while (writing_) {
    const int64_t head = database_->head();
    database_->WaitForStandings(head, kSoon);
    database_->WaitForIndex(head, kSoon);
    database_->WaitForSuggestions(head, kSoon);
    for (const int64_t watermark : {database_->standings().watermark, database_->index().watermark,
                                    database_->suggestions().watermark}) {
      EXPECT_LE(watermark, database_->head());
    }
    database_->usage();
  }
}

}  // namespace headwater::model
