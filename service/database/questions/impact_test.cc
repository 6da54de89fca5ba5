// AssessImpact against really withdrawing and assessing every claim before and after.
// HEADWATER_SEED=n tries that store alone, HEADWATER_LONG=1 ten times as many.
#include "database/questions/impact.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "absl/strings/str_cat.h"
#include "database/testing/random_store.h"

namespace headwater::database {
namespace {

using testing::ClaimOf;
using testing::RandomStore;

// The state in an assessment as the API gives it.
v1::ClaimState StateIn(const v1::Assessment& assessment) {
  v1::ClaimState state;
  state.set_standing(assessment.standing());
  for (const v1::Flag& flag : assessment.flags()) state.add_flags(flag.kind());
  state.mutable_asserts();
  state.mutable_denies();
  const auto set = [](const v1::Lines& lines, v1::LineBounds* bounds) {
    bounds->set_at_least(lines.at_least());
    bounds->set_at_most(lines.at_most());
  };
  for (const v1::StanceAssessment& stance : assessment.stances()) {
    if (stance.stance() == v1::STANCE_ASSERTS) set(stance.lines(), state.mutable_asserts());
    if (stance.stance() == v1::STANCE_DENIES) set(stance.lines(), state.mutable_denies());
  }
  return state;
}

std::string Text(v1::ClaimState state) {
  for (v1::LineBounds* bounds : {state.mutable_asserts(), state.mutable_denies()}) {
    bounds->clear_at_least_exact();
    bounds->clear_at_most_exact();
  }
  return state.ShortDebugString();
}

// By claim, what changes into what.
using Changes = std::map<std::string, std::string>;

struct Outcome {
  Changes changes;
  std::multimap<std::string, int> named;  // each claim that was reported
  int examined = 0;
  int unchanged = 0;
  int pages = 0;
};

// All pages.
Outcome Ask(RandomStore* store, const std::string& subject, int64_t sequence, int page_size,
            const PageBounds& bounds) {
  v1::AssessImpactRequest request;
  request.set_name(subject);
  request.set_page_size(page_size);
  Outcome outcome;
  std::string position;
  do {
    const Reply reply = AssessImpact(store->At(sequence), request, position, bounds);
    EXPECT_TRUE(reply.ok()) << reply.status();
    v1::AssessImpactResponse page;
    if (!reply.ok() || !page.ParseFromString(*reply)) break;
    EXPECT_LE(page.claims_size(), page_size);
    EXPECT_EQ(page.too_large_size(), 0);
    EXPECT_EQ(page.unchanged_count(), page.examined_count() - page.claims_size());
    for (const v1::ClaimImpact& impact : page.claims()) {
      outcome.changes[impact.claim()] =
          absl::StrCat(Text(impact.before()), " => ", Text(impact.after()));
      outcome.named.emplace(impact.claim(), outcome.pages);
      EXPECT_FALSE(impact.reason().empty());
      EXPECT_FALSE(impact.text().empty());
    }
    outcome.examined += page.examined_count();
    outcome.unchanged += page.unchanged_count();
    position.clear();
    if (!page.next_page_token().empty())
      position = DecodePageToken(page.next_page_token(), request)->position;
    if (++outcome.pages > 3000) {
      ADD_FAILURE() << "no end of pages";
      break;
    }
  } while (!position.empty());
  return outcome;
}

// Whether an attribution's bare citation of a source finds nothing of it on record among the claims
// that say the same: then it alone is what stands for it.
bool IsStub(const RandomStore& store, const std::string& citing, const std::string& source) {
  const std::set<std::string> same = store.SameAs(ClaimOf(citing));
  return std::none_of(store.attributions.begin(), store.attributions.end(), [&](const auto& each) {
    return each.second.source() == source && same.contains(ClaimOf(each.first));
  });
}

void Withdraw(RandomStore* store, const std::string& subject) {
  if (store->attributions.contains(subject)) return store->WithdrawAttribution(subject);
  if (store->documents.contains(subject)) return store->WithdrawDocument(subject);
  std::vector<std::string> stubs;
  for (const auto& [name, attribution] : store->attributions) {
    const bool cites =
        std::any_of(attribution.cites().begin(), attribution.cites().end(),
                    [&](const v1::Citation& citation) { return citation.source() == subject; });
    if (cites && IsStub(*store, name, subject)) stubs.push_back(name);
  }
  for (const std::string& stub : stubs) store->SeverStub(stub, subject);
  for (const auto& [name, attribution] : store->attributions) {
    if (attribution.source() == subject) store->WithdrawAttribution(name);
  }
  for (const auto& [name, document] : store->documents) {
    if (document.publisher() == subject) store->WithdrawDocument(name);
  }
}

// Compares all that is told of one subject with what happens; the store is spent then.
void Check(uint64_t seed, int kind) {
  RandomStore store(seed);
  if (store.attributions.empty()) return;
  const std::string subject = kind == 0   ? store.OneOf(store.sources)
                              : kind == 1 ? store.OneOf(store.documents)
                                          : store.OneOf(store.attributions);
  const std::string what = absl::StrCat("HEADWATER_SEED=", seed, " ", subject);
  const int64_t before = store.head();
  const Outcome whole = Ask(&store, subject, before, 1000, {});
  const Outcome small =
      Ask(&store, subject, before, 1 + static_cast<int>(store.Below(2)),
          {.rows = 5 + store.Below(10), .groups = 1 + store.Below(2), .attributions = 4});
  EXPECT_EQ(whole.pages, 1) << what;
  EXPECT_EQ(small.changes, whole.changes) << what;
  EXPECT_EQ(small.examined, whole.examined) << what;
  EXPECT_EQ(small.named.size(), small.changes.size()) << what << ": something came twice";
  EXPECT_EQ(whole.named.size(), whole.changes.size()) << what << ": something came twice";
  EXPECT_LE(whole.examined, static_cast<int>(store.claims.size())) << what;

  Withdraw(&store, subject);
  Changes real;
  for (const std::string& claim : store.claims) {
    const std::string was = Text(StateIn(store.Assess(claim, before)));
    const std::string is = Text(StateIn(store.Assess(claim, store.head())));
    if (was != is) real[claim] = absl::StrCat(was, " => ", is);
  }
  EXPECT_EQ(whole.changes, real) << what;
  // As it was recorded then, it is told the same of now.
  const Outcome then = Ask(&store, subject, before, 3, {.rows = 8, .groups = 2, .attributions = 9});
  EXPECT_EQ(then.changes, whole.changes) << what;
  EXPECT_EQ(then.examined, whole.examined) << what;
  EXPECT_EQ(then.named.size(), then.changes.size()) << what;
}

TEST(ImpactProperty, IsWhatReallyHappens) {
  const char* const only = std::getenv("HEADWATER_SEED");
  const uint64_t first = only == nullptr ? 0 : std::strtoull(only, nullptr, 10);
  const uint64_t count = only != nullptr                            ? 1
                         : std::getenv("HEADWATER_LONG") == nullptr ? 150
                                                                    : 1500;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    for (int kind = 0; kind < 3; ++kind) Check(seed, kind);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(Impact, IsNotAnsweredOnTheSpot) {
  RandomStore store(1);
  Reading reading = store.At(store.head());
  reading.patience = kv::Patience::kCacheOnly;
  v1::AssessImpactRequest request;
  request.set_name("sources/s0");
  EXPECT_TRUE(kv::IsWouldBlock(AssessImpact(reading, request, "").status()));
}

TEST(Impact, APositionOfNoPageIsRefused) {
  RandomStore store(1);
  v1::AssessImpactRequest request;
  request.set_name("sources/s0");
  for (const std::string position : {std::string("\x05zz"), EncodePlace({"1"}),
                                     EncodePlace({"7", "", ""}), EncodePlace({"", "", ""})}) {
    EXPECT_EQ(AssessImpact(store.At(store.head()), request, position).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace headwater::database
