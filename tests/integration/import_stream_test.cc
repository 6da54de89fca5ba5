// Streams of imports: gone on with wherever they break off, all or nothing, refused.
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "testing/import_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(ImportTest, GoesOnWhereverTheStreamBreaksOff) {
  Rows rows = Story(5);
  std::mt19937 random(7);
  std::shuffle(rows.begin(), rows.end(), random);
  rows.insert(rows.begin() + 9, Claim("bad", ""));
  rows.push_back(Attribution("x100", "nobody", "x100"));
  const std::string expected = Undisturbed(rows);
  constexpr size_t kChunk = 6;
  const size_t chunks = (rows.size() + kChunk - 1) / kChunk;
  for (size_t broken = 0; broken <= chunks; ++broken) {
    TestServer other;
    v1::ImportResponse answer;
    std::vector<std::string> told;
    {
      Importing importing(other.client());
      importing.Send(Config("import_id: 'i'"));
      ASSERT_TRUE(importing.Read(&answer));
      for (size_t i = 0; i < broken; ++i) {
        const size_t end = std::min(rows.size(), (i + 1) * kChunk);
        importing.Send(Chunk(rows, i * kChunk, end, end == rows.size()));
        // The last one's answer does not come.
        if (i + 1 == broken) break;
        ASSERT_TRUE(importing.Read(&answer));
        for (const std::string& each : Told(answer)) told.push_back(each);
      }
      importing.Cancel();
    }
    const int64_t known = answer.acknowledged_offset();
    // Whatever is under way there ends first.
    v1::ImportResponse begun;
    ASSERT_TRUE(Eventually([&] {
      Importing again(other.client());
      again.Send(Config(absl::StrCat("import_id: 'i' answered_offset: ", known)));
      return again.Read(&begun) && again.Finish().ok();
    }));
    Importing importing(other.client());
    importing.Send(Config(absl::StrCat("import_id: 'i' answered_offset: ", known)));
    ASSERT_TRUE(importing.Read(&begun));
    EXPECT_GE(begun.acknowledged_offset(), known);
    EXPECT_FALSE(begun.done());
    for (const std::string& each : Told(begun)) told.push_back(each);
    // From where the client knows, though the server has more.
    for (size_t i = static_cast<size_t>(known); i == rows.size() || i < rows.size(); i += kChunk) {
      const size_t end = std::min(rows.size(), i + kChunk);
      importing.Send(Chunk(rows, i, end, end == rows.size()));
      ASSERT_TRUE(importing.Read(&answer)) << Show(importing.Finish());
      for (const std::string& each : Told(answer)) told.push_back(each);
      if (answer.done()) break;
    }
    EXPECT_TRUE(answer.done());
    EXPECT_EQ(Counts(answer), absl::StrCat("created: ", rows.size() - 2, " rejected: 2"));
    EXPECT_THAT(told, ElementsAre("9 claims/bad claim.text INVALID",
                                  absl::StrCat(rows.size() - 1,
                                               " claims/x100/attributions/nobody "
                                               "attribution.source REFERENCE_MISSING")))
        << "broken after " << broken;
    EXPECT_TRUE(ExportFrom(other.client()) == expected) << "broken after " << broken;
  }
}

TEST_F(ImportTest, ADryRunWritesNothing) {
  Rows rows = Story(4);
  std::reverse(rows.begin(), rows.end());
  rows.push_back(Claim("bad", ""));
  const std::string before = server_.Rows();
  const v1::ImportResponse done = Import("import_id: 'i' validate_only: true", rows, 10);
  EXPECT_EQ(Counts(done), absl::StrCat("created: ", rows.size() - 1, " rejected: 1"));
  EXPECT_EQ(done.acknowledged_offset(), 0);
  EXPECT_TRUE(server_.Rows() == before);
}

TEST_F(ImportTest, AllOrNothing) {
  Rows rows = Story(4);
  std::reverse(rows.begin(), rows.end());
  rows.push_back(Claim("bad", ""));
  const std::string before = server_.Rows();
  const v1::ImportResponse nothing = Import("import_id: 'i' all_or_nothing: true", rows, 10);
  EXPECT_EQ(Counts(nothing), "rejected: 1");
  EXPECT_TRUE(server_.Rows() == before);
  rows.pop_back();
  const int64_t head = server_.head();
  const v1::ImportResponse all = Import("import_id: 'i' all_or_nothing: true", rows, 10);
  EXPECT_EQ(Counts(all), absl::StrCat("created: ", rows.size()));
  EXPECT_EQ(server_.head(), head + static_cast<int64_t>(rows.size()));
  // One request: no state lies inside it.
  v1::GetClaimRequest get = ClaimNamed("x100");
  get.mutable_read()->set_sequence(server_.head() - 1);
  EXPECT_EQ(client().Call(&Claims::GetClaim, get).code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Counts(Import("import_id: 'j' all_or_nothing: true", rows, 10)),
            absl::StrCat("unchanged: ", rows.size()));
}

