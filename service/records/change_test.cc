#include "records/change.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include "gtest/gtest.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "kv/memory_engine.h"

namespace headwater::records {
namespace {

using keys::Name;
using kv::Keyspace;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using What = TermChange::What;
using Rows = std::map<std::string, std::string>;

Rows RowsOf(const kv::Snapshot& snapshot, Keyspace keyspace) {
  Rows rows;
  auto cursor = snapshot.Range(keyspace, "", std::string(300, '\xff'), kv::Patience::kMayWait);
  for (; cursor->Valid(); cursor->Next())
    rows.emplace(std::string(cursor->key()), std::string(cursor->value()));
  EXPECT_TRUE(cursor->status().ok());
  return rows;
}

// "close a@3": what happens to each term.
std::vector<std::string> Compared(std::vector<StandingTerm> before, std::vector<std::string> after,
                                  bool turned) {
  std::vector<std::string> lines;
  for (const TermChange& change : CompareTerms(std::move(before), std::move(after), turned)) {
    constexpr const char* kWords[] = {"open", "keep", "close", "turn"};
    std::string line = std::string(kWords[static_cast<int>(change.what)]) + " " + change.term;
    if (change.what != What::kOpen) line += "@" + std::to_string(change.from);
    lines.push_back(line);
  }
  return lines;
}

TEST(CompareTerms, SaysWhatIsNewKeptAndGone) {
  EXPECT_THAT(Compared({}, {"a", "b"}, false), ElementsAre("open a", "open b"));
  EXPECT_THAT(Compared({{"a", 1}, {"c", 2}, {"d", 3}}, {"b", "c", "e"}, false),
              ElementsAre("close a@1", "open b", "keep c@2", "close d@3", "open e"));
  EXPECT_THAT(Compared({{"a", 1}, {"b", 2}}, {"a", "b"}, true),
              ElementsAre("turn a@1", "turn b@2"));
  EXPECT_THAT(Compared({}, {}, false), IsEmpty());
}

TEST(Fill, TestVector) {
  Change change;
  change.name = *Name::Parse("claims/x/attributions/ft");
  change.operation = v1::OPERATION_UPDATE;
  change.stored = "stored";
  change.salt = std::string(32, 's');
  change.digest = std::string(32, 'd');
  change.create_micros = 40;
  change.terms = {{What::kOpen, "open", 0}, {What::kKeep, "keep", 3}, {What::kClose, "close", 4}};
  change.edge = "edge";
  change.blobs = {{std::string(32, 'b'), "frame"}};
  kv::Batch batch;
  Fill(change, {9, 8, 10, 42, "ann"}, &batch);

  auto engine = kv::NewMemoryEngine();
  kv::Batch earlier;
  const std::string name = change.name.Key();
  earlier.Put(Keyspace::kIndexes, keys::LiveKey("close", name), "old");
  ASSERT_TRUE(engine->Commit(earlier, 0, 1, kv::Durability::kSynced).ok());
  ASSERT_TRUE(engine->Commit(batch, 1, 10, kv::Durability::kSynced).ok());
  const auto snapshot = *engine->TakeSnapshot();

  std::string entry_bytes;
  Entry entry;
  entry.operation = change.operation;
  entry.commit_micros = 42;
  entry.create_micros = 40;
  entry.sequence = 9;
  entry.first_sequence = 8;
  entry.last_sequence = 10;
  entry.salt = change.salt;
  entry.digest = change.digest;
  entry.actor = "ann";
  entry.name = "claims/x/attributions/ft";
  entry.stored = "stored";
  AppendEntry(entry, &entry_bytes);
  EXPECT_EQ(RowsOf(*snapshot, Keyspace::kLog), (Rows{{keys::LogKey(9), entry_bytes}}));
  EXPECT_EQ(RowsOf(*snapshot, Keyspace::kNames),
            (Rows{{name + keys::VersionSuffix(9), std::string(1, '\x02')}}));
  EXPECT_EQ(RowsOf(*snapshot, Keyspace::kEdges),
            (Rows{{keys::EdgePrefix("x", "ft") + keys::VersionSuffix(9), "edge"}}));
  EXPECT_EQ(RowsOf(*snapshot, Keyspace::kBlobs), (Rows{{std::string(32, 'b'), "frame"}}));
  EXPECT_EQ(RowsOf(*snapshot, Keyspace::kIndexes),
            (Rows{{keys::LiveKey("open", name), LiveValue({9, 9, false})},
                  {keys::LiveKey("keep", name), LiveValue({3, 9, false})},
                  {keys::ClosedKey("close", name, 4), ClosedValue({9, false})}}));
}

TEST(Fill, WhatMakesAResourceGivesItItsTime) {
  Change change;
  change.name = *Name::Parse("sources/ft");
  change.operation = v1::OPERATION_CREATE;
  change.salt = change.digest = std::string(32, 's');
  kv::Batch batch;
  Fill(change, {1, 1, 1, 42, ""}, &batch);
  ASSERT_EQ(batch.size(), 2u);  // the entry and the name
  EXPECT_EQ(ParseEntry(1, batch[0].value)->create_micros, 42);
}

// One revision of a resource, as far as indexes go.
struct Revision {
  uint64_t sequence;
  std::set<std::string> terms;
  bool deleted;
};

// Resources whose changes are made at random and filled into an engine, beside a plain list of
// their revisions, from which every row can be worked out anew.
class History {
 public:
  explicit History(uint64_t seed) : random_(seed) {}

