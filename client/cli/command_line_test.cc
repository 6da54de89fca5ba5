// Whole commands against a small server.
#include "cli/command_line.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/fake_store.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"

namespace headwater::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> Lines(const std::string& text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

struct Result {
  ExitCode code;
  std::string out;
  std::string err;
};

class CommandLineTest : public testing::Test {
 protected:
  CommandLineTest() : path_(testing::TempDir() + "/rows-" + std::to_string(getpid()) + ".ndjson") {}
  ~CommandLineTest() override { std::remove(path_.c_str()); }

  Result Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--server", store_.address()});
    std::ostringstream out;
    std::ostringstream err;
    const ExitCode code = cli::Run(arguments, {&out, {}, &err, {}});
    return {code, out.str(), err.str()};
  }

  Result Import(const std::vector<std::string>& lines) {
    std::ofstream file(path_);
    for (const std::string& line : lines) file << line << "\n";
    file.close();
    return Run({"import", path_});
  }

  const std::string path_;
  FakeStore store_;
};

std::string Source(const std::string& id, const std::string& more = "") {
  return absl::StrCat(R"({"source":{"name":"sources/)", id, R"(","displayName":")", id, "\"", more,
                      "}}");
}

TEST_F(CommandLineTest, CreateSendsWhatTheFlagsSay) {
  const Result result = Run({"attribution",
                             "create",
                             "x/ft",
                             "--source",
                             "ft",
                             "--stance",
                             "relays",
                             "--document",
                             "d",
                             "--cites",
                             "claims/x/attributions/y",
                             "--cites",
                             "source=z,stance=DENIES",
                             "--quote.exact",
                             "was put off",
                             "--quote.position.start",
                             "3",
                             "--could-not-verify",
                             "--hedges",
                             "a, b",
                             "--hedges",
                             "-c",
                             "--request-id",
                             "r1"});
  ASSERT_EQ(result.code, kOk) << result.err;
  EXPECT_THAT(result.out, StartsWith("created claims/x/attributions/ft (sequence"));
  const auto request = store_.Last<v1::CreateAttributionRequest>("CreateAttribution");
  EXPECT_EQ(request.parent(), "claims/x");
  EXPECT_EQ(request.attribution_id(), "ft");
  EXPECT_EQ(request.request_id(), "r1");
  EXPECT_EQ(request.attribution().source(), "sources/ft");
  EXPECT_EQ(request.attribution().document(), "documents/d");
  EXPECT_EQ(request.attribution().stance(), v1::STANCE_RELAYS);
  EXPECT_EQ(request.attribution().cites(0).attribution(), "claims/x/attributions/y");
  EXPECT_EQ(request.attribution().cites(1).stance(), v1::STANCE_DENIES);
  EXPECT_EQ(request.attribution().quote().position().start(), 3);
  EXPECT_TRUE(request.attribution().could_not_verify());
  EXPECT_THAT(request.attribution().hedges(), ElementsAre("a, b", "-c"));
}

TEST_F(CommandLineTest, UpdateMasksWhatIsGiven) {
  ASSERT_EQ(Run({"claim", "update", "x", "--json",
                 R"({"name":"claims/x","text":"T","subjectDate":"","sequence":"3","etag":"old"})",
                 "--note", "", "--clear", "tags", "--etag", "new", "--about", "name=Huawei"})
                .code,
            kOk);
  const auto request = store_.Last<v1::UpdateClaimRequest>("UpdateClaim");
  EXPECT_THAT(request.update_mask().paths(),
              ElementsAre("text", "subject_date", "about", "note", "tags"));
  EXPECT_EQ(request.claim().name(), "claims/x");
  EXPECT_EQ(request.claim().etag(), "\"new\"");
  EXPECT_EQ(request.claim().about(0).name(), "Huawei");
  EXPECT_EQ(Run({"claim", "update", "x"}).code, kUsage);
  EXPECT_EQ(Run({"claim", "update", "x", "--json", "{"}).code, kUsage);
}

TEST_F(CommandLineTest, ListsFollowAllPages) {
  ASSERT_EQ(Import({Source("a"), Source("b"), Source("c"), Source("d"), Source("e")}).code, kOk);
  const Result lines = Run({"source", "list", "--output", "ndjson"});
  EXPECT_THAT(Lines(lines.out), testing::SizeIs(5));
  EXPECT_EQ(Run({"source", "list"}).out,
            "ID  KIND  COUNTRY  DOMAINS  NAME\n"
            "a                           a\nb                           b\n"
            "c                           c\nd                           d\n"
            "e                           e\n");
  EXPECT_THAT(Run({"--output", "json", "source", "list"}).out,
              HasSubstr("],\n \"readSequence\": \"42\"\n}\n"));
  EXPECT_EQ(Run({"claim", "list"}).err, "(none)\n");
}

