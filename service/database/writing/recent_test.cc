#include "database/writing/recent.h"

#include <map>
#include <random>

#include "gtest/gtest.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;

NameHash Key(const std::string& id) { return HashOf(Name{Kind::kSource, "", id}); }

records::Change ChangeOf(const std::string& id, bool deleted = false) {
  records::Change change;
  change.name = Name{Kind::kSource, "", id};
  change.deleted = deleted;
  return change;
}

// A request of one change, relying on nothing.
Prepared Writes(const std::string& id, bool deleted = false) {
  Prepared prepared;
  prepared.changes.push_back(ChangeOf(id, deleted));
  return prepared;
}

enum class On { kUnchanged, kLive, kUnreferenced };
Prepared Relies(uint64_t head, On on, const std::string& id) {
  Prepared prepared;
  prepared.head = head;
  switch (on) {
    case On::kUnchanged:
      prepared.reliance.unchanged = {Key(id)};
      break;
    case On::kLive:
      prepared.reliance.live = {Key(id)};
      break;
    case On::kUnreferenced:
      prepared.reliance.unreferenced = {Key(id)};
      break;
  }
  return prepared;
}

TEST(Recent, AWriteMakesStaleWhatReliedOnNone) {
  Recent recent;
  recent.Reset(5);
  recent.Note(Writes("a"), 6);
  EXPECT_FALSE(recent.StillHolds(Relies(5, On::kUnchanged, "a")));
  EXPECT_TRUE(recent.StillHolds(Relies(6, On::kUnchanged, "a")));
  EXPECT_TRUE(recent.StillHolds(Relies(5, On::kUnchanged, "b")));
  EXPECT_TRUE(recent.StillHolds(Relies(5, On::kLive, "a")));
  EXPECT_TRUE(recent.StillHolds(Relies(5, On::kUnreferenced, "a")));
}

TEST(Recent, ADeletionMakesStaleWhatNewlyRefers) {
  Recent recent;
  recent.Note(Writes("a", /*deleted=*/true), 1);
  EXPECT_FALSE(recent.StillHolds(Relies(0, On::kLive, "a")));
  EXPECT_TRUE(recent.StillHolds(Relies(1, On::kLive, "a")));
  // Undeleted since: it was not live all the while, so what relied on it is prepared again.
  recent.Note(Writes("a"), 2);
  EXPECT_FALSE(recent.StillHolds(Relies(0, On::kLive, "a")));
}

TEST(Recent, AReferenceMakesStaleWhatReliedOnNone) {
  Recent recent;
  Prepared refers = Writes("b");
  refers.reliance.live = {Key("a")};
  recent.Note(refers, 1);
  EXPECT_FALSE(recent.StillHolds(Relies(0, On::kUnreferenced, "a")));
  EXPECT_TRUE(recent.StillHolds(Relies(1, On::kUnreferenced, "a")));
  EXPECT_TRUE(recent.StillHolds(Relies(0, On::kUnchanged, "a")));
  EXPECT_TRUE(recent.StillHolds(Relies(0, On::kUnreferenced, "b")));
}

TEST(Recent, AReferenceIsThereWithItsRequestsLastChange) {
  Recent recent;
  Prepared refers = Writes("b");
  refers.changes.push_back(ChangeOf("c"));
  refers.changes.push_back(ChangeOf("d"));
  refers.reliance.live = {Key("a")};
  recent.Note(refers, 1);
  EXPECT_FALSE(recent.StillHolds(Relies(2, On::kUnreferenced, "a")));
  EXPECT_TRUE(recent.StillHolds(Relies(3, On::kUnreferenced, "a")));
  EXPECT_FALSE(recent.StillHolds(Relies(1, On::kUnchanged, "c")));
  EXPECT_TRUE(recent.StillHolds(Relies(2, On::kUnchanged, "c")));
}

TEST(Recent, WhatTheImportsGroupBeforeMadeMustStandSinceThat) {
  Recent recent;
  recent.Note(Writes("a"), 7);
  Prepared next;
  next.head = 5;
  next.after = 7;
  next.reliance.unchanged_after = {Key("a")};
  EXPECT_TRUE(recent.StillHolds(next));
  recent.Note(Writes("b"), 8);
  EXPECT_TRUE(recent.StillHolds(next));
  recent.Note(Writes("a"), 9);
  EXPECT_FALSE(recent.StillHolds(next));
}

