// Verify and SearchClaims through gRPC.
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"
#include "testing/article.h"

namespace headwater::integration {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto kLongEnough = std::chrono::seconds(30);

Setup Followed() {
  Setup setup;
  setup.follow = true;
  setup.index_limits.piece = 50;
  setup.index_limits.small_piece = 20;
  setup.index_limits.held = 70;
  return setup;
}

class SearchTest : public ApiTest {
 protected:
  SearchTest() : ApiTest(Followed()) {}

  void CatchUp() {
    ASSERT_TRUE(server_.database().WaitForStandings(server_.head(), kLongEnough));
    ASSERT_TRUE(server_.database().WaitForIndex(server_.head(), kLongEnough));
  }

  v1::VerifyResponse Verify(const std::string& request) {
    auto asked = From<v1::VerifyRequest>(request);
    EXPECT_TRUE(server_.database().WaitForIndex(server_.head(), kLongEnough));
    asked.mutable_read()->set_min_sequence(server_.head());
    return Ok(&Provenance::Verify, asked);
  }
  v1::SearchClaimsResponse Search(const std::string& query, const std::string& others = "") {
    auto asked = From<v1::SearchClaimsRequest>(others);
    asked.set_query(query);
    EXPECT_TRUE(server_.database().WaitForIndex(server_.head(), kLongEnough));
    if (!asked.has_read()) asked.mutable_read()->set_min_sequence(server_.head());
    return Ok(&Provenance::SearchClaims, asked);
  }
  std::vector<std::string> Found(const std::string& query, const std::string& others = "") {
    return Ids(Search(query, others));
  }
  static std::vector<std::string> Ids(const v1::SearchClaimsResponse& response) {
    std::vector<std::string> ids;
    for (const v1::SearchResult& result : response.results())
      ids.push_back(result.claim().claim().substr(7));
    return ids;
  }

