// Import through gRPC: rows judged one by one, in any order.
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "testing/import_test_base.h"
#include "testing/samples.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(ImportTest, GoodRowsGoInAndBadOnesAreToldOf) {
  Rows rows = {Source("a"),
               Source("b", "country: 'Vietnam'"),
               Claim("c"),
               v1::Record(),
               Claim("d", ""),
               Document("e", "a"),
               Attribution("c", "a", "e"),
               Attribution("c", "nobody", "e"),
               Source("f")};
  rows[8].mutable_source()->clear_name();
  const v1::ImportResponse done = Import("import_id: 'i'", rows, 3);
  EXPECT_THAT(Told(done),
              ElementsAre("1 sources/b source.country INVALID", "3   INVALID",
                          "4 claims/d claim.text INVALID", "8  source.name INVALID",
                          "7 claims/c/attributions/nobody attribution.source REFERENCE_MISSING"));
  EXPECT_EQ(Counts(done), "created: 4 rejected: 5");
  EXPECT_EQ(done.acknowledged_offset(), 9);
  EXPECT_EQ(done.sequence(), server_.head());
  EXPECT_EQ(Ok(&Claims::GetClaim, ClaimNamed("c")).text(), "It is so.");
}

TEST_F(ImportTest, ARecordThatIsNoneIsAFaultOfItsRow) {
  std::string record = Claim("c").SerializeAsString();
  record[record.find("It is")] = '\xff';
  std::string message = "\x1a";
  message.push_back(static_cast<char>(record.size()));
  message += record;
  const std::string good = Claim("d").SerializeAsString();
  message += absl::StrCat("\x1a", std::string(1, static_cast<char>(good.size())), good);
  v1::ImportChunkRequest config;
  config.mutable_config()->set_import_id("i");
  config.set_complete(true);
  std::string bytes;
  ASSERT_TRUE(client()
                  .CallRaw("/headwater.v1.ExchangeService/ImportChunk",
                           config.SerializeAsString() + message, &bytes)
                  .ok());
  v1::ImportResponse done;
  ASSERT_TRUE(done.ParseFromString(bytes));
  EXPECT_THAT(Told(done), ElementsAre("0  claim.text INVALID"));
  EXPECT_EQ(Counts(done), "created: 1 rejected: 1");
}

TEST_F(ImportTest, TheSameRecordsSentAgainChangeNothing) {
  Rows rows = Samples();
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.resource_case() < b.resource_case();
  });
  const v1::ImportResponse first = Import("import_id: 'one'", rows);
  EXPECT_THAT(Told(first), IsEmpty());
  EXPECT_EQ(first.counts().created(), static_cast<int64_t>(rows.size()));
  const std::string exported = Export();
  const int64_t head = server_.head();
  // Under its own id it is passed over.
  EXPECT_EQ(Counts(Import("import_id: 'one'", rows)), Counts(first));
  const v1::ImportResponse second = Import("import_id: 'two'", rows);
  EXPECT_EQ(second.counts().unchanged(), static_cast<int64_t>(rows.size()));
  EXPECT_EQ(second.counts().created(), 0);
  EXPECT_EQ(server_.head(), head);
  EXPECT_TRUE(Export() == exported);
}

TEST_F(ImportTest, ExportThenImportElsewhereExportsTheSameBytes) {
  MakeSamples(client());
  const std::string exported = Export();
  Rows rows;
  {
    grpc::ClientContext context;
    const auto stub = v1::ExchangeService::NewStub(client().channel());
    const auto reader = stub->Export(&context, v1::ExportRequest());
    for (v1::ExportResponse piece; reader->Read(&piece);)
      rows.insert(rows.end(), piece.records().begin(), piece.records().end());
  }
  TestServer other;
  const v1::ImportResponse done = ImportTo(other.client(), "import_id: 'i'", rows, 7);
  EXPECT_THAT(Told(done), IsEmpty());
  EXPECT_TRUE(ExportFrom(other.client()) == exported);
}

TEST_F(ImportTest, RowsMayComeInAnyOrderAndInCircles) {
  const Rows rows = Story(6);
  const std::string expected = Undisturbed(rows);
  std::mt19937 random(20251);
  for (int round = 0; round < 5; ++round) {
    Rows shuffled = rows;
    if (round == 0) {
      std::reverse(shuffled.begin(), shuffled.end());
    } else {
      std::shuffle(shuffled.begin(), shuffled.end(), random);
    }
    TestServer other;
    const v1::ImportResponse done = ImportTo(other.client(), "import_id: 'i'", shuffled, 11);
    EXPECT_THAT(Told(done), IsEmpty());
    EXPECT_EQ(done.counts().created(), static_cast<int64_t>(rows.size()));
    EXPECT_EQ(done.counts().waiting(), 0);
    EXPECT_TRUE(ExportFrom(other.client()) == expected) << "round " << round;
  }
}

