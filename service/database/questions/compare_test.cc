// CompareSources against all that is on record, gone through one by one; and whom it takes to be
// first.
#include "database/questions/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "database/questions/compared_group.h"
#include "database/testing/random_store.h"

namespace headwater::database {
namespace {

using testing::ClaimOf;
using testing::RandomStore;

// All pages: what is shared in one text, in order of text, and the counts.
struct Outcome {
  std::multiset<std::string> shared;
  v1::ComparisonCounts counts;
};

template <class List>
std::string Joined(const List& list) {
  std::string text;
  for (const auto& each : list) absl::StrAppend(&text, each, " ");
  return text;
}

std::string Text(const v1::SharedClaim& shared) {
  return absl::StrCat(Joined(shared.first_claims()), "| ", Joined(shared.second_claims()), "| ",
                      Joined(shared.first_stances()), "| ", Joined(shared.second_stances()), "| ",
                      shared.agree() ? "agree " : "", shared.contradict() ? "contradict " : "",
                      shared.across() ? "across " : "", "| ", Joined(shared.first_citing()), "| ",
                      Joined(shared.second_citing()));
}

Outcome Ask(RandomStore* store, const std::string& first, const std::string& second, int page_size,
            const PageBounds& bounds) {
  v1::CompareSourcesRequest request;
  request.set_first(first);
  request.set_second(second);
  request.set_page_size(page_size);
  Outcome outcome;
  std::string position;
  int pages = 0;
  do {
    const Reply reply = CompareSources(store->At(store->head()), request, position, bounds);
    EXPECT_TRUE(reply.ok()) << reply.status();
    v1::CompareSourcesResponse page;
    if (!reply.ok() || !page.ParseFromString(*reply)) break;
    EXPECT_LE(page.shared_size(), page_size);
    v1::ComparisonCounts counts;
    for (const v1::SharedClaim& shared : page.shared()) {
      outcome.shared.insert(Text(shared));
      Count(shared, &counts);
      Count(shared, &outcome.counts);
      EXPECT_EQ(shared.text(), "It is so.");
    }
    EXPECT_EQ(page.counts().ShortDebugString(), counts.ShortDebugString());
    position.clear();
    if (!page.next_page_token().empty())
      position = DecodePageToken(page.next_page_token(), request)->position;
    if (++pages > 3000) {
      ADD_FAILURE() << "no end of pages";
      break;
    }
  } while (!position.empty());
  return outcome;
}

// What a source does in a group of claims, by brute force; carried stances by the assessment.
struct Side {
  std::set<std::string> claims;
  std::set<int> stances;
  std::vector<std::string> citing;
};

Side SideOf(RandomStore* store, const std::set<std::string>& group, const std::string& source,
            const std::string& other) {
  Side side;
  for (const auto& [name, attribution] : store->attributions) {
    if (attribution.source() != source || !group.contains(ClaimOf(name)) ||
        store->IsWithdrawn(attribution))
      continue;
    side.claims.insert(ClaimOf(name));
    for (const v1::Citation& citation : attribution.cites()) {
      const auto cited = store->everything.find(citation.attribution());
      const bool is_other = citation.source() == other ||
                            (cited != store->everything.end() && cited->second.source() == other);
      if (!is_other) continue;
      side.citing.push_back(name);
      break;
    }
  }
  const v1::Assessment assessment = store->Assess(*group.begin(), store->head());
  for (const v1::StanceAssessment& stance : assessment.stances()) {
    for (const auto& list : {stance.own_name(), stance.relaying()}) {
      for (const v1::AssessedAttribution& attribution : list) {
        if (attribution.source() == source) side.stances.insert(stance.stance());
      }
    }
  }
  return side;
}

std::string TextOf(const Side& first, const Side& second, bool across) {
  std::vector<int> both;
  std::set_intersection(first.stances.begin(), first.stances.end(), second.stances.begin(),
                        second.stances.end(), std::back_inserter(both));
  const auto against = [](const Side& one, const Side& other) {
    return one.stances.contains(v1::STANCE_ASSERTS) && other.stances.contains(v1::STANCE_DENIES);
  };
  const bool contradict = across || against(first, second) || against(second, first);
  const auto citing = [&](const Side& side) { return across ? "" : Joined(side.citing); };
  return absl::StrCat(Joined(first.claims), "| ", Joined(second.claims), "| ",
                      Joined(first.stances), "| ", Joined(second.stances), "| ",
                      !across && !both.empty() ? "agree " : "", contradict ? "contradict " : "",
                      across ? "across " : "", "| ", citing(first), "| ", citing(second));
}

std::multiset<std::string> Expected(RandomStore* store, const std::string& first,
                                    const std::string& second) {
  std::set<std::set<std::string>> groups;
  for (const std::string& claim : store->claims) groups.insert(store->SameAs(claim));
  std::multiset<std::string> expected;
  for (const std::set<std::string>& group : groups) {
    const Side one = SideOf(store, group, first, second);
    const Side other = SideOf(store, group, second, first);
    if (!one.claims.empty() && !other.claims.empty())
      expected.insert(TextOf(one, other, /*across=*/false));
    if (!one.stances.contains(v1::STANCE_ASSERTS)) continue;
    std::set<std::set<std::string>> against;
    for (const std::string& rival : store->RivalsOf(group)) against.insert(store->SameAs(rival));
    against.erase(group);
    for (const std::set<std::string>& theirs : against) {
      const Side across = SideOf(store, theirs, second, first);
      if (across.stances.contains(v1::STANCE_ASSERTS))
        expected.insert(TextOf(one, across, /*across=*/true));
    }
  }
  return expected;
}

TEST(CompareProperty, FindsWhatIsThere) {
  size_t found = 0;
  for (uint64_t seed = 0; seed < 250; ++seed) {
    RandomStore store(seed);
    const std::string first = store.OneOf(store.sources);
    const std::string second = store.OneOf(store.sources);
    if (first == second) continue;
    const std::string what = absl::StrCat("seed ", seed, ", ", first, " and ", second);
    const std::multiset<std::string> expected = Expected(&store, first, second);
    const Outcome whole = Ask(&store, first, second, 1000, {});
    EXPECT_EQ(whole.shared, expected) << what;
    const Outcome small =
        Ask(&store, first, second, 1 + static_cast<int>(store.Below(2)),
            {.rows = 4 + store.Below(10), .groups = 1 + store.Below(2), .attributions = 4});
    EXPECT_EQ(small.shared, expected) << what;
    const Outcome turned = Ask(&store, second, first, 2, {.rows = 12});
    EXPECT_EQ(turned.counts.shared(), whole.counts.shared()) << what;
    EXPECT_EQ(turned.counts.contradict_across(), whole.counts.contradict_across()) << what;
    EXPECT_EQ(turned.counts.first_recorded(), whole.counts.second_recorded()) << what;
    found += expected.size();
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(found, 150U);
}

ComparedSide On(int32_t earliest, int32_t latest) {
  ComparedSide side;
  side.claims = {"c"};
  side.earliest = earliest;
  side.latest = latest;
  return side;
}

TEST(Compare, OnlyCertainlyEarlierIsFirst) {
  const auto first_said = [](const ComparedSide& first, const ComparedSide& second) {
    return SharedIn({first, second}).first_said();
  };
  EXPECT_EQ(first_said(On(1, 3), On(4, 9)), v1::PRECEDENCE_FIRST);
  EXPECT_EQ(first_said(On(4, 9), On(1, 3)), v1::PRECEDENCE_SECOND);
  EXPECT_EQ(first_said(On(1, 3), On(3, 9)), v1::PRECEDENCE_UNDECIDED);
  EXPECT_EQ(first_said(On(INT32_MIN, INT32_MAX), On(3, 9)), v1::PRECEDENCE_UNDECIDED);
  EXPECT_EQ(first_said(On(INT32_MIN, INT32_MAX), On(INT32_MIN, INT32_MAX)),
            v1::PRECEDENCE_UNDECIDED);
}

}  // namespace
}  // namespace headwater::database
