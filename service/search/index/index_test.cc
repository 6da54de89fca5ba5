// The index against what a map says: after any writes, deletions and reopenings its postings are
// those of the resources, and what it finds is what adding up everything finds.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "keys/encoding.h"
#include "kv/memory_engine.h"
#include "kv/rocksdb_engine.h"
#include "search/index/index_writer.h"
#include "search/index/letter_counts.h"
#include "search/index/name_rows.h"
#include "search/index/posting_reader.h"
#include "search/index/statistics.h"
#include "search/index/top_k.h"
#include "search/rank/query_words.h"

namespace headwater::search {
namespace {

constexpr keys::Corpus kCorpus = keys::Corpus::kClaims;
constexpr kv::Patience kMayWait = kv::Patience::kMayWait;
using Model = std::map<std::string, Indexed>;  // by id

std::shared_ptr<const kv::Snapshot> Now(kv::Engine& engine) {
  auto snapshot = engine.TakeSnapshot();
  EXPECT_TRUE(snapshot.ok()) << snapshot.status();
  return *std::move(snapshot);
}

// Few words, some of them very common, so that lists grow past their heads.
std::string RandomWord(std::mt19937_64* random) {
  const uint64_t pick = (*random)();
  if (pick % 3 == 0) return "common" + std::to_string((pick >> 8) % 3);
  if (pick % 3 == 1) return "word" + std::to_string((pick >> 8) % 40);
  return "rare" + std::to_string((pick >> 8) % 2000);
}

Indexed RandomIndexed(const std::string& id, std::mt19937_64* random) {
  Indexed indexed;
  indexed.id = id;
  for (uint64_t f = 0; f < 1 + (*random)() % 3; ++f) {
    IndexedField field{f == 0 ? Field::kStatement : Field::kTitle, (*random)(), {}};
    for (uint32_t i = 0; i < 1 + (*random)() % 12; ++i) {
      field.words.push_back({RandomWord(random), i, TokenKind::kWord, (*random)() % 4 == 0});
    }
    indexed.fields.push_back(std::move(field));
  }
  indexed.filters.push_back("lang" + std::to_string((*random)() % 3));
  if ((*random)() % 2 == 0) indexed.names.push_back("Name " + std::to_string((*random)() % 20));
  return indexed;
}

// The whole index as it can be read: each term's postings by id.
using Postings = std::map<std::string, std::map<std::string, int>>;

Postings Expected(const Model& model) {
  Postings postings;
  for (const auto& [id, indexed] : model) {
    for (const auto& [term, impact] : ImpactsOf(indexed)) postings[term][id] = impact;
  }
  return postings;
}

std::map<uint32_t, std::string> ReadIds(const kv::Snapshot& snapshot, const Model& model) {
  std::map<uint32_t, std::string> ids;
  const std::string prefix = keys::IndexedPrefix(kCorpus);
  const auto cursor =
      snapshot.Range(kv::Keyspace::kPostings, prefix, keys::PrefixEnd(prefix), kMayWait);
  for (; cursor->Valid(); cursor->Next()) {
    const auto indexed = DecodeIndexed(cursor->value());
    EXPECT_TRUE(indexed.has_value());
    if (!indexed) continue;
    ids[keys::NumberOfKey(cursor->key())] = indexed->id;
    const auto found = model.find(indexed->id);
    EXPECT_TRUE(found != model.end() && found->second == *indexed) << indexed->id;
  }
  EXPECT_TRUE(cursor->status().ok());
  return ids;
}

Postings Actual(const kv::Snapshot& snapshot, const std::map<uint32_t, std::string>& ids) {
  Postings postings;
  const std::string prefix = keys::TermHeadPrefix(kCorpus);
  const auto cursor =
      snapshot.Range(kv::Keyspace::kPostings, prefix, keys::PrefixEnd(prefix), kMayWait);
  size_t blocks = 0;
  for (; cursor->Valid(); cursor->Next()) {
    std::string term;
    EXPECT_TRUE(keys::TermOfHeadKey(cursor->key(), &term));
    PostingReader reader(snapshot, kCorpus, term, std::string(cursor->value()), kMayWait);
    size_t count = 0;
    int64_t last = -1;
    for (; !reader.at_end(); reader.NextPage(), ++blocks) {
      uint8_t most = 0;
      const PagePostings& all = reader.postings();
      for (size_t i = 0; i < all.size(); ++i) {
        EXPECT_GT(int64_t{all.numbers[i]}, last) << term;
        last = all.numbers[i];
        most = std::max(most, all.impacts[i]);
        ++count;
        const auto id = ids.find(all.numbers[i]);
        EXPECT_TRUE(id != ids.end()) << term;
        if (id != ids.end()) postings[term][id->second] = all.impacts[i];
      }
      EXPECT_EQ(most, reader.page().max_impact);
      EXPECT_LE(most, reader.max_impact());
    }
    EXPECT_TRUE(reader.status().ok()) << reader.status();
    EXPECT_EQ(count, reader.count()) << term;
  }
  EXPECT_GT(blocks, 0u);
  return postings;
}

void ExpectNames(const kv::Snapshot& snapshot, const Model& model) {
  std::map<std::string, uint64_t> names;
  for (const auto& [id, indexed] : model) {
    for (const std::string& name : indexed.names) ++names[name];
  }
  for (const auto& [name, count] : names) {
    const auto similar = FindSimilarNames(snapshot, kCorpus, name, 1, kMayWait);
    ASSERT_TRUE(similar.ok()) << similar.status();
    ASSERT_EQ(similar->size(), 1u) << name;
    EXPECT_EQ((*similar)[0].name, name);
    EXPECT_EQ((*similar)[0].resources, count);
  }
}

void ExpectLetters(const kv::Snapshot& snapshot, const Model& model) {
  std::vector<uint32_t> expected(kLetterCounters, 0);
  for (const auto& [id, indexed] : model) {
    std::set<uint16_t> counters;
    for (const IndexedField& field : indexed.fields) {
      for (const IndexedWord& word : field.words) {
        const std::string closed = "_" + word.stem + "_";
        for (size_t i = 0; i + 4 <= closed.size(); ++i) {
          uint32_t sequence = 0;
          for (size_t j = i; j < i + 4; ++j) sequence = sequence * 256 + closed[j];
          counters.insert(CounterOf(sequence));
        }
      }
    }
    for (const uint16_t counter : counters) ++expected[counter];
  }
  std::vector<uint16_t> all(kLetterCounters);
  for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<uint16_t>(i);
  const auto counts = ReadLetterCounts(snapshot, kCorpus, all, kMayWait);
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_TRUE(*counts == expected);
}

void ExpectSame(const kv::Snapshot& snapshot, const Model& model) {
  const auto statistics = ReadStatistics(snapshot, kCorpus, kMayWait);
  ASSERT_TRUE(statistics.ok());
  EXPECT_EQ(statistics->count, model.size());
  const std::map<uint32_t, std::string> ids = ReadIds(snapshot, model);
  EXPECT_EQ(ids.size(), model.size());
  if (!model.empty()) {
    EXPECT_TRUE(Actual(snapshot, ids) == Expected(model));
  }
  ExpectNames(snapshot, model);
  ExpectLetters(snapshot, model);
}

// All scores added up one by one.
std::vector<std::pair<uint64_t, std::string>> SlowBest(
    const Model& model, const std::vector<std::pair<std::string, uint32_t>>& query,
    const std::string& required, const std::string& excluded) {
  std::vector<std::pair<uint64_t, std::string>> all;
  for (const auto& [id, indexed] : model) {
    std::map<std::string, uint8_t> impacts;
    for (const auto& [term, impact] : ImpactsOf(indexed)) impacts[term] = impact;
    if (!required.empty() && !impacts.contains(required)) continue;
    if (!excluded.empty() && impacts.contains(excluded)) continue;
    uint64_t score = 0;
    for (const auto& [term, weight] : query) {
      const auto found = impacts.find(term);
      if (found != impacts.end()) score += uint64_t{weight} * found->second;
    }
    if (score > 0) all.emplace_back(score, id);
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  return all;
}

FoundTerm Find(const kv::Snapshot& snapshot, const std::string& term) {
  const auto heads = ReadHeads(snapshot, kCorpus, std::vector<std::string>{term}, kMayWait);
  EXPECT_TRUE(heads.ok());
  return {term, (*heads)[0]};
}

void ExpectSameBest(const kv::Snapshot& snapshot, const Model& model,
                    const std::map<uint32_t, std::string>& ids, std::mt19937_64* random) {
  std::map<std::string, uint32_t> words;
  for (uint64_t i = 0; i < 1 + (*random)() % 8; ++i) {
    words["w" + RandomWord(random)] = 1 + static_cast<uint32_t>((*random)() % 5000);
  }
  std::vector<WeightedTerm> terms;
  for (const auto& [term, weight] : words) {
    FoundTerm found = Find(snapshot, term);
    if (!found.head.empty()) terms.push_back({std::move(found), weight});
  }
  const std::string required = (*random)() % 2 == 0 ? FilterTerm("lang1") : "";
  const std::string excluded = (*random)() % 3 == 0 ? "wcommon1" : "";
  Restriction restriction;
  if (!required.empty()) restriction.groups.push_back({Find(snapshot, required)});
  if (!excluded.empty()) restriction.excluded.push_back(Find(snapshot, excluded));
  for (const auto* term : {&required, &excluded}) {
    if (!term->empty() && Find(snapshot, *term).head.empty()) return;
  }
  const size_t k = 1 + (*random)() % 30;
  const auto best = FindBest(snapshot, kCorpus, terms, restriction, k, kMayWait);
  ASSERT_TRUE(best.ok()) << best.status();
  const auto slow = SlowBest(model, {words.begin(), words.end()}, required, excluded);
  ASSERT_EQ(best->size(), std::min(k, slow.size()));
  std::map<std::string, uint64_t> scores;
  for (const auto& [score, id] : slow) scores[id] = score;
  for (size_t i = 0; i < best->size(); ++i) {
    EXPECT_EQ((*best)[i].score, slow[i].first) << i;
    EXPECT_EQ((*best)[i].score, scores[ids.at((*best)[i].number)]);
    if (i > 0 && (*best)[i].score == (*best)[i - 1].score) {
      EXPECT_GT((*best)[i].number, (*best)[i - 1].number);
    }
  }
}

void Step(kv::Engine& engine, size_t changes, std::mt19937_64* random, Model* model) {
  const auto snapshot = Now(engine);
  IndexWriter writer(*snapshot, kCorpus);
  for (size_t i = 0; i < changes; ++i) {
    const std::string id = "c" + std::to_string((*random)() % 1500);
    if ((*random)() % 5 == 0) {
      writer.Remove(id);
      model->erase(id);
    } else {
      Indexed indexed = RandomIndexed(id, random);
      writer.Put(indexed);
      (*model)[id] = std::move(indexed);
    }
  }
  kv::Batch batch;
  ASSERT_TRUE(writer.Finish(&batch).ok());
  ASSERT_TRUE(
      engine.Commit(batch, snapshot->head(), snapshot->head() + 1, kv::Durability::kSynced).ok());
}

TEST(Index, IsWhatItsResourcesMakeOfIt) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    std::mt19937_64 random(seed);
    const std::unique_ptr<kv::Engine> engine = kv::NewMemoryEngine();
    Model model;
    for (int step = 0; step < 25; ++step) {
      Step(*engine, step % 5 == 0 ? 1 + random() % 900 : 1 + random() % 5, &random, &model);
      const auto snapshot = Now(*engine);
      if (step % 6 == 0) ExpectSame(*snapshot, model);
      const std::map<uint32_t, std::string> ids = ReadIds(*snapshot, model);
      for (int i = 0; i < 6; ++i) ExpectSameBest(*snapshot, model, ids, &random);
      if (HasFailure()) FAIL() << "seed " << seed << ", step " << step;
    }
    ExpectSame(*Now(*engine), model);
  }
}

TEST(Index, EmptiedIsEmpty) {
  std::mt19937_64 random(7);
  const std::unique_ptr<kv::Engine> engine = kv::NewMemoryEngine();
  Model model;
  Step(*engine, 700, &random, &model);
  {
    const auto snapshot = Now(*engine);
    IndexWriter writer(*snapshot, kCorpus);
    for (const auto& [id, indexed] : model) writer.Remove(id);
    kv::Batch batch;
    ASSERT_TRUE(writer.Finish(&batch).ok());
    ASSERT_TRUE(engine->Commit(batch, 1, 2, kv::Durability::kSynced).ok());
  }
  const auto snapshot = Now(*engine);
  const auto cursor = snapshot->Range(kv::Keyspace::kPostings, "", "\xff", kMayWait);
  ASSERT_TRUE(cursor->Valid());
  EXPECT_EQ(cursor->key(), keys::IndexStatisticsKey(kCorpus));
  cursor->Next();
  EXPECT_FALSE(cursor->Valid());
}

TEST(Index, StaysWhatItIsOnDisk) {
  std::mt19937_64 random(11);
  const std::string directory = ::testing::TempDir() + "/search_index_test";
  std::filesystem::remove_all(directory);  // of an earlier run
  kv::RocksDbOptions options;
  options.directory = directory;
  Model model;
  for (int round = 0; round < 3; ++round) {
    auto engine = kv::OpenRocksDb(options);
    ASSERT_TRUE(engine.ok()) << engine.status();
    for (int step = 0; step < 4; ++step) Step(**engine, 400, &random, &model);
    ExpectSame(*Now(**engine), model);
    const auto snapshot = Now(**engine);
    const std::map<uint32_t, std::string> ids = ReadIds(*snapshot, model);
    for (int i = 0; i < 20; ++i) ExpectSameBest(*snapshot, model, ids, &random);
  }
}

}  // namespace
}  // namespace headwater::search
