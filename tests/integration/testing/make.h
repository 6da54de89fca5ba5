// For the integration tests: requests in a word.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_MAKE_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_MAKE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "testing/client.h"

namespace headwater::integration {

inline v1::CreateClaimRequest NewClaim(const std::string& id,
                                       const std::string& text = "It is so.") {
  v1::CreateClaimRequest request;
  request.set_claim_id(id);
  request.mutable_claim()->set_text(text);
  request.mutable_claim()->set_language("en");
  request.mutable_claim()->set_nature(v1::CLAIM_NATURE_FACT);
  return request;
}

inline v1::CreateSourceRequest NewSource(const std::string& id,
                                         v1::SourceKind kind = v1::SOURCE_KIND_NEWS_OUTLET) {
  v1::CreateSourceRequest request;
  request.set_source_id(id);
  request.mutable_source()->set_kind(kind);
  request.mutable_source()->set_display_name(id);
  return request;
}

inline v1::CreateDocumentRequest NewDocument(const std::string& id, const std::string& publisher) {
  v1::CreateDocumentRequest request;
  request.set_document_id(id);
  request.mutable_document()->set_publisher(absl::StrCat("sources/", publisher));
  request.mutable_document()->set_title(id);
  return request;
}

// That `source` asserts claims/`claim` in `document`, citing `cited` of the same claim, if any.
inline v1::CreateAttributionRequest NewAttribution(const std::string& claim,
                                                   const std::string& source,
                                                   const std::string& document,
                                                   const std::string& cited = "") {
  v1::CreateAttributionRequest request;
  request.set_parent(absl::StrCat("claims/", claim));
  request.set_attribution_id(source);
  v1::Attribution* attribution = request.mutable_attribution();
  attribution->set_source(absl::StrCat("sources/", source));
  attribution->set_document(absl::StrCat("documents/", document));
  attribution->set_stance(v1::STANCE_ASSERTS);
  if (!cited.empty()) {
    attribution->add_cites()->set_attribution(
        absl::StrCat("claims/", claim, "/attributions/", cited));
  }
  return request;
}

inline v1::GetClaimRequest ClaimNamed(const std::string& id) {
  v1::GetClaimRequest request;
  request.set_name(absl::StrCat("claims/", id));
  return request;
}

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_MAKE_H_
