#include "database/writing/requests.h"

#include <random>
#include <set>

#include "base/sha256.h"
#include "gtest/gtest.h"

namespace headwater::database {
namespace {

TEST(RecordedAnswer, TestVector) {
  const RecordedAnswer answer{std::string(32, 'f'), 1, {7, 300}};
  EXPECT_EQ(RecordedAnswerValue(answer), "\x01" + std::string(32, 'f') + "\x01\x02\x07\xac\x02");
}

TEST(RecordedAnswer, ReadsBack) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 1000; ++round) {
    RecordedAnswer answer{std::string(32, static_cast<char>(random())), random() >> (random() % 64),
                          std::vector<uint64_t>(random() % 20 == 0 ? 10'000 : random() % 5)};
    for (uint64_t& revision : answer.revisions) revision = random() >> (random() % 64);
    const auto read = ParseRecordedAnswer(RecordedAnswerValue(answer));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->fingerprint, answer.fingerprint);
    EXPECT_EQ(read->unchanged_count, answer.unchanged_count);
    EXPECT_EQ(read->revisions, answer.revisions);
  }
}

TEST(RecordedAnswer, RefusesWhatIsCutOffOrGoesOn) {
  const std::string value = RecordedAnswerValue({std::string(32, 'f'), 300, {7, 300}});
  for (size_t size = 0; size < value.size(); ++size)
    EXPECT_FALSE(ParseRecordedAnswer(absl::string_view(value).substr(0, size))) << size;
  EXPECT_FALSE(ParseRecordedAnswer(value + '\0'));
}

TEST(RecordedAnswer, RefusesAnotherLayoutAndACountThatTheBytesCannotHold) {
  std::string value = RecordedAnswerValue({std::string(32, 'f'), 0, {}});
  ASSERT_TRUE(ParseRecordedAnswer(value));
  value.back() = '\x01';
  EXPECT_FALSE(ParseRecordedAnswer(value));
  value.pop_back();
  EXPECT_FALSE(ParseRecordedAnswer(value + "\xff\xff\xff\xff\xff\xff\xff\xff\x7f"));
  value[0] = '\x02';
  EXPECT_FALSE(ParseRecordedAnswer(value + '\0'));
}

TEST(RequestHash, IsOfAllThreeAndOfWhereTheyEnd) {
  std::set<std::string> hashes;
  for (const auto& [principal, method, id] : {std::tuple("ann", "Create", "1"),
                                              {"bob", "Create", "1"},
                                              {"ann", "Update", "1"},
                                              {"ann", "Create", "2"},
                                              {"annC", "reate", "1"},
                                              {"ann", "Create1", ""},
                                              {"", "annCreate", "1"}}) {
    const std::string hash = RequestHash(principal, method, id);
    EXPECT_EQ(hash.size(), 32u);
    EXPECT_TRUE(hashes.insert(hash).second) << principal << " " << method << " " << id;
    EXPECT_EQ(RequestHash(principal, method, id), hash);
  }
  // Keys that are on disk.
  EXPECT_EQ(RequestHash("ann", "Create", "1"), std::string(AsBytes(Sha256("\x03"
                                                                          "ann"
                                                                          "\x06"
                                                                          "Create"
                                                                          "\x01"
                                                                          "1"))));
}

}  // namespace
}  // namespace headwater::database
