// Whole commands against a small server.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/command_line_fixture.h"
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
