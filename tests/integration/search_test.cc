// SearchClaims through gRPC.
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/search_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(SearchTest, WordsPhrasesPrefixesAndWhatMustNotBeThere) {
  Claim("red", "The red bridge is closed");
  Claim("blue", "The blue bridge is closed to lorries");
  Claim("tower", "The tower is red");
  EXPECT_THAT(Found("bridge"), ::testing::UnorderedElementsAre("red", "blue"));
  EXPECT_THAT(Found("red bridge"), ElementsAre("red", "tower", "blue"));
  EXPECT_THAT(Found("\"bridge is closed\" -lorries"), ElementsAre("red"));
  EXPECT_THAT(Found("lorr*"), ElementsAre("blue"));
  EXPECT_THAT(Found("closed -\"red bridge\""), ElementsAre("blue"));
  EXPECT_THAT(Found("-red -lorr*"), IsEmpty());
  EXPECT_THAT(Found("-\"red bridge\""), ElementsAre("blue", "tower"));
  EXPECT_THAT(Found("nothing-like-that"), IsEmpty());
  const v1::SearchClaimsResponse response = Search("bridge");
  EXPECT_THAT(Marked(response.results(0).snippets(0)), ElementsAre("bridge"));
  EXPECT_EQ(response.results(0).snippets(0).field(), v1::CLAIM_FIELD_TEXT);
}

TEST_F(SearchTest, FiltersHoldTogetherAndAmongOneField) {
  Outlet("ft", "Financial Times");
  Outlet("rfi", "RFI");
  Claim("one", "The chip was late",
        "tags: 'chips' about { name: 'Huawei' } subject_date: '2025-05'");
  Claim("two", "The chip was early", "tags: 'h20' subject_date: '2025-07-03'");
  Claim("three", "Con chip", "language: 'vi' tags: 'chips'");
  Says("ft", "one");
  Says("rfi", "one", v1::STANCE_DENIES);
  Says("rfi", "two");
  EXPECT_THAT(Found("chip source:ft"), ElementsAre("one"));
  EXPECT_THAT(Found("source:\"financial times\""), ElementsAre("one"));
  EXPECT_THAT(Found("source:rfi"), ElementsAre("one", "two"));
  EXPECT_THAT(Found("source:ft source:rfi stance:denies"), ElementsAre("one"));
  EXPECT_THAT(Found("source:rfi -source:ft"), ElementsAre("two"));
  EXPECT_THAT(Found("tag:chips"), ElementsAre("one", "three"));
  EXPECT_THAT(Found("tag:chips tag:h20 lang:en"), ElementsAre("one", "two"));
  EXPECT_THAT(Found("about:huawei"), ElementsAre("one"));
  EXPECT_THAT(Found("after:2025-06 before:2025-07"), ElementsAre("two"));
  EXPECT_THAT(Found("before:2025-05-01"), ElementsAre("one"));
  CatchUp();
  EXPECT_THAT(Found("standing:not_asserted"), ElementsAre("three"));
  EXPECT_THAT(Found("chip standing:also_denied"), ElementsAre("one"));
  EXPECT_THAT(Found("standing:origin_not_recorded -standing:also_denied"), ElementsAre("two"));
}

TEST_F(SearchTest, FacetsCountAndNamesAreSuggested) {
  Outlet("ft", "Financial Times");
  Claim("one", "The chip was late", "tags: 'chips' about { name: 'Huawei' }");
  Claim("two", "The chip was early", "tags: 'chips'");
  Says("ft", "one");
  const v1::SearchClaimsResponse response = Search("chip", "show_facets: true page_size: 1");
  std::vector<std::string> shown;
  for (const v1::Facet& facet : response.facets()) {
    for (const v1::FacetValue& value : facet.values())
      shown.push_back(absl::StrCat(facet.field(), ":", value.value(), " ", value.count()));
  }
  EXPECT_THAT(shown, ElementsAre("source:ft 1", "about:huawei 1", "tag:chips 2", "lang:en 2",
                                 "stance:asserts 1"));
  const v1::SearchClaimsResponse typo = Search("chip Huawie");
  ASSERT_GE(typo.suggestions_size(), 1);
  EXPECT_EQ(typo.suggestions(0).typed(), "Huawie");
  EXPECT_EQ(typo.suggestions(0).name(), "Huawei");
  EXPECT_EQ(typo.suggestions(0).query(), "chip Huawei");
  const v1::SearchClaimsResponse filter = Search("chip source:\"Finacial Times\"");
  ASSERT_GE(filter.suggestions_size(), 1);
  EXPECT_EQ(filter.suggestions(0).query(), "chip source:\"Financial Times\"");
  EXPECT_EQ(Search("chip Huawei").suggestions_size(), 0);
}

