// A server that follows its log, and what tests of finding ask of it.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_SEARCH_TEST_BASE_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_SEARCH_TEST_BASE_H_

#include <chrono>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"

namespace headwater::integration {

inline constexpr auto kLongEnough = std::chrono::seconds(30);

inline Setup Followed() {
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
inline std::vector<std::string> Marked(const v1::Snippet& snippet) {
  std::vector<std::string> marked;
  for (const v1::Highlight& span : snippet.highlights()) {
    const size_t begin = *CodePointToByte(snippet.text(), static_cast<size_t>(span.start()));
    const size_t end = *CodePointToByte(snippet.text(), static_cast<size_t>(span.end()));
    marked.push_back(snippet.text().substr(begin, end - begin));
  }
  return marked;
}

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_SEARCH_TEST_BASE_H_