TEST(Recent, EverythingReliedOnMustHold) {
  Recent recent;
  recent.Note(Writes("a"), 1);
  Prepared relies = Relies(0, On::kUnchanged, "b");
  EXPECT_TRUE(recent.StillHolds(relies));
  relies.reliance.unchanged.push_back(Key("a"));
  EXPECT_FALSE(recent.StillHolds(relies));
}

TEST(Recent, AResetForgetsAllAndRefusesWhatIsOlder) {
  Recent recent;
  recent.Note(Writes("a"), 1);
  recent.Reset(7);
  EXPECT_FALSE(recent.StillHolds(Relies(6, On::kUnchanged, "b")));
  EXPECT_TRUE(recent.StillHolds(Relies(7, On::kUnchanged, "a")));
}

TEST(Recent, WhatIsForgottenCountsAsStale) {
  Recent recent(10);
  for (uint64_t sequence = 1; sequence <= 100; ++sequence)
    recent.Note(Writes("n" + std::to_string(sequence)), sequence);
  EXPECT_FALSE(recent.StillHolds(Relies(0, On::kUnchanged, "never written")));
  // The last ten names are known for certain.
  for (uint64_t head = 90; head <= 100; ++head)
    EXPECT_TRUE(recent.StillHolds(Relies(head, On::kUnchanged, "never written"))) << head;
}

// All that was ever noted.
class Remembering {
 public:
  void Note(const Prepared& prepared, uint64_t first) {
    uint64_t sequence = first;
    for (const records::Change& change : prepared.changes) {
      written_[HashOf(change.name)] = sequence;
      if (change.deleted) deleted_[HashOf(change.name)] = sequence;
      ++sequence;
    }
    for (const NameHash key : prepared.reliance.live) referenced_[key] = sequence - 1;
  }
  bool Holds(const Prepared& prepared) const {
    return AtMost(written_, prepared.reliance.unchanged, prepared.head) &&
           AtMost(deleted_, prepared.reliance.live, prepared.head) &&
           AtMost(referenced_, prepared.reliance.unreferenced, prepared.head);
  }

 private:
  using Last = std::map<NameHash, uint64_t>;
  static bool AtMost(const Last& last, const std::vector<NameHash>& keys, uint64_t head) {
    for (const NameHash key : keys) {
      auto found = last.find(key);
      if (found != last.end() && found->second > head) return false;
    }
    return true;
  }
  Last written_;
  Last deleted_;
  Last referenced_;
};

TEST(Recent, AgreesWithOneThatForgetsNothing) {
  std::mt19937_64 random(1);
  constexpr uint64_t kGeneration = 8;
  Recent recent(kGeneration);
  Remembering all;
  uint64_t head = 0;
  const auto draw = [&] { return "n" + std::to_string(random() % 40); };
  int refused_for_age = 0;
  for (int round = 0; round < 50'000; ++round) {
    Prepared prepared;
    prepared.head = head - std::min<uint64_t>(head, random() % (3 * kGeneration));
    for (auto* list :
         {&prepared.reliance.unchanged, &prepared.reliance.live, &prepared.reliance.unreferenced}) {
      if (random() % 3 == 0) list->push_back(Key(draw()));
    }
    const bool holds = recent.StillHolds(prepared);
    if (holds) {
      ASSERT_TRUE(all.Holds(prepared)) << round;
    }
    if (!holds && all.Holds(prepared)) {
      // Only for its age. A change here writes at most three names and refers to one.
      ++refused_for_age;
      ASSERT_GT(head - prepared.head, kGeneration / 4) << round;
    }
    if (!holds) continue;
    for (uint64_t i = 0; i <= random() % 3; ++i)
      prepared.changes.push_back(ChangeOf(draw(), random() % 4 == 0));
    recent.Note(prepared, head + 1);
    all.Note(prepared, head + 1);
    head += prepared.changes.size();
  }
  EXPECT_GT(refused_for_age, 0);
  EXPECT_GT(head, 1000u);
}

}  // namespace
}  // namespace headwater::database
