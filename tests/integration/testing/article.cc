#include "testing/article.h"

#include <fstream>
#include <string>

#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "headwater/v1/record.pb.h"

namespace headwater::integration {
namespace {

std::string ParentOf(const std::string& name) {
  return name.substr(0, name.find('/', name.find('/') + 1));
}

template <class Stub, class Request, class Response>
void Make(const Client& client,
          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
          const Request& request) {
  const Answer<Response> answer = client.Call(method, request);
  EXPECT_TRUE(answer.ok()) << Show(answer.status);
}

}  // namespace

ArticleBatches ReadArticle() {
  ArticleBatches batches;
  std::ifstream file(HEADWATER_SOURCE_DIR "/client/samples/deepseek-huawei.ndjson");
  EXPECT_TRUE(file);
  for (std::string line; std::getline(file, line);) {
    v1::Record record;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &record).ok()) << line;
    if (record.has_source()) {
      *batches.sources.add_requests()->mutable_source() = record.source();
    } else if (record.has_document()) {
      *batches.documents.add_requests()->mutable_document() = record.document();
    } else if (record.has_claim()) {
      *batches.claims.add_requests()->mutable_claim() = record.claim();
    } else if (record.has_attribution()) {
      v1::CreateAttributionRequest* request = batches.attributions.add_requests();
      *request->mutable_attribution() = record.attribution();
      request->set_parent(ParentOf(record.attribution().name()));
    } else if (record.has_relation()) {
      v1::CreateRelationRequest* request = batches.relations.add_requests();
      *request->mutable_relation() = record.relation();
      request->set_parent(ParentOf(record.relation().name()));
    }
  }
  return batches;
}

void ImportArticle(const Client& client, const std::string& text) {
  ArticleBatches article = ReadArticle();
  article.documents.mutable_requests(0)->mutable_document()->set_text(text);
  Make(client, &Sources::BatchCreateSources, article.sources);
  Make(client, &Documents::BatchCreateDocuments, article.documents);
  Make(client, &Claims::BatchCreateClaims, article.claims);
  Make(client, &Attributions::BatchCreateAttributions, article.attributions);
  Make(client, &Relations::BatchCreateRelations, article.relations);
}

}  // namespace headwater::integration
