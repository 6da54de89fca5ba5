// Scans against a plain list of every resource's revisions.
#include "database/scan.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>

#include "gtest/gtest.h"
#include "keys/register.h"
#include "kv/memory_engine.h"
#include "records/change.h"

namespace headwater::database {
namespace {

using keys::Index;
using keys::Kind;
using keys::Name;
using keys::Reference;
using records::StandingTerm;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string All() { return keys::Term(Index::kAll, keys::NoValue()); }
std::string Tag(const std::string& tag) { return keys::Term(Index::kTag, keys::TextValue(tag)); }
std::string Day(Kind kind, int32_t day) {
  return keys::Term(Index::kDate, keys::DateValue(kind, day));
}
std::string Refers(const Name& target, Reference field) {
  return keys::Term(Index::kReference, keys::ReferenceValue(target, field));
}

struct Revision {
  uint64_t sequence;
  std::set<std::string> terms;
  bool deleted;
};

class Store {
 public:
  // Makes, changes, deletes or undeletes a resource: `terms` are what it stands under from now on.
  void Write(const Name& name, std::set<std::string> terms, bool deleted = false) {
    terms.insert(All());
    std::vector<Revision>& revisions = history_[name.Key()];
    names_.emplace(name.Key(), name);
    const bool turned = !revisions.empty() && revisions.back().deleted != deleted;
    std::vector<StandingTerm> before;
    if (!revisions.empty()) {
      for (const std::string& term : revisions.back().terms)
        before.push_back({term, from_.at({name.Key(), term})});
    }
    records::Change change;
    change.name = name;
    change.operation = v1::OPERATION_UPDATE;
    change.salt = change.digest = std::string(32, 's');
    change.deleted = deleted;
    change.terms = records::CompareTerms(std::move(before), {terms.begin(), terms.end()}, turned);
    const uint64_t sequence = ++head_;
    for (const records::TermChange& term : change.terms) {
      if (term.what != records::TermChange::What::kKeep) from_[{name.Key(), term.term}] = sequence;
    }
    kv::Batch batch;
    records::Fill(change, {sequence, sequence, sequence, 1, ""}, &batch);
    ASSERT_TRUE(engine_->Commit(batch, sequence - 1, sequence, kv::Durability::kSynced).ok());
    revisions.push_back({sequence, std::move(terms), deleted});
  }

  // Writes to one of a few resources at random.
  void WriteAnything(std::mt19937_64* random) {
    const auto draw = [&](uint64_t count) { return (*random)() % count; };
    const std::string id(1, "abc"[draw(3)]);
    const std::string claim(1, "xyz"[draw(3)]);
    const Name name =
        draw(2) == 0 ? Name{Kind::kClaim, "", claim} : Name{Kind::kAttribution, claim, id};
    const auto found = history_.find(name.Key());
    if (found != history_.end() && (found->second.back().deleted || draw(4) == 0))
      return Write(name, found->second.back().terms, !found->second.back().deleted);
    std::set<std::string> terms;
    if (draw(2) == 0) terms.insert(Tag("p"));
    if (draw(2) == 0) terms.insert(Tag("q"));
    if (draw(3) != 0) terms.insert(Day(name.kind, static_cast<int32_t>(draw(7)) - 3));
    for (const auto field : {Reference::kAttributionSource, Reference::kCitedSource}) {
      if (draw(2) == 0)
        terms.insert(Refers(Name{Kind::kSource, "", draw(2) == 0 ? "s" : "t"}, field));
    }
    Write(name, std::move(terms));
  }

  uint64_t head() const { return head_; }

  ReadPoint At(uint64_t sequence) const {
    ReadPoint point;
    point.view.snapshot = *engine_->TakeSnapshot();
    point.view.head = head_;
    point.sequence = sequence;
    return point;
  }

  // What the revisions say: "-x@3", the name of each resource that `stands` at the sequence, "-"
  // before a deleted one, with its revision; in the order of names.
  template <class Stands>
  std::vector<std::string> Known(uint64_t sequence, const Stands& stands) const {
    std::vector<std::string> lines;
    for (const auto& [key, revisions] : history_) {
      const Revision* last = nullptr;
      for (const Revision& revision : revisions) {
        if (revision.sequence <= sequence) last = &revision;
      }
      if (last == nullptr || !stands(names_.at(key), last->terms)) continue;
      lines.push_back((last->deleted ? "-" : "") + names_.at(key).Text() + "@" +
                      std::to_string(last->sequence));
    }
    return lines;
  }

