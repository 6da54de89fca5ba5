#include "records/reader.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "keys/register.h"
#include "kv/fault_engine.h"
#include "kv/memory_engine.h"
#include "records/change.h"
#include "records/testing.h"
#include "records/text_frame.h"

namespace headwater::records {
namespace {

using keys::Name;
using kv::Keyspace;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Parsed;

// A store to which changes are written one by one.
class ReaderTest : public ::testing::Test {
 protected:
  // Returns the change's sequence. What is made stands under kAll.
  uint64_t Write(const std::string& name, v1::Operation operation, const std::string& stored,
                 uint64_t body_sequence = 0, const std::string& edge = "") {
    Change change;
    change.name = *Name::Parse(name);
    change.operation = operation;
    change.stored = stored;
    change.body_sequence = body_sequence;
    change.salt = change.digest = std::string(32, 's');
    change.deleted = operation == v1::OPERATION_DELETE;
    change.edge = edge;
    change.terms = {{TermChange::What::kOpen, keys::Term(keys::Index::kAll, keys::NoValue()), 0}};
    kv::Batch batch;
    Fill(change, {head_ + 1, head_ + 1, head_ + 1, 42, "ann"}, &batch);
    Commit(batch);
    return head_;
  }

  void Put(Keyspace keyspace, const std::string& key, const std::string& value) {
    kv::Batch batch;
    batch.Put(keyspace, key, value);
    Commit(batch);
  }

  void Drop(Keyspace keyspace, const std::string& key) {
    kv::Batch batch;
    batch.Delete(keyspace, key);
    Commit(batch);
  }

  uint64_t WriteEdge(const std::string& name, v1::Operation operation, const std::string& source) {
    v1::Attribution attribution;
    attribution.set_name(name);
    attribution.set_source(source);
    return Write(name, operation, "body", 0,
                 EdgeValue(attribution, operation == v1::OPERATION_DELETE, 0));
  }

  Reader reader(kv::Patience patience = kv::Patience::kMayWait) {
    snapshot_ = *engine_->TakeSnapshot();
    return Reader(*snapshot_, patience);
  }

  // "ft sources/ft", "-" before a deleted one.
  std::vector<std::string> Edges(absl::string_view claim, uint64_t sequence, size_t most,
                                 bool* truncated) {
    std::vector<std::string> lines;
    const auto edges = reader().Edges(claim, sequence, most, truncated);
    EXPECT_TRUE(edges.ok());
    for (const Edge& edge : *edges)
      lines.push_back((edge.deleted ? "-" : "") + edge.attribution.id + " " + edge.source.id);
    return lines;
  }

  std::shared_ptr<kv::FaultEngine> engine_ =
      std::make_shared<kv::FaultEngine>(kv::NewMemoryEngine());

 private:
  void Commit(const kv::Batch& batch) {
    ASSERT_TRUE(engine_->Commit(batch, head_, head_ + 1, kv::Durability::kSynced).ok());
    ++head_;
  }