TEST_F(SearchTest, PagesShowOneStateWhileWritesGoOn) {
  for (const std::string query : {"bridge", "tag:b"}) {
    std::set<std::string> expected;
    for (int i = 0; i < 30; ++i) {
      const std::string id = absl::StrCat(query == "bridge" ? "b-" : "t-", i);
      Claim(id, absl::StrCat("bridge number ", i), query == "bridge" ? "" : "tags: 'b'");
      expected.insert(id);
    }
    if (query != "bridge") {
      // The first round's stay out.
      std::erase_if(expected, [](const std::string& id) { return id[0] != 't'; });
    }
    CatchUp();
    std::vector<std::string> all;
    std::string token;
    int64_t sequence = 0;
    for (int page = 0; page == 0 || !token.empty(); ++page) {
      const v1::SearchClaimsResponse response =
          Search(query, absl::StrCat("page_size: 7 page_token: '", token, "' read {}"));
      if (page == 0) {
        sequence = response.read_sequence();
        ASSERT_EQ(sequence, server_.head());
      }
      EXPECT_EQ(response.read_sequence(), sequence);
      for (const std::string& id : Ids(response)) all.push_back(id);
      token = response.next_page_token();
      // What is deleted, changed and made meanwhile changes nothing.
      v1::DeleteClaimRequest remove;
      remove.set_name(absl::StrCat("claims/", *std::next(expected.begin(), page)));
      remove.set_reason("test");
      Ok(&Claims::DeleteClaim, remove);
      Claim(absl::StrCat(query == "bridge" ? "x" : "y", page), "bridge bridge bridge",
            query == "bridge" ? "" : "tags: 'b'");
      CatchUp();
    }
    EXPECT_EQ(all.size(), 30U);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()), expected);
  }
}

TEST_F(SearchTest, AStateThatIsGoneIsSaidToBe) {
  for (int i = 0; i < 5; ++i) Claim(absl::StrCat("c-", i), "bridge");
  CatchUp();
  const std::string token = Search("bridge", "read {} page_size: 2").next_page_token();
  ASSERT_FALSE(token.empty());
  // Nothing is kept, but nothing was written either: it is the same state still.
  server_.Restart();
  const std::string next = absl::StrCat("read {} page_size: 9 page_token: '", token, "'");
  EXPECT_EQ(Search("bridge", next).results_size(), 3);
  Claim("more", "bridge");
  CatchUp();
  auto request = From<v1::SearchClaimsRequest>(next);
  request.set_query("bridge");
  const auto answer = client().Call(&Provenance::SearchClaims, request);
  EXPECT_EQ(answer.code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(answer.status), "PAGE_TOKEN_EXPIRED");
}

TEST_F(SearchTest, ErrorsNameFields) {
  const auto refused = [&](const std::string& request) {
    return BadFields(
        client().Call(&Provenance::SearchClaims, From<v1::SearchClaimsRequest>(request)).status);
  };
  EXPECT_THAT(refused(""), ElementsAre("query"));
  EXPECT_THAT(refused("query: 'x tag:'"), ElementsAre("query"));
  EXPECT_THAT(refused("query: 'stance:sings'"), ElementsAre("query"));
  EXPECT_THAT(refused("query: 'standing:tall'"), ElementsAre("query"));
  EXPECT_THAT(refused("query: 'after:yesterday'"), ElementsAre("query"));
  EXPECT_THAT(refused("query: 'x' read { sequence: 1 }"), ElementsAre("read.sequence"));
  EXPECT_THAT(refused("query: 'x' page_size: 101"), ElementsAre("page_size"));
  EXPECT_THAT(refused("query: 'x' page_token: 'nonsense'"), ElementsAre("page_token"));
  EXPECT_THAT(refused("query: 'x' language: '?'"), ElementsAre("language"));
  const auto unverified = [&](const std::string& request) {
    return BadFields(client().Call(&Provenance::Verify, From<v1::VerifyRequest>(request)).status);
  };
  EXPECT_THAT(unverified(""), ElementsAre("text"));
  EXPECT_THAT(unverified("text: ''"), ElementsAre("text"));
  EXPECT_THAT(unverified("quote: ' '"), ElementsAre("quote"));
  EXPECT_THAT(unverified("uri: 'no address'"), ElementsAre("uri"));
  EXPECT_THAT(unverified("text: 'x' max_matches: 51"), ElementsAre("max_matches"));
  EXPECT_THAT(unverified("text: 'x' read { time { seconds: 1 } }"), ElementsAre("read.time"));
}