  uint64_t RevisionAt(const Name& name, uint64_t sequence) const {
    uint64_t found = 0;
    for (const Revision& revision : history_.at(name.Key())) {
      if (revision.sequence <= sequence) found = revision.sequence;
    }
    return found;
  }

 private:
  std::unique_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  uint64_t head_ = 0;
  std::map<std::string, std::vector<Revision>> history_;  // by name key
  std::map<std::string, Name> names_;
  std::map<std::pair<std::string, std::string>, uint64_t> from_;  // of live rows
};

// What a scan finds, in pages of at most `page` candidates and `budget` rows.
std::vector<std::string> Found(const Store& store, const Scan& scan, uint64_t sequence,
                               size_t page = 1000, size_t budget = 10'000) {
  std::vector<std::string> lines;
  std::string position;
  int pages = 0;
  do {
    size_t left = budget;
    size_t taken = 0;
    auto rest = scan.Run(store.At(sequence), kv::Patience::kMayWait, position, &left,
                         [&](Candidate candidate) {
                           if (taken == page) return false;
                           ++taken;
                           const uint64_t revision = store.RevisionAt(candidate.name, sequence);
                           if (candidate.revision != 0) {
                             EXPECT_EQ(candidate.revision, revision);
                           }
                           lines.push_back((candidate.deleted ? "-" : "") + candidate.name.Text() +
                                           "@" + std::to_string(revision));
                           return true;
                         });
    EXPECT_TRUE(rest.ok()) << rest.status();
    if (!rest.ok() || ++pages > 1000) return lines;
    EXPECT_TRUE(rest->empty() || left == 0 || taken == page);
    EXPECT_LE(left, budget);
    EXPECT_TRUE(position.empty() || rest->empty() || position < *rest);
    position = *rest;
  } while (!position.empty());
  return lines;
}

Filter FilterBy(Kind kind, const std::string& claim, std::vector<std::string> terms) {
  Filter filter;
  filter.kind = kind;
  filter.claim = claim;
  filter.terms = std::move(terms);
  return filter;
}

TEST(Scan, FindsWhatStandsUnderATermAtAnySequence) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 30; ++round) {
    Store store;
    for (int step = 0; step < 40; ++step) store.WriteAnything(&random);
    for (uint64_t sequence = 0; sequence <= store.head(); sequence += 1 + random() % 3) {
      for (const auto& [kind, claim] :
           {std::pair(Kind::kClaim, ""), {Kind::kAttribution, ""}, {Kind::kAttribution, "y"}}) {
        for (const std::string& term : {std::string(), Tag("p")}) {
          const Filter filter =
              FilterBy(kind, claim, term.empty() ? std::vector<std::string>() : std::vector{term});
          const auto known =
              store.Known(sequence, [&, kind = kind, claim = std::string(claim)](
                                        const Name& name, const std::set<std::string>& terms) {
                return name.kind == kind && (claim.empty() || name.claim == claim) &&
                       (term.empty() || terms.count(term));
              });
          ASSERT_EQ(Found(store, Scan(filter), sequence), known);
          ASSERT_EQ(Found(store, Scan(filter), sequence, 1), known);
          ASSERT_EQ(Found(store, Scan(filter), sequence, 1000, 1), known);
          ASSERT_EQ(Found(store, Scan(filter), sequence, 2, 3), known);
        }
      }
    }
  }
}