  void Claim(const std::string& id, const std::string& text, const std::string& fields = "") {
    v1::CreateClaimRequest request = NewClaim(id, text);
    request.mutable_claim()->MergeFrom(From<v1::Claim>(fields));
    Ok(&Claims::CreateClaim, request);
  }
  void Outlet(const std::string& id, const std::string& name) {
    v1::CreateSourceRequest source = NewSource(id);
    source.mutable_source()->set_display_name(name);
    Ok(&Sources::CreateSource, source);
    v1::CreateDocumentRequest document = NewDocument(id, id);
    document.mutable_document()->set_uri(absl::StrCat("https://", id, ".example/story"));
    Ok(&Documents::CreateDocument, document);
  }
  void Says(const std::string& source, const std::string& claim,
            v1::Stance stance = v1::STANCE_ASSERTS, const std::string& quote = "") {
    v1::CreateAttributionRequest request = NewAttribution(claim, source, source);
    request.mutable_attribution()->set_stance(stance);
    if (!quote.empty()) request.mutable_attribution()->mutable_quote()->set_exact(quote);
    Ok(&Attributions::CreateAttribution, request);
  }
  void Rename(const std::string& source, const std::string& name) {
    auto request = From<v1::UpdateSourceRequest>("update_mask { paths: 'display_name' }");
    request.mutable_source()->set_name(absl::StrCat("sources/", source));
    request.mutable_source()->set_display_name(name);
    Ok(&Sources::UpdateSource, request);
  }
};

// What the highlights of a snippet mark.
std::vector<std::string> Marked(const v1::Snippet& snippet) {
  std::vector<std::string> marked;
  for (const v1::Highlight& span : snippet.highlights()) {
    const size_t begin = *CodePointToByte(snippet.text(), static_cast<size_t>(span.start()));
    const size_t end = *CodePointToByte(snippet.text(), static_cast<size_t>(span.end()));
    marked.push_back(snippet.text().substr(begin, end - begin));
  }
  return marked;
}

TEST_F(SearchTest, AStatementLeadsToTheClaimThatItRepeats) {
  Outlet("ft", "Financial Times");
  Claim("engineers", "Huawei engineers failed to complete a training run on Ascend chips");
  Claim("users", "DeepSeek's monthly users fell to 163 million in June");
  Claim("rain", "It rained in Hanoi on Monday");
  Says("ft", "engineers", v1::STANCE_DENIES);
  const v1::VerifyResponse response = Verify(
      "text: 'Good morning! Engineers from Huawei failed to complete the training run. "
      "\\n\\n Đi đâu đấy? DeepSeek monthly users fell to 170 million.' language: 'en'");
  EXPECT_EQ(response.read_sequence(), server_.head());
  EXPECT_EQ(response.language(), "en");
  ASSERT_EQ(response.statements_size(), 4);
  EXPECT_EQ(response.statements(0).matches_size(), 0);
  const v1::VerifiedStatement& second = response.statements(1);
  EXPECT_EQ(second.text(), "Engineers from Huawei failed to complete the training run.");
  EXPECT_EQ(second.position().start(), 14);
  EXPECT_EQ(second.position().end(), 14 + 58);
  ASSERT_EQ(second.matches_size(), 1) << second.DebugString();
  const v1::ClaimMatch& match = second.matches(0);
  EXPECT_EQ(match.claim().claim(), "claims/engineers");
  EXPECT_TRUE(match.is_match());
  EXPECT_FALSE(match.is_same_text());
  EXPECT_THAT(match.reason(), HasSubstr("\"Huawei\""));
  EXPECT_THAT(Marked(match.snippet()), Contains("Huawei"));
  // Nobody asserts it, which its summary must say, and who denies it.
  EXPECT_EQ(match.claim().standing(), v1::STANDING_NOT_ASSERTED);
  EXPECT_THAT(match.claim().flags(), ElementsAre(v1::FLAG_KIND_DENIED_NOT_ASSERTED));
  EXPECT_THAT(match.claim().summary(), AllOf(HasSubstr("asserts"), HasSubstr("Financial Times")));
  EXPECT_EQ(response.statements(2).position().start(), 14 + 58 + 4);
  // The same statement with another figure, and that is said.
  const v1::VerifiedStatement& fourth = response.statements(3);
  ASSERT_GE(fourth.matches_size(), 1);
  EXPECT_EQ(fourth.matches(0).claim().claim(), "claims/users");
  ASSERT_EQ(fourth.matches(0).mismatches_size(), 1);
  EXPECT_EQ(fourth.matches(0).mismatches(0).kind(), v1::MISMATCH_KIND_FIGURES);
  EXPECT_THAT(fourth.matches(0).mismatches(0).statement_figures(), ElementsAre("170000000"));
  EXPECT_THAT(fourth.matches(0).mismatches(0).claim_figures(), ElementsAre("163000000"));
}

TEST_F(SearchTest, AQuoteIsMatchedAsAWhole) {
  Claim("one", "The bridge is closed. Nobody may cross it.");
  Claim("two", "The bridge across the river is old");
  const v1::VerifyResponse response =
      Verify("quote: 'the bridge is CLOSED; nobody may cross it' max_matches: 1");
  ASSERT_EQ(response.statements_size(), 1);
  ASSERT_EQ(response.statements(0).matches_size(), 1);
  EXPECT_EQ(response.statements(0).matches(0).claim().claim(), "claims/one");
  EXPECT_TRUE(response.statements(0).matches(0).is_same_text());
  EXPECT_EQ(response.statements(0).matches(0).likelihood(), 1);
}

TEST_F(SearchTest, WhatIsUnlikelyComesOnlyWhereAskedFor) {
  Claim("one", "The old bridge across the river was closed to lorries in spring");
  const std::string text = "quote: 'Lorries were seen in Paris' ";
  EXPECT_EQ(Verify(text).statements(0).matches_size(), 0);
  const v1::VerifyResponse all = Verify(text + "show_unlikely: true");
  ASSERT_EQ(all.statements(0).matches_size(), 1);
  EXPECT_FALSE(all.statements(0).matches(0).is_match());
}

// Word by word the same, they rank alike: what their ids are must not decide.
TEST_F(SearchTest, OfClaimsThatSayTheSameTheOlderComesFirst) {
  for (const char* id : {"m-second", "z-first", "a-third"}) {
    Claim(absl::StrCat(id, "-bridge"), "The old bridge of Lindau is closed for repairs until May.");
    Claim(absl::StrCat(id, "-harbour"), "Nobody may enter the harbour of Lindau at night.");
  }
  const std::string parts[] = {"bridge", "harbour"};
  const std::string asked[] = {"the old bridge of Lindau is closed for repairs until May",
                               "They say nobody may enter the harbour of Lindau at night now"};
  for (int i = 0; i < 2; ++i) {
    const v1::VerifyResponse response =
        Verify(absl::StrCat("text: '", asked[i], "' show_unlikely: true max_matches: 2"));
    ASSERT_EQ(response.statements_size(), 1);
    ASSERT_EQ(response.statements(0).matches_size(), 2);
    EXPECT_EQ(response.statements(0).matches(0).claim().claim(),
              absl::StrCat("claims/m-second-", parts[i]));
    EXPECT_EQ(response.statements(0).matches(1).claim().claim(),
              absl::StrCat("claims/z-first-", parts[i]));
  }
}

TEST_F(SearchTest, AnAddressLeadsToWhatIsToldThere) {
  for (const char* id : {"ft", "rfi", "vn"}) Outlet(id, id);
  Claim("a", "The first thing");
  Claim("b", "The second thing");
  Says("ft", "a");
  Says("ft", "b");
  v1::CreateAttributionRequest cites = NewAttribution("a", "rfi", "rfi", "ft");
  Ok(&Attributions::CreateAttribution, cites);
  Ok(&Attributions::CreateAttribution, NewAttribution("a", "vn", "ft", "ft"));  // told there too
  for (const char* uri :
       {"https://ft.example/story", "http://www.ft.example/story/?utm_source=x#top",
        "https://web.archive.org/web/2025/https://ft.example/story"}) {
    const v1::VerifyResponse response = Verify(absl::StrCat("uri: '", uri, "'"));
    ASSERT_TRUE(response.has_document()) << uri;
    const v1::VerifiedDocument& document = response.document();
    EXPECT_EQ(document.document().name(), "documents/ft");
    EXPECT_EQ(document.claim_count(), 2);
    ASSERT_EQ(document.claims_size(), 2);
    EXPECT_EQ(document.claims(0).claim(), "claims/a");
    EXPECT_EQ(document.citing_count(), 1);
    ASSERT_EQ(document.citing_size(), 1);
    EXPECT_EQ(document.citing(0).attribution(), "claims/a/attributions/rfi");
    EXPECT_EQ(document.citing(0).cited(), "claims/a/attributions/ft");
    EXPECT_EQ(document.citing(0).document(), "documents/rfi");
    EXPECT_EQ(document.citing(0).stance(), v1::STANCE_ASSERTS);
    EXPECT_EQ(document.citing(0).display_name(), "rfi");
  }
  EXPECT_FALSE(Verify("uri: 'https://ft.example/other'").has_document());
  v1::DeleteDocumentRequest remove;
  remove.set_name("documents/ft");
  remove.set_reason("test");
  remove.set_force(true);
  Ok(&Documents::DeleteDocument, remove);
  EXPECT_FALSE(Verify("uri: 'https://ft.example/story'").has_document());
}

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
