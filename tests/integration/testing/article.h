// For the integration tests: the sample article, ready for the batch methods.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_ARTICLE_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_ARTICLE_H_

#include <string>

#include "testing/client.h"

namespace headwater::integration {

struct ArticleBatches {
  v1::BatchCreateSourcesRequest sources;
  v1::BatchCreateDocumentsRequest documents;
  v1::BatchCreateClaimsRequest claims;
  v1::BatchCreateAttributionsRequest attributions;
  v1::BatchCreateRelationsRequest relations;
};

// What client/samples/deepseek-huawei.ndjson holds.
ArticleBatches ReadArticle();

// Records it in a server, its document with `text`.
void ImportArticle(const Client& client, const std::string& text = "");

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_ARTICLE_H_