  void Step() {
    const Name name{keys::Kind::kClaim, "", std::string(1, "abc"[random_() % 3])};
    std::vector<Revision>& revisions = history_[name.Text()];
    Revision next{head_ + 1, {}, false};
    bool turned = false;
    if (revisions.empty() || (!revisions.back().deleted && random_() % 4 != 0)) {
      next.terms = DrawTerms();
    } else {
      turned = true;
      next.terms = revisions.back().terms;
      next.deleted = !revisions.back().deleted;
    }
    Commit(name, next, turned);
    revisions.push_back(std::move(next));
  }

  // The rows that keep to what index_row.h says, worked out from the revisions alone.
  Rows Recomputed() const {
    Rows rows;
    for (const auto& [text, revisions] : history_) {
      std::set<std::string> terms;
      for (const Revision& revision : revisions)
        terms.insert(revision.terms.begin(), revision.terms.end());
      for (const std::string& term : terms) AddRows(*Name::Parse(text), term, revisions, &rows);
    }
    return rows;
  }

  Rows Written() const { return RowsOf(*snapshot(), Keyspace::kIndexes); }

  // Who stands under the term as of `sequence`, "-" before those deleted: by the rows.
  std::multiset<std::string> Read(const std::string& term, uint64_t sequence) const {
    std::multiset<std::string> found;
    for (const auto& [key, value] : Written()) {
      const bool closed = key[0] == '\x02';
      absl::string_view rest = key;
      if (rest.substr(1, term.size()) != term) continue;
      rest.remove_prefix(1 + term.size());
      const Name name = *Name::TakeKey(&rest);
      if (closed) {
        const std::optional<ClosedRow> row = ParseClosed(value);
        if (keys::ReadAscending(rest) <= sequence && sequence < row->to)
          found.insert((row->deleted ? "-" : "") + name.Text());
      } else if (const std::optional<LiveRow> row = ParseLive(value); row->from <= sequence) {
        found.insert((row->deleted ? "-" : "") + name.Text());
      }
    }
    return found;
  }

  // The same, by the revisions.
  std::multiset<std::string> Known(const std::string& term, uint64_t sequence) const {
    std::multiset<std::string> found;
    for (const auto& [text, revisions] : history_) {
      const Revision* last = nullptr;
      for (const Revision& revision : revisions) {
        if (revision.sequence <= sequence) last = &revision;
      }
      if (last != nullptr && last->terms.count(term))
        found.insert((last->deleted ? "-" : "") + text);
    }
    return found;
  }

