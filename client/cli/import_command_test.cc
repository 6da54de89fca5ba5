// `headwater import` against a small server.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/command_line_fixture.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ImportCommandTest : public CommandLineTest {
 protected:
  // Sources s0, s1, …, some of them bad, one citing a bad one and another citing that.
  std::vector<std::string> Many(int count) {
    std::vector<std::string> lines;
    for (int i = 0; i < count; ++i) {
      std::string more;
      if (i % 500 == 250) more = R"(,"note":"bad")";
      if (i == 300) more = R"(,"owner":"sources/s250")";
      if (i == 301) more = R"(,"owner":"sources/s300")";
      if (i == 302) more = R"(,"owner":"sources/s2000")";
      lines.push_back(Source(absl::StrCat("s", i), more));
    }
    return lines;
  }

  // The stream breaks off with the chunk that begins at this row, for good.
  void BreakAt(int64_t offset) {
    store_.imports().breaks = [offset](const v1::ImportRequest& request) {
      return request.records_size() > 0 && request.offset() >= offset;
    };
  }
  void Mend() { store_.imports().breaks = nullptr; }
};

TEST_F(ImportCommandTest, ImportTakesAnyOrderAndIsIdempotent) {
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
  EXPECT_EQ(first.out,
            "6 rows: 6 created, 0 unchanged, 0 rejected; 4 had waited for what they refer to\n");
  const Result second = Import(lines);
  EXPECT_EQ(second.code, kOk) << second.err;
  EXPECT_EQ(second.out, "6 rows: 0 created, 6 unchanged, 0 rejected\n");
  // Each was an import of its own.
  EXPECT_NE(store_.imports().configs()[0].import_id(), store_.imports().configs()[1].import_id());
}