TEST(Scan, FindsWhatBeginsBetweenTwoDays) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 30; ++round) {
    Store store;
    for (int step = 0; step < 40; ++step) store.WriteAnything(&random);
    const uint64_t sequence = random() % (store.head() + 1);
    Filter filter = FilterBy(Kind::kAttribution, "", {});
    if (random() % 4 != 0) filter.from_day = static_cast<int32_t>(random() % 9) - 4;
    if (random() % 4 != 0 || !filter.from_day)
      filter.until_day = static_cast<int32_t>(random() % 9) - 4;
    std::vector<std::string> found = Found(store, Scan(filter), sequence, 2, 5);
    // Days come before names in this order.
    std::vector<std::string> known;
    for (int32_t day = filter.from_day.value_or(-9); day <= filter.until_day.value_or(9); ++day) {
      for (std::string& line :
           store.Known(sequence, [&](const Name&name, const std::set<std::string>&terms) {
             return name.kind == Kind::kAttribution && terms.count(Day(name.kind, day)) > 0;
           })) {
        known.push_back(std::move(line));
      }
    }
    ASSERT_EQ(found, known) << filter.from_day.value_or(-99) << " "
                            << filter.until_day.value_or(99);
  }
}

TEST(Scan, DaysAtTheEndsOfTheirRangeAreFoundToo) {
  Store store;
  store.Write(Name{Kind::kClaim, "", "first"}, {Day(Kind::kClaim, INT32_MIN)});
  store.Write(Name{Kind::kClaim, "", "last"}, {Day(Kind::kClaim, INT32_MAX)});
  store.Write(Name{Kind::kAttribution, "x", "other"}, {Day(Kind::kAttribution, 0)});
  Filter filter = FilterBy(Kind::kClaim, "", {});
  filter.from_day = 0;
  EXPECT_THAT(Found(store, Scan(filter), store.head()), ElementsAre("claims/last@2"));
  filter.from_day = std::nullopt;
  filter.until_day = 0;
  EXPECT_THAT(Found(store, Scan(filter), store.head()), ElementsAre("claims/first@1"));
  filter.from_day = 1;
  EXPECT_THAT(Found(store, Scan(filter), store.head()), IsEmpty());
}

TEST(Scan, FindsAllWhoRefer) {
  std::mt19937_64 random(3);
  const Name target{Kind::kSource, "", "s"};
  for (int round = 0; round < 30; ++round) {
    Store store;
    for (int step = 0; step < 40; ++step) store.WriteAnything(&random);
    const uint64_t sequence = random() % 2 == 0 ? store.head() : random() % (store.head() + 1);
    std::vector<std::string> known;
    for (const auto field : {Reference::kAttributionSource, Reference::kCitedSource}) {
      for (std::string& line :
           store.Known(sequence, [&](const Name&, const std::set<std::string>& terms) {
             return terms.count(Refers(target, field)) > 0;
           })) {
        known.push_back(std::move(line));
      }
    }
    ASSERT_EQ(Found(store, Scan::Referrers(target), sequence, 3, 4), known);
  }
}

