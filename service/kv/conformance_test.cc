// What every engine must do alike: rows, snapshots and ranges. (Commits:
// conformance_commit_test.cc; Version: conformance_version_test.cc.)
#include "kv/conformance.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"

namespace headwater::kv::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::Pair;

constexpr absl::string_view kFirst = "";
const std::string& Last() {
  static const std::string& last = *new std::string(64, '\xff');
  return last;
}

INSTANTIATE_TEST_SUITE_P(Engines, Conformance, ::testing::ValuesIn(AllEngineKinds()),
                         [](const auto& engine) { return engine.param.name; });

TEST_P(Conformance, ANewStoreIsEmpty) {
  const auto snapshot = Take();
  EXPECT_EQ(snapshot->head(), 0u);
  for (const Keyspace keyspace : kAllKeyspaces) {
    EXPECT_THAT(Scan(*snapshot, keyspace, kFirst, Last()), IsEmpty()) << KeyspaceName(keyspace);
    EXPECT_EQ(Get(*snapshot, keyspace, "x"), std::nullopt);
  }
}

TEST_P(Conformance, KeyspacesAreApart) {
  Batch batch;
  for (const Keyspace keyspace : kAllKeyspaces) {
    batch.Put(keyspace, "the same long key", KeyspaceName(keyspace));
  }
  MustCommit(batch);
  const auto snapshot = Take();
  for (const Keyspace keyspace : kAllKeyspaces) {
    EXPECT_THAT(Get(*snapshot, keyspace, "the same long key"),
                Optional(std::string(KeyspaceName(keyspace))));
  }
}

TEST_P(Conformance, KeysAndValuesAreBytes) {
  const std::string zeros("\0\0", 2);
  const std::string mixed("\xff\0\x80 a", 5);
  Batch batch;
  batch.Put(Keyspace::kIndexes, zeros, mixed);
  batch.Put(Keyspace::kIndexes, mixed, zeros);
  batch.Put(Keyspace::kIndexes, "", "of the empty key");
  batch.Put(Keyspace::kIndexes, "empty value", "");
  MustCommit(batch);
  Reopen();
  const auto snapshot = Take();
  EXPECT_THAT(Get(*snapshot, Keyspace::kIndexes, zeros), Optional(mixed));
  EXPECT_THAT(Get(*snapshot, Keyspace::kIndexes, mixed), Optional(zeros));
  EXPECT_THAT(Get(*snapshot, Keyspace::kIndexes, ""), Optional(std::string("of the empty key")));
  EXPECT_THAT(Get(*snapshot, Keyspace::kIndexes, "empty value"), Optional(std::string()));
  EXPECT_EQ(Get(*snapshot, Keyspace::kIndexes, std::string(1, '\0')), std::nullopt);
}

TEST_P(Conformance, BigValuesComeBackWhole) {
  std::string big(5 << 20, 'b');
  for (size_t i = 0; i < big.size(); i += 97) big[i] = static_cast<char>(i * 31);
  for (const Keyspace keyspace : {Keyspace::kLog, Keyspace::kBlobs}) {
    MustPut(keyspace, "big", big);
    EXPECT_TRUE(Get(*Take(), keyspace, "big") == big);
  }
  Reopen();
  EXPECT_TRUE(Get(*Take(), Keyspace::kBlobs, "big") == big);
}

TEST_P(Conformance, OrderIsThatOfUnsignedBytes) {
  Batch batch;
  const std::string zero("a\0", 2);
  for (const std::string& key : std::vector<std::string>{"b", "a\xff", "ab", "a", zero, "a\x7f"}) {
    batch.Put(Keyspace::kIndexes, key, "");
  }
  MustCommit(batch);
  EXPECT_THAT(Scan(*Take(), Keyspace::kIndexes, kFirst, Last()),
              ElementsAre(Pair("a", ""), Pair(zero, ""), Pair("ab", ""), Pair("a\x7f", ""),
                          Pair("a\xff", ""), Pair("b", "")));
}

TEST_P(Conformance, ARangeIsHalfOpen) {
  for (const char* key : {"a", "b", "c", "d"}) MustPut(Keyspace::kEdges, key, "v");
  const auto snapshot = Take();
  EXPECT_THAT(Scan(*snapshot, Keyspace::kEdges, "b", "d"),
              ElementsAre(Pair("b", "v"), Pair("c", "v")));
  EXPECT_THAT(Scan(*snapshot, Keyspace::kEdges, "aa", "bb"), ElementsAre(Pair("b", "v")));
  EXPECT_THAT(Scan(*snapshot, Keyspace::kEdges, "b", "b"), IsEmpty());
  EXPECT_THAT(Scan(*snapshot, Keyspace::kEdges, "c", "b"), IsEmpty());
  EXPECT_THAT(Scan(*snapshot, Keyspace::kEdges, "e", "z"), IsEmpty());
  EXPECT_THAT(Scan(*snapshot, Keyspace::kEdges, "", ""), IsEmpty());
}

