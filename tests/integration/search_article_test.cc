// The article's question 5: its sentences lead to the claims that they state. Skipped where the
// article is not at hand.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"
#include "testing/article.h"

namespace headwater::integration {
namespace {

using ::testing::Contains;

std::string ReadFile(const std::string& name) {
  const char* given = std::getenv("HEADWATER_REAL_DATA");
  if (given == nullptr) return "";
  std::ifstream file(std::string(given) + "/article/" + name, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The claims that each line states, as the reading has them in its table.
std::map<int, std::set<std::string>> ClaimsByLine(const std::string& reading) {
  std::map<int, std::set<std::string>> claims;
  for (absl::string_view row : absl::StrSplit(reading, '\n')) {
    const std::vector<absl::string_view> cells = absl::StrSplit(row, '|');
    int line = 0;
    if (cells.size() > 6 && absl::SimpleAtoi(cells[3], &line))
      claims[line].insert(std::string(absl::StripAsciiWhitespace(cells[1])));
  }
  return claims;
}

class SearchArticleTest : public ApiTest {
 protected:
  SearchArticleTest() : ApiTest({.follow = true}), text_(ReadFile("deepseek-huawei.vi.txt")) {}

  void SetUp() override {
    if (text_.empty()) GTEST_SKIP() << "HEADWATER_REAL_DATA does not lead to the article";
    ImportArticle(client(), text_);
  }

  v1::VerifyResponse Verify(v1::VerifyRequest request) {
    // A busy machine may take longer than a server waits.
    EXPECT_TRUE(server_.database().WaitForIndex(server_.head(), std::chrono::minutes(1)));
    request.mutable_read()->set_min_sequence(server_.head());
    return Ok(&Provenance::Verify, request);
  }
  static std::vector<std::string> FirstOf(const v1::VerifiedStatement& statement, size_t most) {
    std::vector<std::string> ids;
    for (const v1::ClaimMatch& match : statement.matches()) {
      if (ids.size() < most) ids.push_back(match.claim().claim().substr(7));
    }
    return ids;
  }
  std::string Line(int number) const {
    return std::vector<std::string>(absl::StrSplit(text_, '\n'))[static_cast<size_t>(number - 1)];
  }

  const std::string text_;
};

TEST_F(SearchArticleTest, OneSentenceInTwoLanguages) {
  v1::VerifyRequest vietnamese;
  vietnamese.set_text(Line(6));
  std::set<std::string> found;
  const v1::VerifyResponse line = Verify(vietnamese);
  for (const v1::VerifiedStatement& statement : line.statements()) {
    for (const std::string& id : FirstOf(statement, 2)) found.insert(id);
  }
  EXPECT_THAT(found, Contains("huawei-engineers-failed"));
  v1::VerifyRequest english;
  english.set_quote("Huawei engineers failed to complete training");
  EXPECT_THAT(FirstOf(Verify(english).statements(0), 2), Contains("huawei-engineers-failed"));
}

TEST_F(SearchArticleTest, TheWholeArticleSentenceBySentence) {
  const std::map<int, std::set<std::string>> claims = ClaimsByLine(ReadFile("READING.md"));
  v1::VerifyRequest request;
  request.set_text(text_);
  std::map<int, std::set<std::string>> found;
  size_t teasers = 0;
  const v1::VerifyResponse response = Verify(request);
  for (const v1::VerifiedStatement& statement : response.statements()) {
    const size_t begin = *CodePointToByte(text_, static_cast<size_t>(statement.position().start()));
    ASSERT_EQ(text_.substr(begin, statement.text().size()), statement.text());
    const int line = 1 + static_cast<int>(std::count(text_.begin(), text_.begin() + begin, '\n'));
    if (line >= 17 && line <= 22) teasers += static_cast<size_t>(statement.matches_size());
    if (!claims.contains(line)) continue;
    for (const std::string& id : FirstOf(statement, claims.at(line).size())) found[line].insert(id);
  }
  size_t all = 0;
  size_t hit = 0;
  for (const auto& [line, ids] : claims) {
    for (const std::string& id : ids) {
      ++all;
      hit += found[line].contains(id) ? 1 : 0;
      if (!found[line].contains(id)) std::cout << "not found: line " << line << ", " << id << "\n";
    }
  }
  std::cout << hit << " of " << all << " claims found; " << teasers << " matches of teasers\n";
  EXPECT_EQ(all, 26U);
  EXPECT_GE(hit, 21U);
  EXPECT_EQ(teasers, 0U);
}

}  // namespace
}  // namespace headwater::integration