TEST_F(CommandLineTest, ErrorsHaveTheirExitCodes) {
  const Result missing = Run({"claim", "get", "x"});
  EXPECT_EQ(missing.code, kNotFound);
  EXPECT_EQ(missing.err, "headwater: there is no claims/x\n");
  EXPECT_EQ(missing.out, "");
  EXPECT_EQ(Run({"claim", "get"}).code, kUsage);
  EXPECT_EQ(Run({"claim", "fetch", "x"}).code, kUsage);
  EXPECT_EQ(Run({"claim", "get", "x", "--output", "dot"}).code, kUsage);
  EXPECT_EQ(Run({"--timeout", "soon", "claim", "get", "x"}).code, kUsage);
  EXPECT_EQ(Run({"claim", "get", "x", "--server", "127.0.0.1:1"}).code, kUnreachable);
  EXPECT_THAT(Run({"claim", "get", "x", "--server", "127.0.0.1:1"}).err,
              HasSubstr("no server at 127.0.0.1:1: start one with `headwaterd"));
}

TEST_F(CommandLineTest, HelpShowsTheFieldsOwnDocumentation) {
  const Result help = Run({"claim", "create", "--help"});
  EXPECT_EQ(help.code, kOk);
  EXPECT_THAT(help.out,
              HasSubstr("--text TEXT\n      The statement, in one or a few sentences.\n"));
  EXPECT_THAT(help.out, HasSubstr("--nature WORD"));
  EXPECT_THAT(help.out, HasSubstr("FACT, PREDICTION, OPINION."));
  EXPECT_THAT(help.out, Not(HasSubstr("--create-time")));
}

TEST_F(CommandLineTest, ImportTakesAnyOrderAndIsIdempotent) {
  const std::vector<std::string> lines = {
      R"({"attribution":{"name":"claims/c/attributions/a","source":"sources/s","document":"documents/d","cites":[{"attribution":"claims/c/attributions/b"}]}})",
      R"({"claim":{"name":"claims/c"}})",
      "",
      R"({"attribution":{"name":"claims/c/attributions/b","source":"sources/s","document":"documents/d","cites":[{"attribution":"claims/c/attributions/a"}]}})",
      R"({"document":{"name":"documents/d","publisher":"sources/s"}})",
      Source("part", R"(,"partOf":"sources/s")"),
      Source("s", R"(,"etag":"x","sequence":"7")")};
  const Result first = Import(lines);
  EXPECT_EQ(first.code, kOk) << first.err;
  EXPECT_EQ(first.out, "6 rows: 6 created, 0 unchanged, 0 rejected\n");
  const Result second = Import(lines);
  EXPECT_EQ(second.code, kOk) << second.err;
  EXPECT_EQ(second.out, "6 rows: 0 created, 6 unchanged, 0 rejected\n");
  EXPECT_EQ(store_.CountCalls("BatchCreateAttributions"), 2);
  const auto request = store_.Last<v1::BatchCreateAttributionsRequest>("BatchCreateAttributions");
  EXPECT_EQ(request.requests(0).parent(), "claims/c");
}

TEST_F(CommandLineTest, ImportShowsBothSidesOfADifference) {
  ASSERT_EQ(Import({Source("a"), Source("b")}).code, kOk);
  const Result result = Import({Source("b"), Source("a", R"(,"country":"VN")"), Source("c")});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_EQ(result.err,
            "line 2: sources/a: differs from what stands\n"
            "    country\n"
            "      stands:   (not set)\n"
            "      the file: \"VN\"\n");
  EXPECT_EQ(result.out, "3 rows: 1 created, 1 unchanged, 1 rejected (1 differing)\n");
}

TEST_F(CommandLineTest, ImportOfANameTwice) {
  const Result result = Import({Source("a"), Source("a"), Source("a", R"(,"country":"VN")")});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_EQ(result.out, "3 rows: 1 created, 1 unchanged, 1 rejected (1 differing)\n");
  EXPECT_THAT(result.err, StartsWith("line 3: sources/a: differs"));
}

TEST_F(CommandLineTest, ImportRejectsBadLines) {
  const Result result = Import({"{", Source("a"), "{}", R"({"source":{"name":"claims/x"}})"});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_THAT(result.err, HasSubstr("line 1: not a record in JSON"));
  EXPECT_THAT(result.err, HasSubstr("line 3: no resource in it"));
  EXPECT_THAT(result.err, HasSubstr("line 4: source.name is \"claims/x\""));
  EXPECT_EQ(result.out, "4 rows: 1 created, 0 unchanged, 3 rejected (3 not a record)\n");
  EXPECT_EQ(Run({"import", "/nowhere/rows"}).code, kUsage);
  EXPECT_EQ(Run({"import", testing::TempDir()}).code, kUsage);
}