TEST(Scan, BeginsAtAPositionAndKeepsToItsOwnRange) {
  Store store;
  for (const char* id : {"a", "b", "c"}) store.Write(Name{Kind::kClaim, "", id}, {Tag("p")});
  const Scan scan(FilterBy(Kind::kClaim, "", {Tag("p")}));
  const auto from = [&](std::string position) {
    std::vector<std::string> found;
    size_t budget = 100;
    const auto rest = scan.Run(store.At(store.head()), kv::Patience::kMayWait, std::move(position),
                               &budget, [&](Candidate candidate) {
                                 found.push_back(candidate.name.id);
                                 return true;
                               });
    EXPECT_EQ(rest.value_or("error"), "");
    return found;
  };
  // A position may come from a token that somebody made up.
  EXPECT_THAT(from(""), ElementsAre("a", "b", "c"));
  EXPECT_THAT(from(std::string(1, '\0')), ElementsAre("a", "b", "c"));
  EXPECT_THAT(from(Tag("o") + "x"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(from(Tag("p") + Name{Kind::kClaim, "", "b"}.Key()), ElementsAre("b", "c"));
  EXPECT_THAT(from(Tag("p") + "\x03"
                              "b"),
              ElementsAre("b", "c"));
  EXPECT_THAT(from(Tag("p") + "\x03"
                              "c\xff"),
              IsEmpty());
  EXPECT_THAT(from(Tag("q")), IsEmpty());
  EXPECT_THAT(from(std::string(300, '\xff')), IsEmpty());
}

// A page that ends inside the rows of one resource must neither show it again nor end there again.
TEST(Scan, AResourceOfManyRowsIsPassedOnce) {
  Store store;
  const Name name{Kind::kClaim, "", "b"};
  for (int i = 0; i < 50; ++i) store.Write(name, {Tag("p")}, /*deleted=*/i % 2 == 1);
  store.Write(Name{Kind::kClaim, "", "c"}, {Tag("p")});
  const Scan scan(FilterBy(Kind::kClaim, "", {Tag("p")}));
  for (uint64_t sequence : {1, 2, 25, 49, 50, 51}) {
    const auto all = Found(store, scan, sequence);
    for (size_t budget : {1, 2, 7, 49, 50, 51}) {
      EXPECT_EQ(Found(store, scan, sequence, 1000, budget), all) << sequence << " " << budget;
      EXPECT_EQ(Found(store, scan, sequence, 1, budget), all) << sequence << " " << budget;
    }
  }
}

TEST(Scan, ARowThatIsClosedBetweenTwoPagesIsNotShownAgain) {
  Store store;
  const Name name{Kind::kClaim, "", "b"};
  for (int i = 0; i < 3; ++i) store.Write(name, {Tag("p")}, /*deleted=*/i % 2 == 1);
  store.Write(Name{Kind::kClaim, "", "c"}, {});
  const Scan scan(FilterBy(Kind::kClaim, "", {Tag("p")}));
  size_t budget = 1;
  int shown = 0;
  const auto count = [&](Candidate) {
    ++shown;
    return true;
  };
  // The live row holds, then the budget is spent.
  const auto rest = scan.Run(store.At(3), kv::Patience::kMayWait, "", &budget, count);
  ASSERT_TRUE(rest.ok());
  EXPECT_EQ(shown, 1);
  store.Write(name, {});
  budget = 100;
  EXPECT_EQ(*scan.Run(store.At(3), kv::Patience::kMayWait, *rest, &budget, count), "");
  EXPECT_EQ(shown, 1);
}

TEST(Scan, TellsDamage) {
  auto engine = kv::NewMemoryEngine();
  const auto scanned = [&](const std::string& key, const std::string& value) {
    kv::Batch batch;
    batch.Put(kv::Keyspace::kIndexes, key, value);
    const uint64_t head = (*engine->TakeSnapshot())->head();
    EXPECT_TRUE(engine->Commit(batch, head, head + 1, kv::Durability::kSynced).ok());
    ReadPoint point;
    point.view.snapshot = *engine->TakeSnapshot();
    point.view.head = head + 1;
    point.sequence = head;
    size_t budget = 100;
    const auto rest =
        Scan(FilterBy(Kind::kClaim, "", {Tag("p")}))
            .Run(point, kv::Patience::kMayWait, "", &budget, [](Candidate) { return true; });
    batch.Clear();
    batch.Delete(kv::Keyspace::kIndexes, key);
    EXPECT_TRUE(engine->Commit(batch, head + 1, head + 2, kv::Durability::kSynced).ok());
    EXPECT_EQ(rest.status().code(), absl::StatusCode::kDataLoss);
    return std::string(rest.status().message());
  };
  const std::string name = Name{Kind::kClaim, "", "a"}.Key();
  EXPECT_THAT(scanned(keys::LiveKey(Tag("p"), name), "x"), HasSubstr("a live index row"));
  EXPECT_THAT(scanned(keys::ClosedKey(Tag("p"), name, 0), ""), HasSubstr("a closed index row"));
  EXPECT_THAT(scanned(keys::LiveKey(Tag("p"), name + "x"), records::LiveValue({0, 0, false})),
              HasSubstr("the name in an index row"));
  for (const std::string& cut : {keys::LiveKey(Tag("p"), "\x03"), keys::LiveKey(Tag("p"), "\x03x")})
    EXPECT_THAT(scanned(cut, records::LiveValue({0, 0, false})), HasSubstr("the name in an index"));
  // Too short to hold a sequence.
  EXPECT_THAT(scanned(keys::ClosedPrefix(Tag("p"), "\x03x"), records::ClosedValue({999, false})),
              HasSubstr("a closed index row"));
}

}  // namespace
}  // namespace headwater::database