TEST_P(Conformance, SeekStaysInTheRange) {
  for (const char* key : {"a", "b", "d", "e"}) MustPut(Keyspace::kIndexes, key, key);
  const auto snapshot = Take();
  const auto cursor = snapshot->Range(Keyspace::kIndexes, "b", "e", Patience::kMayWait);
  ASSERT_TRUE(cursor->Valid());
  EXPECT_EQ(cursor->key(), "b");
  cursor->Seek("c");
  ASSERT_TRUE(cursor->Valid());
  EXPECT_EQ(cursor->key(), "d");
  EXPECT_EQ(cursor->value(), "d");
  cursor->Next();
  EXPECT_FALSE(cursor->Valid());
  cursor->Seek("a");  // before the range: its first row
  ASSERT_TRUE(cursor->Valid());
  EXPECT_EQ(cursor->key(), "b");
  cursor->Seek("e");  // past it
  EXPECT_FALSE(cursor->Valid());
  EXPECT_TRUE(cursor->status().ok());
}

TEST_P(Conformance, MultiGetKeepsPlacesAndRepeats) {
  MustPut(Keyspace::kLog, "one", "1");
  MustPut(Keyspace::kLog, "two", "2");
  MustPut(Keyspace::kLog, "empty", "");
  const std::vector<std::string> keys = {"two", "none", "one", "two", "none", "one"};
  const auto snapshot = Take();
  for (const Patience patience : {Patience::kMayWait, Patience::kCacheOnly}) {
    const auto values = snapshot->MultiGet(Keyspace::kLog, keys, patience);
    ASSERT_TRUE(values.ok()) << values.status();  // just written: still in memory everywhere
    EXPECT_THAT(*values, ElementsAre("2", std::nullopt, "1", "2", std::nullopt, "1"));
  }
  // An empty value may be left to those who may wait (kv/engine.h).
  EXPECT_THAT(*snapshot->MultiGet(Keyspace::kLog, {"empty"}, Patience::kMayWait), ElementsAre(""));
  const auto none = snapshot->MultiGet(Keyspace::kLog, {}, Patience::kMayWait);
  ASSERT_TRUE(none.ok());
  EXPECT_THAT(*none, IsEmpty());
}

TEST_P(Conformance, MultiGetOfManyKeys) {
  Batch batch;
  std::vector<std::string> keys;
  for (int i = 0; i < 500; ++i) {
    keys.push_back(absl::StrCat("key", 499 - i));
    if (i % 3 != 0) batch.Put(Keyspace::kLog, keys.back(), absl::StrCat("value", i));
  }
  MustCommit(batch);
  Reopen();
  const auto values = Take()->MultiGet(Keyspace::kLog, keys, Patience::kMayWait);
  ASSERT_TRUE(values.ok()) << values.status();
  for (int i = 0; i < 500; ++i) {
    if (i % 3 == 0) {
      EXPECT_EQ((*values)[i], std::nullopt);
    } else {
      EXPECT_THAT((*values)[i], Optional(absl::StrCat("value", i)));
    }
  }
}

TEST_P(Conformance, ASnapshotNeverChanges) {
  MustPut(Keyspace::kIndexes, "a", "old");
  MustPut(Keyspace::kIndexes, "b", "old");
  const auto before = Take();
  const auto cursor = before->Range(Keyspace::kIndexes, kFirst, Last(), Patience::kMayWait);
  MustPut(Keyspace::kIndexes, "a", "new");
  MustPut(Keyspace::kIndexes, "aa", "new");
  MustDelete(Keyspace::kIndexes, "b");
  EXPECT_EQ(before->head(), 2u);
  EXPECT_THAT(Scan(*before, Keyspace::kIndexes, kFirst, Last()),
              ElementsAre(Pair("a", "old"), Pair("b", "old")));
  EXPECT_THAT(Get(*before, Keyspace::kIndexes, "b"), Optional(std::string("old")));
  cursor->Next();
  ASSERT_TRUE(cursor->Valid());
  EXPECT_EQ(cursor->key(), "b");
  EXPECT_THAT(Scan(*Take(), Keyspace::kIndexes, kFirst, Last()),
              ElementsAre(Pair("a", "new"), Pair("aa", "new")));
}

TEST_P(Conformance, ManySnapshotsEachShowTheirOwnState) {
  std::vector<std::shared_ptr<const Snapshot>> snapshots;
  for (int i = 0; i < 100; ++i) {
    MustPut(Keyspace::kMeta, "counter", absl::StrCat(i));
    snapshots.push_back(Take());
  }
  for (int i = 99; i >= 0; i -= 2) snapshots[i].reset();
  for (int i = 0; i < 100; i += 2) {
    EXPECT_THAT(Get(*snapshots[i], Keyspace::kMeta, "counter"), Optional(absl::StrCat(i)));
    EXPECT_EQ(snapshots[i]->head(), static_cast<uint64_t>(i) + 1);
  }
}

}  // namespace
}  // namespace headwater::kv::testing
