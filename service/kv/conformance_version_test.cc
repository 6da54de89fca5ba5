// What every engine must do alike: Version().
#include <gmock/gmock.h>

#include <map>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "kv/conformance.h"
#include "kv/head.h"

namespace headwater::kv::testing {
namespace {

using ::testing::Optional;

class ConformanceVersion : public Conformance {};

INSTANTIATE_TEST_SUITE_P(Engines, ConformanceVersion, ::testing::ValuesIn(AllEngineKinds()),
                         [](const auto& engine) { return engine.param.name; });

const std::string kZero(8, '\0');
const std::string kTop(8, '\xff');

// The suffix of a sequence where the newest comes first.
std::string Descending(uint64_t sequence) { return EncodeHead(~sequence); }

std::string Key(absl::string_view name, uint64_t sequence) {
  return absl::StrCat(name, Descending(sequence));
}

TEST_P(ConformanceVersion, FindsTheFirstAtOrAfter) {
  for (const uint64_t sequence : {10, 20, 30}) {
    MustPut(Keyspace::kNames, Key("claims/a", sequence), absl::StrCat("at ", sequence));
  }
  Reopen();
  const auto snapshot = Take();
  const auto at = [&](const std::string& from) {
    return VersionKey(*snapshot, Keyspace::kNames, "claims/a", from);
  };
  EXPECT_THAT(at(Descending(100)), Optional(Key("claims/a", 30)));
  EXPECT_THAT(at(Descending(30)), Optional(Key("claims/a", 30)));
  EXPECT_THAT(at(Descending(29)), Optional(Key("claims/a", 20)));
  EXPECT_THAT(at(Descending(10)), Optional(Key("claims/a", 10)));
  EXPECT_EQ(at(Descending(9)), std::nullopt);
  EXPECT_THAT(at(kZero), Optional(Key("claims/a", 30)));
  EXPECT_EQ(at(kTop), std::nullopt);
  const auto row =
      snapshot->Version(Keyspace::kNames, "claims/a", Descending(25), Patience::kMayWait);
  ASSERT_TRUE(row.ok());
  EXPECT_EQ((*row)->value, "at 20");
}

TEST_P(ConformanceVersion, NamesThatArePrefixesOfOneAnother) {
  for (const char* name : {"claims", "claims/a", "claims/ab", "claims/b", "cla", ""}) {
    MustPut(Keyspace::kNames, Key(name, 5), name);
  }
  Reopen();
  const auto snapshot = Take();
  for (const char* name : {"claims", "claims/a", "claims/ab", "claims/b", "cla", ""}) {
    for (const std::string& from : {kZero, Descending(6), Descending(5)}) {
      EXPECT_THAT(VersionKey(*snapshot, Keyspace::kNames, name, from), Optional(Key(name, 5)));
    }
    EXPECT_EQ(VersionKey(*snapshot, Keyspace::kNames, name, Descending(4)), std::nullopt);
  }
  for (const char* name : {"claim", "claims/", "claims/abc", "c", "d", "claims/a\xff"}) {
    EXPECT_EQ(VersionKey(*snapshot, Keyspace::kNames, name, kZero), std::nullopt) << name;
  }
}

TEST_P(ConformanceVersion, OnlyExactlyEightBytesMore) {
  MustPut(Keyspace::kEdges, "name1234567", "seven");
  MustPut(Keyspace::kEdges, "name123456789", "nine");
  MustPut(Keyspace::kEdges, "name", "none");
  EXPECT_EQ(VersionKey(*Take(), Keyspace::kEdges, "name", kZero), std::nullopt);
  MustPut(Keyspace::kEdges, "name12345679", "eight");
  EXPECT_THAT(VersionKey(*Take(), Keyspace::kEdges, "name", kZero),
              Optional(std::string("name12345679")));
}

TEST_P(ConformanceVersion, DeletedVersionsAreNotFound) {
  MustPut(Keyspace::kNames, Key("claims/a", 1), "1");
  MustPut(Keyspace::kNames, Key("claims/a", 2), "2");
  const auto before = Take();
  MustDelete(Keyspace::kNames, Key("claims/a", 2));
  EXPECT_THAT(VersionKey(*Take(), Keyspace::kNames, "claims/a", kZero),
              Optional(Key("claims/a", 1)));
  MustDelete(Keyspace::kNames, Key("claims/a", 1));
  EXPECT_EQ(VersionKey(*Take(), Keyspace::kNames, "claims/a", kZero), std::nullopt);
  EXPECT_THAT(VersionKey(*before, Keyspace::kNames, "claims/a", kZero),
              Optional(Key("claims/a", 2)));
}

TEST_P(ConformanceVersion, AVersionIsEightBytes) {
  for (const char* from : {"", "1234567", "123456789"}) {
    const auto row = Take()->Version(Keyspace::kNames, "n", from, Patience::kMayWait);
    EXPECT_EQ(row.status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST_P(ConformanceVersion, AParentIsNotScannedThroughItsChildren) {
  Batch batch;
  for (int i = 0; i < 2000; ++i) batch.Put(Keyspace::kNames, Key(absl::StrCat("p/", i), 1), "");
  MustCommit(batch);
  EXPECT_EQ(VersionKey(*Take(), Keyspace::kNames, "p", kZero), std::nullopt);
  EXPECT_EQ(VersionKey(*Take(), Keyspace::kNames, "p/", kZero), std::nullopt);
  MustPut(Keyspace::kNames, Key("p", 1), "");
  EXPECT_THAT(VersionKey(*Take(), Keyspace::kNames, "p", kZero), Optional(Key("p", 1)));
}

// Held against a std::map, over names and suffixes of a few bytes that are likely to meet:
// terminators, what sorts around them, rows of one name between the rows of another.
TEST_P(ConformanceVersion, AgreesWithAPlainMap) {
  std::mt19937_64 random(20250806);
  const std::string alphabet("ab\0\xff\x01", 5);
  const auto word = [&](size_t size) {
    std::string made;
    while (made.size() < size) made.push_back(alphabet[random() % alphabet.size()]);
    return made;
  };
  const auto suffix = [&] {
    return random() % 2 == 0 ? Descending(random() % 4) : word(2) + word(1) + std::string(5, '\0');
  };
  std::map<std::string, std::string> model;
  for (int round = 0; round < 12; ++round) {
    Batch batch;
    for (int i = 0; i < 60; ++i) {
      const std::string key =
          random() % 10 == 0 ? word(random() % 12) : word(random() % 4) + suffix();
      if (random() % 4 == 0) {
        batch.Delete(Keyspace::kNames, key);
        model.erase(key);
      } else {
        batch.Put(Keyspace::kNames, key, absl::StrCat(round, " ", i));
        model[key] = absl::StrCat(round, " ", i);
      }
    }
    MustCommit(batch);
    if (round % 3 == 2) Reopen();  // where there are files, the rows are spread over several
    const auto snapshot = Take();
    for (int i = 0; i < 400; ++i) {
      const std::string name = word(random() % 4);
      const std::string from = random() % 4 == 0 ? kZero : suffix();
      std::optional<std::string> expected;
      for (auto it = model.lower_bound(name + from); it != model.end() && !expected; ++it) {
        if (!absl::StartsWith(it->first, name)) break;
        if (it->first.size() == name.size() + 8) expected = it->first;
      }
      ASSERT_EQ(VersionKey(*snapshot, Keyspace::kNames, name, from), expected);
    }
    ASSERT_EQ(Scan(*snapshot, Keyspace::kNames, "", std::string(20, '\xff')),
              Rows(model.begin(), model.end()));
  }
}

}  // namespace
}  // namespace headwater::kv::testing