TEST_F(SearchTest, WhatIsNotThereYetIsSaidToBe) {
  auto request = From<v1::VerifyRequest>("text: 'x' read { min_sequence: 100 }");
  EXPECT_EQ(client().Call(&Provenance::Verify, request).code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(SearchTest, ChangesOfOthersReachTheClaims) {
  Outlet("ft", "Financial Times");
  Claim("one", "The chip was late");
  Says("ft", "one", v1::STANCE_ASSERTS, "verspaetet sei der Baustein");
  EXPECT_THAT(Found("verspaetet"), ElementsAre("one"));
  EXPECT_THAT(Found("financial"), ElementsAre("one"));
  Rename("ft", "Gazette");
  EXPECT_THAT(Found("financial"), IsEmpty());
  EXPECT_THAT(Found("gazette"), ElementsAre("one"));
  auto titled = From<v1::UpdateDocumentRequest>(
      "document { name: 'documents/ft' title: 'Unerhoert' } update_mask { paths: 'title' }");
  Ok(&Documents::UpdateDocument, titled);
  EXPECT_THAT(Found("unerhoert"), ElementsAre("one"));
  v1::DeleteAttributionRequest remove;
  remove.set_name("claims/one/attributions/ft");
  remove.set_reason("test");
  Ok(&Attributions::DeleteAttribution, remove);
  EXPECT_THAT(Found("unerhoert"), IsEmpty());
  v1::UndeleteAttributionRequest undelete;
  undelete.set_name("claims/one/attributions/ft");
  Ok(&Attributions::UndeleteAttribution, undelete);
  EXPECT_THAT(Found("unerhoert"), ElementsAre("one"));
}

// A source that speaks everywhere: found by its new name everywhere, each claim worked out once.
TEST_F(SearchTest, ASourceOfManyIsWorkedOffInPieces) {
  Outlet("ft", "Financial Times");
  constexpr int kMany = 300;
  v1::BatchCreateClaimsRequest claims;
  v1::BatchCreateAttributionsRequest attributions;
  for (int i = 0; i < kMany; ++i) {
    const std::string id = absl::StrCat("c-", i);
    *claims.add_requests() = NewClaim(id, absl::StrCat("Claim ", i));
    for (int twice = 0; twice < 2; ++twice) {
      *attributions.add_requests() = NewAttribution(id, "ft", "ft");
      attributions.mutable_requests()->rbegin()->set_attribution_id(absl::StrCat("a-", twice));
    }
  }
  Ok(&Claims::BatchCreateClaims, claims);
  Ok(&Attributions::BatchCreateAttributions, attributions);
  CatchUp();
  const uint64_t before = server_.database().index().indexed;
  Rename("ft", "Gazette");
  CatchUp();
  EXPECT_EQ(server_.database().index().indexed - before, kMany + 1U);
  std::set<std::string> found;
  std::string token;
  do {
    const v1::SearchClaimsResponse page =
        Search("gazette", absl::StrCat("read {} page_size: 100 page_token: '", token, "'"));
    for (const std::string& id : Ids(page)) found.insert(id);
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(found.size(), static_cast<size_t>(kMany));
  EXPECT_THAT(Found("financial"), IsEmpty());
}

// A rumour is indexed once for a thousand who pass it on, and found by filters that the index has
// no room for.
TEST_F(SearchTest, ARumourIsFoundByAnyWhoTellIt) {
  Claim("rumour", "The bridge is closed");
  v1::BatchCreateSourcesRequest sources;
  v1::BatchCreateAttributionsRequest attributions;
  constexpr int kMany = 1500;
  Outlet("d", "d");
  for (int i = 0; i < kMany; ++i) {
    const std::string id = absl::StrCat("s-", i);
    *sources.add_requests() = NewSource(id);
    *attributions.add_requests() = NewAttribution("rumour", id, "d");
  }
  attributions.mutable_requests(kMany - 1)->mutable_attribution()->set_stance(v1::STANCE_DOUBTS);
  attributions.mutable_requests(kMany - 1)->set_attribution_id("zzz");
  Ok(&Sources::BatchCreateSources, sources);
  CatchUp();
  const uint64_t before = server_.database().index().indexed;
  Ok(&Attributions::BatchCreateAttributions, attributions);
  CatchUp();
  EXPECT_EQ(server_.database().index().indexed - before, 1U);
  Claim("other", "The bridge is open");
  for (const std::string words : {"bridge ", ""}) {
    EXPECT_THAT(Found(words + "source:s-1"), ElementsAre("rumour"));
    EXPECT_THAT(Found(absl::StrCat(words, "source:s-", kMany - 1)), ElementsAre("rumour"));
    EXPECT_THAT(Found(words + "stance:doubts"), ElementsAre("rumour"));
    EXPECT_THAT(Found(words + "stance:denies"), IsEmpty());
    EXPECT_THAT(Found(absl::StrCat(words, "bridge -source:s-", kMany - 1)), ElementsAre("other"));
  }
}

}  // namespace
}  // namespace headwater::integration