TEST_F(ImportCommandTest, ImportShowsBothSidesOfADifference) {
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

TEST_F(ImportCommandTest, ImportOfANameTwice) {
  const Result result = Import({Source("a"), Source("a"), Source("a", R"(,"country":"VN")")});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_EQ(result.out, "3 rows: 1 created, 1 unchanged, 1 rejected (1 differing)\n");
  EXPECT_THAT(result.err, StartsWith("line 3: sources/a: differs"));
}

TEST_F(ImportCommandTest, ImportRejectsBadLines) {
  const Result result = Import({"{", Source("a"), "{}", R"({"source":{"name":"claims/x"}})"});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_THAT(result.err, HasSubstr("line 1: not a record in JSON"));
  EXPECT_THAT(result.err, HasSubstr("line 3: no resource in it"));
  EXPECT_THAT(result.err, HasSubstr("line 4: source.name is \"claims/x\""));
  EXPECT_EQ(result.out, "4 rows: 1 created, 0 unchanged, 3 rejected (3 not a record)\n");
  EXPECT_EQ(Run({"import", "/nowhere/rows"}).code, kUsage);
  EXPECT_EQ(Run({"import", testing::TempDir()}).code, kUsage);
}

TEST_F(ImportCommandTest, WhatAFileSaysMovesNoTerminal) {
  const Result result = Import({R"({"claim":{"name":"x\u001b[2J\u0007"}})",
                                "{\"source\":{\"name\":\"sources/a\",\"kind\":\"\x1b[31m\"}}",
                                R"({"claim":{"name":")" + std::string(1'000'000, 'n') + "\"}}"});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_EQ(result.err.find('\x1b'), std::string::npos);
  EXPECT_THAT(result.err, HasSubstr("line 1: claim.name is \"x\uFFFD[2J\uFFFD\""));
  EXPECT_THAT(result.err, HasSubstr("nnn…\"; it must be like claims/{claim}"));
  EXPECT_LT(result.err.size(), 5000U);
}

TEST_F(ImportCommandTest, ImportOfOtherFormats) {
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

TEST_F(ImportCommandTest, RejectedRowsCanBeMendedAndImportedAgain) {
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

TEST_F(ImportCommandTest, GoodRowsGoInBesideBadOnes) {
  const Result result = Import(Many(3000));
  EXPECT_EQ(result.code, kPartial);
  EXPECT_EQ(result.out,
            "3000 rows: 2992 created, 0 unchanged, 8 rejected (6 invalid, 2 referring to what is "
            "not there); 3 had waited for what they refer to\n");
  EXPECT_EQ(store_.size(), 2992u);
  EXPECT_FALSE(store_.Has("sources/s250"));
  EXPECT_FALSE(store_.Has("sources/s301"));
  EXPECT_TRUE(store_.Has("sources/s302"));
  EXPECT_THAT(result.err, HasSubstr("line 251: sources/s250: source.note must not be \"bad\"\n"));
  EXPECT_THAT(result.err, HasSubstr("line 302: sources/s301: source.owner names sources/s300"));
}

TEST_F(ImportCommandTest, UpdatesWhatIsThere) {
  ASSERT_EQ(Import({Source("a"), Source("b")}).code, kOk);
  Write({Source("a", R"(,"country":"VN")"), Source("b"), Source("c")});
  const Result updated = Run({"import", "--on-existing", "update", path_});
  EXPECT_EQ(updated.code, kOk) << updated.err;
  EXPECT_EQ(updated.out, "3 rows: 1 created, 1 updated, 1 unchanged, 0 rejected\n");
  const Result json = Run({"import", "--on-existing", "update", "--output", "json", path_});
  EXPECT_EQ(json.out,
            "{\"created\":0,\"updated\":0,\"unchanged\":3,\"skipped\":0,\"waited\":0,"
            "\"waiting\":0,\"repeated\":0,\"notMade\":0,\"rejected\":0,\"reasons\":{},\"dryRun\":"
            "false}\n");
  EXPECT_EQ(Run({"import", "--on-existing", "sing", path_}).code, kUsage);
}

TEST_F(ImportCommandTest, AllOrNothingMakesNoneWhereOneIsWrong) {
  Write({Source("a"), Source("b", R"(,"note":"bad")")});
  Result result = Run({"import", "--all-or-nothing", path_});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_THAT(result.out, HasSubstr("2 rows: 0 created, 0 unchanged, 1 not made since others were "
                                    "rejected, 1 rejected (1 invalid)"));
  EXPECT_EQ(store_.size(), 0u);
  // A row that does not even reach the server counts, and the server's errors are told all the
  // same.
  Write({"{", Source("a"), Source("b", R"(,"note":"bad")")});
  result = Run({"import", "--all-or-nothing", path_});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_EQ(store_.size(), 0u);
  EXPECT_THAT(result.err, HasSubstr("line 1: not a record"));
  EXPECT_THAT(result.err, HasSubstr("line 3: sources/b: source.note"));
  Write({Source("a", R"(,"owner":"sources/b")"), Source("b")});
  result = Run({"import", "--all-or-nothing", path_});
  EXPECT_EQ(result.code, kOk) << result.err;
  EXPECT_EQ(store_.size(), 2u);
  EXPECT_EQ(Run({"import", "--all-or-nothing", path_, path_}).code, kUsage);
  Write(Many(10'001));
  result = Run({"import", "--all-or-nothing", path_});
  EXPECT_EQ(result.code, kUsage);
  EXPECT_THAT(result.err, HasSubstr("more than 10,000 records"));
  EXPECT_EQ(store_.size(), 2u);
}

TEST_F(ImportCommandTest, DryRunSaysWhatWouldBecomeOfRows) {
  ASSERT_EQ(Import({Source("a")}).code, kOk);
  Write({Source("a"), Source("b", R"(,"owner":"sources/c")"), Source("c"),
         Source("d", R"(,"owner":"sources/none")")});
  const Result result = Run({"import", "--dry-run", path_});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_THAT(result.out, StartsWith("dry run, nothing was written; it would be\n"
                                     "4 rows: 2 created, 1 unchanged, 1 rejected"));
  EXPECT_THAT(result.err, StartsWith("line 4: sources/d: source.owner names sources/none"));
  EXPECT_EQ(store_.size(), 1u);
}

// More than the server checks at a time.
TEST_F(ImportCommandTest, DryRunOfMuchGoesInPieces) {
  std::vector<std::string> lines = Many(12'000);
  lines[11'000] = Source("s11000", R"(,"owner":"sources/s1")");      // in the first piece
  lines[10] = Source("s10", R"(,"owner":"sources/s11999")");         // in the second
  lines[11'001] = Source("s11001", R"(,"owner":"sources/nobody")");  // in none
  Write(lines);
  const Result result = Run({"import", "--dry-run", path_});
  EXPECT_EQ(result.code, kPartial);
  // 24 are bad, s300 and s301 hang on one of them, s11001 on nobody.
  EXPECT_THAT(result.out, HasSubstr("12000 rows: 11973 created, 0 unchanged, 27 rejected"))
      << result.err;
  EXPECT_THAT(result.err, HasSubstr("checked in 2 pieces"));
  EXPECT_THAT(result.err, HasSubstr("line 11002: sources/s11001: source.owner names"));
  EXPECT_THAT(result.err, Not(HasSubstr("sources/s11000")));
  EXPECT_EQ(store_.size(), 0u);
}

TEST_F(ImportCommandTest, ResumeGoesOnWhereItBrokeOff) {
  const std::string rejects = folder_ + "/rejects";
  // Into an empty store all would go in one chunk.
  ASSERT_EQ(Import({Source("first")}).code, kOk);
  Write(Many(5000));
  BreakAt(2000);
  const Result broken = Run({"--timeout", "3s", "import", "--rejects", rejects, path_});
  EXPECT_EQ(broken.code, kUnreachable);
  EXPECT_THAT(broken.err, HasSubstr("the import stopped; 2000 of the "));
  EXPECT_THAT(broken.err, HasSubstr(absl::StrCat("\n  headwater import --server ", store_.address(),
                                                 " --rejects ", rejects, " --import-id ",
                                                 store_.imports().configs()[1].import_id(),
                                                 " --resume ", path_, "\n")));
  Mend();
  const size_t streams = store_.imports().configs().size();
  const Result resumed = Run({"import", "--rejects", rejects, "--resume", path_});
  EXPECT_EQ(resumed.code, kPartial);
  EXPECT_THAT(resumed.err, HasSubstr("goes on behind the first 2000 records"));
  EXPECT_EQ(store_.imports().configs().back().import_id(),
            store_.imports().configs()[1].import_id());
  EXPECT_EQ(store_.imports().configs().size(), streams + 1);
  EXPECT_EQ(resumed.out,
            "5000 rows: 4988 created, 0 unchanged, 12 rejected (10 invalid, 2 referring to what is "
            "not there); 3 had waited for what they refer to\n");
  // All rejected rows are in the file of the second run, those that the first one sent, too.
  EXPECT_EQ(Lines(Contents(rejects)).size(), 12u);
  EXPECT_THAT(Contents(rejects), StartsWith(Source("s250", R"(,"note":"bad")") + "\n"));
  EXPECT_THAT(Contents(rejects), HasSubstr(Source("s301", R"(,"owner":"sources/s300")")));

  const Result again = Run({"import", "--resume", path_});
  EXPECT_EQ(again.code, kPartial);
  EXPECT_THAT(again.err, HasSubstr("was finished already; nothing has changed"));
  EXPECT_THAT(again.out, StartsWith("5000 rows: 4988 created"));
  // Without --resume it is another import.
  EXPECT_THAT(Run({"import", path_}).out, StartsWith("5000 rows: 0 created, 4988 unchanged"));
}

TEST_F(ImportCommandTest, ResumeKnowsTheFileAndTheFlags) {
  Write({Source("a")});
  Result result = Run({"import", "--resume", path_});
  EXPECT_EQ(result.code, kOk) << result.err;
  EXPECT_THAT(result.err, HasSubstr("no import of it as it is now"));
  result = Run({"import", "--resume", "--on-existing", "skip", path_});
  EXPECT_THAT(result.err, HasSubstr("no import of it as it is now"));
  Write({Source("a"), Source("b")});
  result = Run({"import", "--resume", path_});
  EXPECT_EQ(result.out, "2 rows: 1 created, 1 unchanged, 0 rejected\n");
  EXPECT_EQ(Run({"import", "--resume", "-"}).code, kUsage);
  EXPECT_EQ(Run({"import", "--resume", "--dry-run", path_}).code, kUsage);
  EXPECT_EQ(Run({"import", "--import-id", "x", path_, path_}).code, kUsage);
}

TEST_F(ImportCommandTest, AnIdOfOnesOwn) {
  Write({Source("a"), Source("b")});
  ASSERT_EQ(Run({"import", "--import-id", "mine", path_}).code, kOk);
  EXPECT_EQ(store_.imports().configs()[0].import_id(), "mine");
  Result result = Run({"import", "--import-id", "mine", path_});
  EXPECT_EQ(result.code, kConflict);
  EXPECT_THAT(result.err, HasSubstr("--resume goes on with it"));
  // Another file, with another beginning, is told where it is shorter.
  Write({Source("c")});
  result = Run({"import", "--import-id", "mine", "--resume", path_});
  EXPECT_EQ(result.code, kConflict);
  EXPECT_THAT(result.err, HasSubstr("it is an import of another file"));
  EXPECT_EQ(store_.size(), 2u);
}

TEST_F(ImportCommandTest, RejectsOfOtherFormats) {
  const std::string rejects = folder_ + "/rejects.csv";
  Write({"display_name,kind,note", "A,PERSON,", "\"B, b\",PERSON,bad", "ragged", "C,PERSON,",
         "D,PERSON,bad"});
  const Result result = Run({"import", "--rejects", rejects, path_});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_THAT(result.err, HasSubstr("row 3: "));
  EXPECT_THAT(result.out, HasSubstr("5 records: 2 created, 0 unchanged, 3 rejected (2 invalid, 1 "
                                    "ragged)"));
  // As they became known: what can be read is only wrong once the server says so.
  EXPECT_EQ(Contents(rejects),
            "display_name,kind,note\nragged\n\"B, b\",PERSON,bad\nD,PERSON,bad\n");
}

TEST_F(ImportCommandTest, ManyBadRowsAreCountedNotListed) {
  const std::string rejects = folder_ + "/rejects";
  std::vector<std::string> lines;
  for (int i = 0; i < 3000; ++i) {
    lines.push_back(i % 2 == 0 ? "{" : Source(absl::StrCat("s", i), R"(,"note":"bad")"));
  }
  Write(lines);
  const Result result = Run({"import", "--rejects", rejects, path_});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_EQ(Lines(result.err).size(), 1001u);
  EXPECT_EQ(Lines(result.err).back(), "and 2000 more that were rejected");
  EXPECT_EQ(Lines(Contents(rejects)).size(), 3000u);
  EXPECT_EQ(result.out,
            "3000 rows: 0 created, 0 unchanged, 3000 rejected (1500 invalid, 1500 not a record)\n");
}

TEST_F(ImportCommandTest, SeveralFilesAreSummedUp) {
  const std::string other = folder_ + "/other.ndjson";
  std::ofstream(other) << Source("a") << "\n" << Source("c", R"(,"note":"bad")") << "\n";
  Write({Source("a"), Source("b")});
  const Result result = Run({"import", path_, other});
  EXPECT_EQ(result.code, kPartial);
  EXPECT_EQ(result.out, "4 rows: 2 created, 1 unchanged, 1 rejected (1 invalid)\n");
  EXPECT_THAT(result.err, StartsWith(other + ", line 2: sources/c: "));
}

TEST_F(ImportCommandTest, AFileThatEndsTooEarlySaysHowToGoOn) {
  Write(Many(5000));
  const std::string packed = path_ + ".gz";
  ASSERT_EQ(std::system(absl::StrCat("gzip -c ", path_, " > ", packed).c_str()), 0);
  std::filesystem::resize_file(packed, std::filesystem::file_size(packed) - 100);
  const Result result = Run({"import", packed});
  EXPECT_EQ(result.code, kRefused);
  EXPECT_THAT(result.err, HasSubstr("--resume " + packed));
}

}  // namespace
}  // namespace headwater::cli
