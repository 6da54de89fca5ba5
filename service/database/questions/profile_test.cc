// ProfileSource against all that is on record, counted one by one.
#include "database/questions/profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "database/questions/profile_counts.h"
#include "database/testing/random_store.h"

namespace headwater::database {
namespace {

using testing::ClaimOf;
using testing::RandomStore;

using Tally = std::map<std::string, int64_t>;

struct Profile {
  std::map<std::string, int64_t> counts;  // by field
  Tally leans_on;
  Tally leaned_on_by;
  Tally denied_by;
  std::set<std::string> originated;
  std::set<std::string> denied;
};

void AddTally(const google::protobuf::RepeatedPtrField<v1::SourceCount>& counts, Tally* tally) {
  for (const v1::SourceCount& count : counts) {
    (*tally)[count.source()] += count.count();
    EXPECT_EQ(absl::StrCat("sources/", count.display_name()), count.source());
  }
}

Profile Ask(RandomStore* store, const std::string& source, const PageBounds& bounds) {
  v1::ProfileSourceRequest request;
  request.set_name(source);
  Profile profile;
  std::string position;
  int pages = 0;
  do {
    const Reply reply = ProfileSource(store->At(store->head()), request, position, bounds);
    EXPECT_TRUE(reply.ok()) << reply.status();
    v1::ProfileSourceResponse page;
    if (!reply.ok() || !page.ParseFromString(*reply)) break;
    EXPECT_EQ(page.name(), source);
    const v1::ProfileCounts& counts = page.counts();
    for (int i = 0; i < counts.GetDescriptor()->field_count(); ++i) {
      const auto* field = counts.GetDescriptor()->field(i);
      profile.counts[field->name()] += counts.GetReflection()->GetInt64(counts, field);
    }
    AddTally(page.leans_on(), &profile.leans_on);
    AddTally(page.leaned_on_by(), &profile.leaned_on_by);
    AddTally(page.denied_by(), &profile.denied_by);
    profile.originated.insert(page.originated_claims().begin(), page.originated_claims().end());
    profile.denied.insert(page.denied_claims().begin(), page.denied_claims().end());
    position.clear();
    if (!page.next_page_token().empty())
      position = DecodePageToken(page.next_page_token(), request)->position;
    if (++pages > 3000) {
      ADD_FAILURE() << "no end of pages";
      break;
    }
  } while (!position.empty());
  return profile;
}

class Expectation {
 public:
  Expectation(const RandomStore& store, const std::string& source)
      : store_(store), source_(source) {}

  Profile Run() {
    for (const auto& [name, attribution] : store_.attributions) {
      if (attribution.source() == source_) TakeOwn(name, attribution);
      TakeCitations(attribution);
    }
    for (const std::string& claim : asserted_) TakeAsserted(claim);
    for (const auto& [name, document] : store_.documents) {
      if (document.publisher() != source_) continue;
      ++Of("documents");
      if (document.has_withdrawal()) ++Of("documents_retracted");
    }
    return std::move(profile_);
  }

 private:
  int64_t& Of(const std::string& field) { return profile_.counts[field]; }

  void TakeOwn(const std::string& name, const v1::Attribution& attribution) {
    ++Of("attributions");
    const std::map<v1::Stance, std::string> stances = {{v1::STANCE_ASSERTS, "asserts"},
                                                       {v1::STANCE_DENIES, "denies"},
                                                       {v1::STANCE_DOUBTS, "doubts"},
                                                       {v1::STANCE_ASKS, "asks"},
                                                       {v1::STANCE_RELAYS, "relays"}};
    ++Of(stances.at(attribution.stance()));
    const bool first_hand = attribution.basis() == v1::BASIS_FIRST_HAND;
    ++Of(first_hand ? "first_hand" : "basis_not_recorded");
    const bool asserts = attribution.stance() == v1::STANCE_ASSERTS;
    if (first_hand && (asserts || attribution.stance() == v1::STANCE_DENIES)) {
      ++Of("originated");
      profile_.originated.insert(ClaimOf(name));
    }
    if (store_.IsWithdrawn(attribution))
      ++Of("retracted");
    else if (asserts)
      asserted_.insert(ClaimOf(name));
    Of("citations") += attribution.cites_size();
  }

  void TakeCitations(const v1::Attribution& attribution) {
    for (const v1::Citation& citation : attribution.cites()) {
      const auto cited = store_.everything.find(citation.attribution());
      const std::string& whom =
          cited == store_.everything.end() ? citation.source() : cited->second.source();
      if (attribution.source() == source_) ++profile_.leans_on[whom];
      // By one that is deleted it is not cited any more.
      if (whom != source_ || (cited != store_.everything.end() &&
                              !store_.attributions.contains(citation.attribution())))
        continue;
      ++Of("cited");
      ++profile_.leaned_on_by[attribution.source()];
    }
  }

  void TakeAsserted(const std::string& claim) {
    ++Of("asserted_claims");
    const std::set<std::string> same = store_.SameAs(claim);
    std::set<std::string> deniers;
    for (const auto& [name, attribution] : store_.attributions) {
      if (attribution.stance() == v1::STANCE_DENIES && same.contains(ClaimOf(name)) &&
          attribution.denial().extent() != v1::DENIAL_EXTENT_NON_DENIAL &&
          attribution.source() != source_ && !store_.IsWithdrawn(attribution))
        deniers.insert(attribution.source());
    }
    if (deniers.empty()) return;
    ++Of("denied_claims");
    profile_.denied.insert(claim);
    for (const std::string& denier : deniers) ++profile_.denied_by[denier];
  }

  const RandomStore& store_;
  const std::string source_;
  std::set<std::string> asserted_;
  Profile profile_;
};

void Compare(const Profile& profile, Profile expected, const std::string& what) {
  for (const auto& [field, count] : profile.counts)
    EXPECT_EQ(count, expected.counts[field]) << what << ", " << field;
  EXPECT_EQ(profile.leans_on, expected.leans_on) << what;
  EXPECT_EQ(profile.leaned_on_by, expected.leaned_on_by) << what;
  EXPECT_EQ(profile.denied_by, expected.denied_by) << what;
  EXPECT_EQ(profile.originated, expected.originated) << what;
  EXPECT_EQ(profile.denied, expected.denied) << what;
}

TEST(ProfileProperty, CountsWhatIsThere) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    RandomStore store(seed);
    for (const auto& [source, record] : store.sources) {
      const std::string what = absl::StrCat("seed ", seed, ", ", source);
      const Profile expected = Expectation(store, source).Run();
      Compare(Ask(&store, source, {}), expected, what);
      Compare(Ask(&store, source, {.rows = 2 + store.Below(8)}), expected, what);
    }
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(Profile, TellsFatesApart) {
  v1::ProfileCounts counts;
  CountDocument(v1::WITHDRAWAL_KIND_CORRECTED, &counts);
  CountDocument(v1::WITHDRAWAL_KIND_RECORDING_ERROR, &counts);
  records::Edge edge;
  edge.stance = v1::STANCE_NO_COMMENT;
  edge.basis = v1::BASIS_SECOND_HAND;
  CountAttribution(edge, v1::WITHDRAWAL_KIND_CORRECTED, &counts);
  CountAttribution(edge, v1::WITHDRAWAL_KIND_RECORDING_ERROR, &counts);
  EXPECT_EQ(counts.ShortDebugString(),
            "attributions: 2 no_comments: 2 second_hand: 2 corrected: 1 recording_errors: 1 "
            "documents: 2 documents_corrected: 1 documents_recorded_wrongly: 1");
}

}  // namespace
}  // namespace headwater::database