TEST_F(CommandLineTest, ImportOfOtherFormats) {
  const std::string header = "display_name,kind,domains,note";
  const Result first = Import({header, "FT,NEWS_OUTLET,ft.com,", "ragged", "FT,person,ft.com,x"});
  EXPECT_EQ(first.code, kPartial);
  EXPECT_EQ(first.err, "row 3: has 1 fields; the header has 4\n");
  EXPECT_EQ(first.out,
            "3 rows read, 1 of them rejected; records that came again in their file: 1\n"
            "2 records: 1 created, 0 unchanged, 1 rejected (1 ragged)\n");
  const Result second = Import({header, "FT,NEWS_OUTLET,ft.com,other"});
  EXPECT_EQ(second.code, kOk) << second.err;
  EXPECT_THAT(second.out, HasSubstr("1 record: 0 created, 0 unchanged, 1 skipped"));
  const Result third = Run({"import", path_, "--on-existing", "fail"});
  EXPECT_EQ(third.code, kPartial);
  EXPECT_THAT(third.err, HasSubstr("differs from what stands"));
  EXPECT_EQ(Run({"import", path_, "--format", "song"}).code, kUsage);
}

TEST_F(CommandLineTest, RejectedRowsCanBeMendedAndImportedAgain) {
  const std::string rejects = path_ + ".rejects";
  std::ofstream(path_) << "display_name,kind\r\nA,PERSON\r\n\"B\nb\",nobody\r\nC\r\n";
  EXPECT_EQ(Run({"import", path_, "--dry-run", "--rejects", rejects}).code, kPartial);
  EXPECT_EQ(store_.size(), 0U);
  EXPECT_EQ(Run({"import", path_, "--rejects", rejects}).code, kPartial);
  EXPECT_EQ(store_.size(), 1U);
  std::ifstream file(rejects);
  std::stringstream written;
  written << file.rdbuf();
  EXPECT_EQ(written.str(), "display_name,kind\n\"B\nb\",nobody\nC\n");
  std::ofstream(rejects) << "display_name,kind\n\"B\nb\",PERSON\nC,PERSON\n";
  EXPECT_EQ(Run({"import", rejects}).code, kOk);
  EXPECT_EQ(store_.size(), 3U);
  EXPECT_EQ(Run({"import", path_, rejects, "--rejects", "x"}).code, kUsage);
  std::remove(rejects.c_str());
}

// 3,000 rows, some bad, one of them cited by good ones: all the others go in, whether the server
// says which rows are wrong or not.
TEST(ImportNarrowing, GoodRowsGoInWhateverTheServerSays) {
  for (bool names_rows : {true, false}) {
    FakeStore store(names_rows);
    const std::string path = absl::StrCat(testing::TempDir(), "/narrowing-", getpid());
    std::ofstream file(path);
    for (int i = 0; i < 3000; ++i) {
      std::string more;
      if (i % 500 == 250) more = R"(,"note":"bad")";
      if (i == 300) more = R"(,"owner":"sources/s250")";
      if (i == 301) more = R"(,"owner":"sources/s300")";
      file << Source(absl::StrCat("s", i), more) << "\n";
    }
    file.close();
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(cli::Run({"--server", store.address(), "import", path}, {&out, {}, &err, {}}),
              kPartial);
    std::remove(path.c_str());
    EXPECT_EQ(out.str(),
              "3000 rows: 2992 created, 0 unchanged, 8 rejected (6 invalid, 2 referring to what is "
              "not there)\n");
    EXPECT_EQ(store.size(), 2992u);
    EXPECT_FALSE(store.Has("sources/s250"));
    EXPECT_FALSE(store.Has("sources/s301"));
    EXPECT_THAT(err.str(), HasSubstr("line 251: sources/s250: "));
    if (names_rows) {
      EXPECT_THAT(err.str(), HasSubstr("source.note must not be \"bad\""));
      EXPECT_THAT(err.str(), HasSubstr("line 302: sources/s301: source.cites names sources/s300"));
    }
    EXPECT_LT(store.CountCalls("BatchCreateSources"), 250);
  }
}

TEST_F(CommandLineTest, ExportIsWhatImportReads) {
  const std::vector<std::string> lines = {
      Source("a"), Source("b"), Source("c"), R"({"claim":{"name":"claims/c","text":"Trí Đạt"}})",
      R"({"attribution":{"name":"claims/c/attributions/b","source":"sources/a"}})"};
  ASSERT_EQ(Import(lines).code, kOk);
  const Result exported = Run({"export"});
  EXPECT_EQ(exported.code, kOk) << exported.err;
  EXPECT_THAT(Lines(exported.out), testing::ElementsAreArray(lines));
  EXPECT_EQ(store_.CountCalls("Export"), 1);
  EXPECT_EQ(Run({"export", "--to", path_}).code, kOk);
  std::ifstream file(path_);
  std::stringstream written;
  written << file.rdbuf();
  EXPECT_EQ(written.str(), exported.out);
  EXPECT_EQ(Run({"export", "--to", "/nowhere/rows"}).code, kRefused);
}

}  // namespace
}  // namespace headwater::cli
