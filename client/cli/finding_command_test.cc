// headwater search and headwater verify against a small server.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cli/command_line_fixture.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/v1/search.pb.h"
#include "headwater/v1/verification.pb.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class FindingCommandTest : public CommandLineTest {
 protected:
  static v1::SearchClaimsResponse Page(const std::string& claim, const std::string& next) {
    v1::SearchClaimsResponse page;
    page.add_results()->mutable_claim()->set_claim(claim);
    page.set_next_page_token(next);
    page.set_read_sequence(9);
    return page;
  }

  static v1::VerifyResponse Matched() {
    v1::VerifyResponse response;
    v1::VerifiedStatement* statement = response.add_statements();
    statement->set_text("T.");
    v1::ClaimMatch* match = statement->add_matches();
    match->mutable_claim()->set_claim("claims/x");
    match->set_is_match(true);
    return response;
  }
};

TEST_F(FindingCommandTest, SearchSendsWhatIsTyped) {
  store_.WillAnswer("SearchClaims", std::vector<v1::SearchClaimsResponse>{Page("claims/x", "")});
  const Result result = Run({"search", "export", "claim", "about:huawei", "--language", "vi",
                             "--limit", "3", "--facets", "--at-least", "7"});
  ASSERT_EQ(result.code, kOk) << result.err;
  EXPECT_EQ(result.err, "");
  const auto request = store_.Last<v1::SearchClaimsRequest>("SearchClaims");
  EXPECT_EQ(request.query(), "export claim about:huawei");
  EXPECT_EQ(request.language(), "vi");
  EXPECT_EQ(request.page_size(), 3);
  EXPECT_TRUE(request.show_facets());
  EXPECT_EQ(request.read().min_sequence(), 7);
  ASSERT_EQ(Run({"search", "--", "-smic"}).code, kOk);
  const auto without = store_.Last<v1::SearchClaimsRequest>("SearchClaims");
  EXPECT_EQ(without.query(), "-smic");
  EXPECT_EQ(without.page_size(), 20);
  EXPECT_FALSE(without.has_read());
}

// A file with such lines, gone with the test.
class VectorFile {
 public:
  explicit VectorFile(const std::string& lines)
      : path_(std::filesystem::temp_directory_path() /
              ("headwater-vectors-" + std::to_string(getpid()) + "-" + std::to_string(++made_))) {
    std::ofstream(path_) << lines;
  }
  ~VectorFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_; }

 private:
  static inline int made_ = 0;
  const std::filesystem::path path_;
};

TEST_F(FindingCommandTest, VectorsComeFromAFile) {
  store_.WillAnswer("SearchClaims", std::vector<v1::SearchClaimsResponse>{Page("claims/x", "")});
  store_.WillAnswer("Verify", std::vector<v1::VerifyResponse>{Matched()});
  const std::string one = R"({"model": "m", "dimensions": 2, "values": [0.1, -3e-7]})";
  const std::string two = R"({"model": "m", "dimensions": 2, "int8Values": "f4E="})";
  {
    const VectorFile file(one + "\n");
    ASSERT_EQ(Run({"search", "chip", "--embedding", file.path()}).code, kOk);
    const auto request = store_.Last<v1::SearchClaimsRequest>("SearchClaims");
    EXPECT_EQ(request.embedding().model(), "m");
    EXPECT_EQ(request.embedding().values(1), -3e-7f);
  }
  const VectorFile file(one + "\n\n" + two + "\n");
  ASSERT_EQ(Run({"verify", "A. B.", "--embeddings", file.path()}).code, kOk);
  const auto request = store_.Last<v1::VerifyRequest>("Verify");
  ASSERT_EQ(request.embeddings_size(), 2);
  EXPECT_EQ(request.embeddings(1).int8_values(), "\x7f\x81");
  const Result both = Run({"search", "chip", "--embedding", file.path()});
  EXPECT_EQ(both.code, kUsage);
  EXPECT_THAT(both.err, HasSubstr("--embedding"));
  const VectorFile bad(one + "\n[1, 2]\n");
  const Result refused = Run({"verify", "A.", "--embeddings", bad.path()});
  EXPECT_EQ(refused.code, kUsage);
  EXPECT_THAT(refused.err, HasSubstr("line 2"));
}