  uint64_t head() const { return head_; }

 private:
  static std::string Term(char letter) {
    return keys::Term(keys::Index::kTag, keys::TextValue(std::string(1, letter)));
  }

  std::shared_ptr<const kv::Snapshot> snapshot() const { return *engine_->TakeSnapshot(); }

  std::set<std::string> DrawTerms() {
    std::set<std::string> terms = {keys::Term(keys::Index::kAll, keys::NoValue())};
    for (char letter : {'p', 'q', 'r', 's'}) {
      if (random_() % 2 == 0) terms.insert(Term(letter));
    }
    return terms;
  }

  // As the database does it: what stands is read from the live rows.
  void Commit(const Name& name, const Revision& next, bool turned) {
    std::vector<StandingTerm> before;
    for (const std::string& term : Terms(name)) {
      const auto row = *snapshot()->Get(Keyspace::kIndexes, keys::LiveKey(term, name.Key()),
                                        kv::Patience::kMayWait);
      ASSERT_TRUE(row);
      before.push_back({term, ParseLive(*row)->from});
    }
    Change change;
    change.name = name;
    change.operation = v1::OPERATION_UPDATE;
    change.salt = change.digest = std::string(32, 's');
    change.deleted = next.deleted;
    change.terms = CompareTerms(std::move(before), {next.terms.begin(), next.terms.end()}, turned);
    kv::Batch batch;
    const uint64_t sequence = next.sequence;
    Fill(change, {sequence, sequence, sequence, static_cast<int64_t>(sequence), ""}, &batch);
    ASSERT_TRUE(engine_->Commit(batch, head_, sequence, kv::Durability::kSynced).ok());
    head_ = sequence;
  }

  std::set<std::string> Terms(const Name& name) const {
    const auto found = history_.find(name.Text());
    return found == history_.end() || found->second.empty() ? std::set<std::string>()
                                                            : found->second.back().terms;
  }

  // A row for each stretch of revisions over which the resource carries the term and is deleted,
  // or is not, all the while.
  static void AddRows(const Name& name, const std::string& term,
                      const std::vector<Revision>& revisions, Rows* rows) {
    for (size_t i = 0; i < revisions.size();) {
      if (!revisions[i].terms.count(term)) {
        ++i;
        continue;
      }
      size_t end = i;
      while (end < revisions.size() && revisions[end].terms.count(term) &&
             revisions[end].deleted == revisions[i].deleted) {
        ++end;
      }
      const uint64_t from = revisions[i].sequence;
      const bool deleted = revisions[i].deleted;
      if (end == revisions.size()) {
        rows->emplace(keys::LiveKey(term, name.Key()),
                      LiveValue({from, revisions.back().sequence, deleted}));
      } else {
        rows->emplace(keys::ClosedKey(term, name.Key(), from),
                      ClosedValue({revisions[end].sequence, deleted}));
      }
      i = end;
    }
  }

  std::mt19937_64 random_;
  std::unique_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  uint64_t head_ = 0;
  std::map<std::string, std::vector<Revision>> history_;
};

TEST(Fill, RowsAreThoseThatAreWorkedOutAnew) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    History history(seed);
    for (int step = 0; step < 60; ++step) {
      history.Step();
      if (step % 10 == 9) {
        ASSERT_EQ(history.Written(), history.Recomputed()) << seed << " " << step;
      }
    }
  }
}

TEST(Fill, LiveAndClosedRowsTellEveryState) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    History history(1000 + seed);
    for (int step = 0; step < 40; ++step) history.Step();
    for (char letter : {'p', 'q', 'r', 's'}) {
      const std::string term =
          keys::Term(keys::Index::kTag, keys::TextValue(std::string(1, letter)));
      for (uint64_t sequence = 0; sequence <= history.head(); ++sequence) {
        ASSERT_EQ(history.Read(term, sequence), history.Known(term, sequence))
            << seed << " " << letter << " " << sequence;
      }
    }
  }
}

}  // namespace
}  // namespace headwater::records