  uint64_t head_ = 0;
  std::shared_ptr<const kv::Snapshot> snapshot_;
};

std::string LiveKeyOf(const std::string& name) {
  return keys::LiveKey(keys::Term(keys::Index::kAll, keys::NoValue()), Name::Parse(name)->Key());
}

bool IsDamage(const absl::Status& status) {
  return status.code() == absl::StatusCode::kDataLoss &&
         absl::StrContains(status.message(), "the store is damaged: ");
}

TEST_F(ReaderTest, FindsTheLatestAndEveryEarlierRevision) {
  const Name name = *Name::Parse("claims/x");
  EXPECT_EQ(*reader().Latest(name), std::nullopt);
  EXPECT_EQ(*reader().RevisionAt(name, 100), std::nullopt);
  const uint64_t first = Write("claims/x", v1::OPERATION_CREATE, "one");
  Write("claims/xy", v1::OPERATION_CREATE, "another");
  const uint64_t second = Write("claims/x", v1::OPERATION_DELETE, "two");
  const auto latest = *reader().Latest(name);
  ASSERT_TRUE(latest);
  EXPECT_EQ(latest->head, second);
  EXPECT_TRUE(latest->deleted);
  EXPECT_EQ(*reader().RevisionAt(name, first - 1), std::nullopt);
  EXPECT_EQ(*reader().RevisionAt(name, first), first);
  EXPECT_EQ(*reader().RevisionAt(name, second - 1), first);
  EXPECT_EQ(*reader().RevisionAt(name, second), second);
  EXPECT_EQ(*reader().RevisionAt(name, UINT64_MAX), second);
}

TEST_F(ReaderTest, LoadsBodiesFromWhereverTheyStand) {
  const uint64_t made = Write("claims/x", v1::OPERATION_CREATE, "body");
  const uint64_t other = Write("claims/y", v1::OPERATION_CREATE, "other body");
  const uint64_t deleted = Write("claims/x", v1::OPERATION_DELETE, "reason", made);
  Stored stored = *reader().Load(deleted);
  EXPECT_EQ(stored.body, "body");
  EXPECT_EQ(stored.entry.stored, "reason");
  EXPECT_EQ(stored.entry.name, "claims/x");
  EXPECT_EQ(stored.entry.sequence, deleted);
  // The views outlive a move.
  const Stored moved = std::move(stored);
  EXPECT_EQ(moved.body, "body");
  EXPECT_EQ(moved.entry.stored, "reason");

  const std::vector<Stored> all = *reader().LoadAll({deleted, other, made, deleted});
  ASSERT_EQ(all.size(), 4u);
  EXPECT_THAT((std::vector<absl::string_view>{all[0].body, all[1].body, all[2].body, all[3].body}),
              ElementsAre("body", "other body", "body", "body"));
  EXPECT_EQ(all[1].entry.sequence, other);
  EXPECT_TRUE(reader().LoadAll({})->empty());
}

TEST_F(ReaderTest, ReadsTheEdgesOfAClaimAsOfASequence) {
  const std::string a = "claims/x/attributions/a";
  const uint64_t first = WriteEdge("claims/x/attributions/b", v1::OPERATION_CREATE, "sources/one");
  WriteEdge(a, v1::OPERATION_CREATE, "sources/two");
  WriteEdge("claims/xx/attributions/a", v1::OPERATION_CREATE, "sources/elsewhere");
  WriteEdge(a, v1::OPERATION_UPDATE, "sources/three");
  const uint64_t last = WriteEdge(a, v1::OPERATION_DELETE, "sources/three");
  bool truncated = true;
  EXPECT_THAT(Edges("x", 0, 10, &truncated), IsEmpty());
  EXPECT_THAT(Edges("x", first, 10, &truncated), ElementsAre("b one"));
  EXPECT_THAT(Edges("x", first + 1, 10, &truncated), ElementsAre("a two", "b one"));
  EXPECT_THAT(Edges("x", last - 1, 10, &truncated), ElementsAre("a three", "b one"));
  EXPECT_THAT(Edges("x", last, 10, &truncated), ElementsAre("-a three", "b one"));
  EXPECT_THAT(Edges("y", last, 10, &truncated), IsEmpty());
  EXPECT_FALSE(truncated);
}

TEST_F(ReaderTest, LeapsOverTheRevisionsOfAnAttributionThatAreNotAsked) {
  const std::string a = "claims/x/attributions/a";
  WriteEdge(a, v1::OPERATION_CREATE, "sources/s0");
  for (int i = 1; i < 30; ++i) WriteEdge(a, v1::OPERATION_UPDATE, absl::StrCat("sources/s", i));
  const uint64_t b = WriteEdge("claims/x/attributions/b", v1::OPERATION_CREATE, "sources/b");
  const uint64_t c = WriteEdge("claims/x/attributions/c", v1::OPERATION_CREATE, "sources/c");
  for (int i = 0; i < 30; ++i)
    WriteEdge("claims/x/attributions/b", v1::OPERATION_UPDATE, absl::StrCat("sources/b", i));
  bool truncated = false;
  for (uint64_t at = 1; at <= 30; ++at) {
    EXPECT_THAT(Edges("x", at, 10, &truncated), ElementsAre(absl::StrCat("a s", at - 1)));
  }
  EXPECT_THAT(Edges("x", b, 10, &truncated), ElementsAre("a s29", "b b"));
  for (uint64_t i = 0; i < 30; ++i) {
    EXPECT_THAT(Edges("x", c + 1 + i, 10, &truncated),
                ElementsAre("a s29", absl::StrCat("b b", i), "c c"));
  }
}

TEST_F(ReaderTest, FindsAndReadsManyAtOnce) {
  const std::string a = "claims/x/attributions/a";
  const std::string b = "claims/y/attributions/b";
  const uint64_t first = WriteEdge(a, v1::OPERATION_CREATE, "sources/one");
  WriteEdge(b, v1::OPERATION_CREATE, "sources/two");
  const uint64_t last = WriteEdge(a, v1::OPERATION_UPDATE, "sources/three");
  const std::vector<Name> names = {*Name::Parse(b), *Name::Parse(a),
                                   *Name::Parse("claims/x/attributions/c"), *Name::Parse(a)};
  using Revisions = std::vector<uint64_t>;
  EXPECT_EQ(*reader().RevisionsAt(names, 0), (Revisions{0, 0, 0, 0}));
  EXPECT_EQ(*reader().RevisionsAt(names, first), (Revisions{0, first, 0, first}));
  EXPECT_EQ(*reader().RevisionsAt(names, last - 1), (Revisions{first + 1, first, 0, first}));
  EXPECT_EQ(*reader().RevisionsAt(names, last), (Revisions{first + 1, last, 0, last}));
  EXPECT_TRUE(reader().RevisionsAt({}, last)->empty());

  const std::vector<Edge> edges =
      *reader().EdgesAt({names[0], names[1], names[1]}, {first + 1, last, first});
  ASSERT_EQ(edges.size(), 3u);
  EXPECT_EQ(edges[0].source.id, "two");
  EXPECT_EQ(edges[0].attribution, names[0]);
  EXPECT_EQ(edges[1].source.id, "three");
  EXPECT_EQ(edges[1].recorded, last);
  EXPECT_EQ(edges[2].source.id, "one");
  EXPECT_TRUE(IsDamage(reader().EdgesAt({names[0]}, {first}).status()));
}

TEST_F(ReaderTest, HandsOnEdgesUntilToldToStop) {
  for (const char* name : {"claims/x/attributions/a", "claims/x/attributions/b"})
    WriteEdge(name, v1::OPERATION_CREATE, "sources/s");
  for (const size_t most : {1, 2, 3}) {
    std::vector<std::string> ids;
    EXPECT_TRUE(reader()
                    .ForEachEdge("x", 2,
                                 [&](const Edge& edge) {
                                   ids.push_back(edge.attribution.id);
                                   return ids.size() < most;
                                 })
                    .ok());
    EXPECT_EQ(ids.size(), std::min<size_t>(most, 2));
  }
}

TEST_F(ReaderTest, CutsEdgesOffWhereThereAreTooMany) {
  for (const char* name :
       {"claims/x/attributions/a", "claims/x/attributions/b", "claims/x/attributions/c"})
    WriteEdge(name, v1::OPERATION_CREATE, "sources/s");
  bool truncated = false;
  EXPECT_THAT(Edges("x", 3, 3, &truncated), ElementsAre("a s", "b s", "c s"));
  EXPECT_FALSE(truncated);
  EXPECT_THAT(Edges("x", 3, 2, &truncated), ElementsAre("a s", "b s"));
  EXPECT_TRUE(truncated);
  // What was made later does not count.
  EXPECT_THAT(Edges("x", 2, 2, &truncated), ElementsAre("a s", "b s"));
  EXPECT_FALSE(truncated);
}

TEST_F(ReaderTest, ReadsTexts) {
  const std::string sha(32, 'h');
  Put(Keyspace::kBlobs, sha, Compress("A text."));
  EXPECT_EQ(*reader().Text(sha), "A text.");
}

TEST_F(ReaderTest, TellsDamageFromAbsence) {
  const uint64_t made = Write("claims/x", v1::OPERATION_CREATE, "body");
  const uint64_t deleted = Write("claims/x", v1::OPERATION_DELETE, "reason", made);
  WriteEdge("claims/x/attributions/a", v1::OPERATION_CREATE, "sources/s");
  EXPECT_TRUE(IsDamage(reader().Load(100).status()));
  EXPECT_TRUE(IsDamage(reader().LoadAll({made, 100}).status()));
  EXPECT_TRUE(IsDamage(reader().Text(std::string(32, 'h')).status()));
  Put(Keyspace::kBlobs, std::string(32, 'h'), "no frame");
  EXPECT_TRUE(IsDamage(reader().Text(std::string(32, 'h')).status()));
  Put(Keyspace::kIndexes, LiveKeyOf("claims/x"), "");
  EXPECT_TRUE(IsDamage(reader().Latest(*Name::Parse("claims/x")).status()));
  Put(Keyspace::kEdges, keys::EdgePrefix("x", "b") + keys::VersionSuffix(1), "no edge");
  bool truncated = false;
  EXPECT_TRUE(IsDamage(reader().Edges("x", 100, 10, &truncated).status()));
  EXPECT_TRUE(IsDamage(reader().RevisionsAt({*Name::Parse("claims/x")}, 100).status()));
  Drop(Keyspace::kLog, keys::LogKey(made));
  const absl::Status missing = reader().Load(deleted).status();
  EXPECT_TRUE(IsDamage(missing));
  EXPECT_THAT(std::string(missing.message()), HasSubstr("log entry 1 is missing"));
  Put(Keyspace::kLog, keys::LogKey(made), "no entry");
  EXPECT_TRUE(IsDamage(reader().Load(made).status()));
  EXPECT_TRUE(IsDamage(reader().LoadAll({deleted}).status()));
}

TEST_F(ReaderTest, DoesNotWaitWhereItMayNot) {
  const uint64_t made = Write("claims/x", v1::OPERATION_CREATE, "body");
  const Name name = *Name::Parse("claims/x");
  engine_->RefuseCacheOnly(true);
  bool truncated = false;
  EXPECT_TRUE(reader().Load(made).ok());
  const Reader hasty = reader(kv::Patience::kCacheOnly);
  EXPECT_EQ(hasty.patience(), kv::Patience::kCacheOnly);
  EXPECT_TRUE(kv::IsWouldBlock(hasty.Latest(name).status()));
  EXPECT_TRUE(kv::IsWouldBlock(hasty.RevisionAt(name, made).status()));
  EXPECT_TRUE(kv::IsWouldBlock(hasty.RevisionsAt({name}, made).status()));
  EXPECT_TRUE(
      kv::IsWouldBlock(hasty.EdgesAt({*Name::Parse("claims/x/attributions/a")}, {made}).status()));
  EXPECT_TRUE(kv::IsWouldBlock(hasty.Load(made).status()));
  EXPECT_TRUE(kv::IsWouldBlock(hasty.LoadAll({made}).status()));
  EXPECT_TRUE(kv::IsWouldBlock(hasty.Edges("x", made, 10, &truncated).status()));
  EXPECT_TRUE(kv::IsWouldBlock(hasty.Text(std::string(32, 'h')).status()));
}

}  // namespace
}  // namespace headwater::records