TEST_F(ImportTest, ARejectedRowTakesThoseAlongThatCiteItAndNoOthers) {
  Rows rows = {Attribution("c", "a", "d", "b"),
               Attribution("c", "b", "d", "x"),
               Attribution("c", "x", "d", "a", "said_date: 'never'"),
               Attribution("c", "y", "d", "z"),
               Attribution("c", "z", "d", "y"),
               Claim("c"),
               Document("d", "a")};
  for (const char* id : {"a", "b", "x", "y", "z"}) rows.push_back(Source(id));
  const v1::ImportResponse done = Import("import_id: 'i'", rows, 4);
  EXPECT_EQ(Counts(done), "created: 9 rejected: 3");
  std::vector<std::string> told = Told(done);
  std::sort(told.begin(), told.end());
  ASSERT_THAT(told, SizeIs(3));
  EXPECT_THAT(told[0], HasSubstr("0 claims/c/attributions/a attribution.cites[0].attribution "
                                 "REFERENCE_MISSING"));
  EXPECT_THAT(told[1], HasSubstr("1 claims/c/attributions/b "));
  EXPECT_THAT(told[2], HasSubstr("2 claims/c/attributions/x attribution.said_date INVALID"));
}

TEST_F(ImportTest, OnExistingSaysWhatBecomesOfRowsThatDiffer) {
  MakeStory();
  v1::DeleteSourceRequest remove;
  remove.set_name("sources/u");
  remove.set_reason("for the test");
  Ok(&Sources::DeleteSource, remove);
  const Rows rows = {Claim("c", "It is otherwise."), Source("u"), Source("s"), Source("new")};
  EXPECT_THAT(Told(Import("import_id: 'fail'", rows)),
              ElementsAre("0 claims/c  ALREADY_EXISTS", "1 sources/u  DELETED"));
  const v1::ImportResponse skipped =
      Import("import_id: 'skip' on_existing: ON_EXISTING_SKIP", rows);
  EXPECT_EQ(Counts(skipped), "unchanged: 2 skipped: 2");
  const v1::ImportResponse updated =
      Import("import_id: 'update' on_existing: ON_EXISTING_UPDATE", rows);
  EXPECT_EQ(Counts(updated), "updated: 1 unchanged: 2 rejected: 1");
  EXPECT_THAT(Told(updated), ElementsAre("1 sources/u  DELETED"));
  EXPECT_EQ(Ok(&Claims::GetClaim, ClaimNamed("c")).text(), "It is otherwise.");
  // A name that comes twice: the second updates the first.
  const Rows twice = {Claim("t", "One."), Claim("t", "Two."), Claim("t", "Two.")};
  EXPECT_EQ(Counts(Import("import_id: 'twice' on_existing: ON_EXISTING_UPDATE", twice)),
            "created: 1 updated: 1 unchanged: 1");
  EXPECT_EQ(Ok(&Claims::GetClaim, ClaimNamed("t")).text(), "Two.");
}

TEST_F(ImportTest, QuotesAndPublishersAreCheckedAmongTheRows) {
  const std::string text = "text: 'Three people told us so.'";
  const Rows rows = {Source("a"),
                     From<v1::Record>("source { name: 'sources/n' display_name: 'n' "
                                      "kind: SOURCE_KIND_ANONYMOUS }"),
                     Document("d", "a", text),
                     Document("by-nobody", "n"),
                     Claim("c"),
                     Attribution("c", "a", "d", "", "quote { exact: 'told us' }"),
                     Attribution("c", "n", "d", "", "quote { exact: 'told them' }")};
  const v1::ImportResponse done = Import("import_id: 'i'", rows);
  EXPECT_EQ(Counts(done), "created: 5 rejected: 2") << done.ShortDebugString();
  EXPECT_THAT(Told(done), ElementsAre("3 documents/by-nobody  MAY_NOT_PUBLISH",
                                      "6 claims/c/attributions/n attribution.quote.exact INVALID"));
  // The text changes, and a quote from it in the same import: only after what quotes it.
  const Rows changes = {Attribution("c", "a", "d", "", "quote { exact: 'Three people' }"),
                        Document("d", "a", "text: 'Three people told them so.'"),
                        Attribution("c", "n", "d", "", "quote { exact: 'told them' }")};
  const v1::ImportResponse changed =
      Import("import_id: 'j' on_existing: ON_EXISTING_UPDATE", changes);
  EXPECT_EQ(Counts(changed), "created: 1 updated: 2") << changed.ShortDebugString();
}

}  // namespace
}  // namespace headwater::integration