TEST_F(FindingCommandTest, SearchFollowsPagesWhereAsked) {
  v1::SearchClaimsResponse empty;
  empty.set_next_page_token("b");
  const auto last = Page("claims/z", "");
  store_.WillAnswer("SearchClaims",
                    std::vector<v1::SearchClaimsResponse>{empty, Page("claims/y", "c"), last});
  // An empty page is not the end.
  Result result = Run({"search", "x"});
  EXPECT_EQ(result.code, kOk);
  EXPECT_EQ(store_.CountCalls("SearchClaims"), 2);
  EXPECT_EQ(store_.Last<v1::SearchClaimsRequest>("SearchClaims").page_token(), "b");
  EXPECT_THAT(result.err, HasSubstr("there are more"));
  store_.WillAnswer("SearchClaims",
                    std::vector<v1::SearchClaimsResponse>{empty, Page("claims/y", "c"), last});
  result = Run({"search", "x", "--all", "--output", "json"});
  EXPECT_EQ(store_.Last<v1::SearchClaimsRequest>("SearchClaims").page_token(), "c");
  EXPECT_EQ(store_.Last<v1::SearchClaimsRequest>("SearchClaims").page_size(), 100);
  EXPECT_THAT(result.out, HasSubstr("claims/y"));
  EXPECT_THAT(result.out, HasSubstr("claims/z"));
  EXPECT_THAT(result.out, HasSubstr("\"readSequence\": \"9\""));
  store_.WillAnswer("SearchClaims",
                    std::vector<v1::SearchClaimsResponse>{Page("claims/y", "c"), last});
  EXPECT_EQ(Lines(Run({"search", "x", "--all", "--output", "ndjson"}).out).size(), 2);
}

TEST_F(FindingCommandTest, SearchThatFindsNothingSaysWhatToTry) {
  store_.WillAnswer("SearchClaims",
                    std::vector<v1::SearchClaimsResponse>{v1::SearchClaimsResponse()});
  const Result result = Run({"search", "x"});
  EXPECT_EQ(result.code, kNotFound);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, StartsWith("nothing found\n"));
  EXPECT_EQ(Run({"search"}).code, kUsage);
  EXPECT_EQ(Run({"search", "x", "--limit", "101"}).code, kUsage);
  EXPECT_EQ(Run({"search", "x", "--output", "dot"}).code, kUsage);
}

TEST_F(FindingCommandTest, VerifyTellsATextFromAQuoteAndAnAddress) {
  store_.WillAnswer("Verify", std::vector<v1::VerifyResponse>{Matched()});
  const auto sent = [this] { return store_.Last<v1::VerifyRequest>("Verify"); };
  ASSERT_EQ(Run({"verify", "T.", "--language", "en", "--max-matches", "2", "--show-unlikely",
                 "--at-least", "4"})
                .code,
            kOk);
  EXPECT_EQ(sent().text(), "T.");
  EXPECT_EQ(sent().language(), "en");
  EXPECT_EQ(sent().max_matches(), 2);
  EXPECT_TRUE(sent().show_unlikely());
  EXPECT_EQ(sent().read().min_sequence(), 4);
  ASSERT_EQ(Run({"verify", "See https://a.example/x"}).code, kOk);
  EXPECT_EQ(sent().text(), "See https://a.example/x");
  ASSERT_EQ(Run({"verify", "--quote", "T."}).code, kOk);
  EXPECT_EQ(sent().quote(), "T.");
  ASSERT_EQ(Run({"verify", "https://a.example/x"}).code, kOk);
  EXPECT_EQ(sent().uri(), "https://a.example/x");
  Write({"One.", "Two."});
  ASSERT_EQ(Run({"verify", "--file", path_}).code, kOk);
  EXPECT_EQ(sent().text(), "One.\nTwo.\n");
}

TEST_F(FindingCommandTest, VerifyEndsAsScriptsCanTell) {
  store_.WillAnswer("Verify", std::vector<v1::VerifyResponse>{Matched()});
  EXPECT_EQ(Run({"verify", "T."}).code, kOk);
  v1::VerifyResponse none = Matched();
  none.mutable_statements(0)->mutable_matches(0)->set_is_match(false);
  store_.WillAnswer("Verify", std::vector<v1::VerifyResponse>{none});
  EXPECT_EQ(Run({"verify", "T.", "--show-unlikely"}).code, kNotFound);
  EXPECT_EQ(Run({"verify", "T.", "--output", "json"}).code, kNotFound);
  EXPECT_EQ(Run({"verify"}).code, kUsage);
  EXPECT_EQ(Run({"verify", " "}).code, kUsage);
  EXPECT_EQ(Run({"verify", "T.", "--file", path_}).code, kUsage);
  EXPECT_EQ(Run({"verify", "--file", folder_ + "/none"}).code, kUsage);
  EXPECT_EQ(Run({"verify", "T.", "--max-matches", "51"}).code, kUsage);
  store_.WillAnswer("Verify", std::vector<v1::VerifyResponse>{v1::VerifyResponse()});
  const Result unknown = Run({"verify", "https://a.example/x"});
  EXPECT_EQ(unknown.code, kNotFound);
  EXPECT_EQ(unknown.out, "");
  EXPECT_EQ(unknown.err,
            "nothing found: no document on record has the address https://a.example/x\n");
}

}  // namespace
}  // namespace headwater::cli