TEST_F(ImportTest, WhatIsTooMuchForAllOrNothingIsRefused) {
  Importing importing(client());
  importing.Send(Config("import_id: 'i' all_or_nothing: true"));
  v1::ImportResponse answer;
  ASSERT_TRUE(importing.Read(&answer));
  Rows rows;
  for (int i = 0; i < 10'001; ++i) rows.push_back(Claim(absl::StrCat("c", i)));
  importing.Send(Chunk(rows, 0, 6000));
  ASSERT_TRUE(importing.Read(&answer));
  importing.Send(Chunk(rows, 6000, rows.size()));
  EXPECT_FALSE(importing.Read(&answer));
  EXPECT_THAT(BadFields(importing.Finish()), ElementsAre("records"));
  EXPECT_EQ(server_.head(), 0);
}

TEST_F(ImportTest, RefusesWhatIsNoImport) {
  const Rows rows = {Claim("a"), Claim("b"), Claim("c")};
  const auto refusal = [&](const std::vector<v1::ImportRequest>& messages) {
    Importing importing(client());
    v1::ImportResponse answer;
    for (const v1::ImportRequest& message : messages) {
      importing.Send(message);
      if (!importing.Read(&answer)) break;
    }
    return BadFields(importing.Finish());
  };
  EXPECT_THAT(refusal({Chunk(rows, 0, 1)}), ElementsAre("config"));
  EXPECT_THAT(refusal({Config("on_existing: ON_EXISTING_SKIP")}), ElementsAre("config.import_id"));
  EXPECT_THAT(refusal({Config("import_id: 'gap'"), Chunk(rows, 1, 2)}), ElementsAre("offset"));
  EXPECT_THAT(refusal({Config("import_id: 'i'"), Config("import_id: 'i'")}), ElementsAre("config"));
  EXPECT_THAT(refusal({Config("import_id: 'i'"), Chunk(rows, 0, 1)}), IsEmpty());
  EXPECT_THAT(refusal({Config("import_id: 'i' on_existing: ON_EXISTING_SKIP")}),
              ElementsAre("config.on_existing"));
  EXPECT_THAT(refusal({Config("import_id: 'i'"), Chunk(rows, 1, 2, true)}), IsEmpty());
  EXPECT_THAT(refusal({Config("import_id: 'i'"), Chunk(rows, 2, 3)}), ElementsAre("records"));
}

TEST_F(ImportTest, StepByStepWithoutAStream) {
  const Rows rows = Story(4);
  const auto stub = v1::ExchangeService::NewStub(client().channel());
  v1::ImportResponse answer;
  const auto step = [&](size_t begin, size_t end, bool complete) {
    const v1::ImportRequest chunk = Chunk(rows, begin, end, complete);
    v1::ImportChunkRequest request;
    request.mutable_config()->set_import_id("i");
    request.set_offset(chunk.offset());
    *request.mutable_records() = chunk.records();
    request.set_complete(complete);
    grpc::ClientContext context;
    const grpc::Status status = stub->ImportChunk(&context, request, &answer);
    ASSERT_TRUE(status.ok()) << Show(status);
  };
  for (size_t i = 0; i < rows.size(); i += 5) {
    step(i, std::min(rows.size(), i + 5), false);
    EXPECT_EQ(answer.acknowledged_offset(), static_cast<int64_t>(std::min(rows.size(), i + 5)));
    step(i, std::min(rows.size(), i + 5), false);  // again
  }
  do {
    step(rows.size(), rows.size(), true);
  } while (!answer.done());
  EXPECT_EQ(Counts(answer), absl::StrCat("created: ", rows.size()));
  EXPECT_TRUE(Export() == Undisturbed(rows));
}

TEST_F(ImportTest, AClientThatNeverReadsCostsTwoChunksAndTheThirtyThirdIsRefused) {
  std::vector<std::unique_ptr<Importing>> imports;
  v1::ImportResponse answer;
  for (int i = 0; i < 32; ++i) {
    imports.push_back(std::make_unique<Importing>(client()));
    imports.back()->Send(Config(absl::StrCat("import_id: 'i", i, "'")));
    ASSERT_TRUE(imports.back()->Read(&answer));
  }
  Importing refused(client());
  refused.Send(Config("import_id: 'one-more'"));
  EXPECT_FALSE(refused.Read(&answer));
  const grpc::Status status = refused.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "TOO_MANY_STREAMS");
  EXPECT_EQ(Ok(&Claims::CreateClaim, NewClaim("meanwhile")).name(), "claims/meanwhile");
  for (auto& each : imports) EXPECT_TRUE(each->Finish().ok());
}

}  // namespace
}  // namespace headwater::integration
