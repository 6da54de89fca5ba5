// The C++ client of Headwater, a database of claims and of who said them on whose word.
//
//   headwater::Client client("127.0.0.1:7411");
//   headwater::v1::TraceClaimRequest request;
//   request.set_name("claims/huawei-engineers-failed");
//   absl::StatusOr<headwater::v1::TraceClaimResponse> trace = client.TraceClaim(request);
#ifndef HEADWATER_CLIENT_H_
#define HEADWATER_CLIENT_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "headwater/connection.h"
#include "headwater/errors.h"
#include "headwater/exchange.h"
#include "headwater/listing.h"
#include "headwater/options.h"
#include "headwater/totals.h"
#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/document_service.pb.h"
#include "headwater/v1/provenance_service.pb.h"
#include "headwater/v1/relation_service.pb.h"
#include "headwater/v1/review_service.pb.h"
#include "headwater/v1/source_service.pb.h"

namespace headwater {

// Every method of the API, by its own name. What a method does, what each field of its request
// means and which errors it gives stands in its proto, headwater/v1/*_service.proto.
//
// Performance: a Client is a handle on a Connection, cheap to copy; copies share it. Making the
// first one is expensive (threads, a TCP connection), so make one and keep it. A call waits for its
// answer and takes about 0.1 ms on one machine; for throughput call from several threads, with
// ClientOptions::channels set to a few, or use the batch methods: one batch is one durable write.
//
// Thread safety: all methods may be called from any number of threads at once, on one Client or on
// copies. A Listing belongs to one thread.
//
// Error handling: a failed call returns the server's status: gRPC's code under the same name and
// the server's message. errors.h reads its details: which field, which resource, why. A call that
// failed changed nothing, but for UNAVAILABLE and DEADLINE_EXCEEDED on a write: its outcome is not
// known then. To make sure, send it again with the request_id of the first time, which therefore
// has to be one of your own. Nothing here throws.
//
// Retries: UNAVAILABLE, and RESOURCE_EXHAUSTED where the server says when to come back, are tried
// again with growing, random pauses until the call's deadline (30 seconds, see options.h), then
// returned. Reads change nothing; a write carries a request_id, the caller's or a UUID made here,
// that is the same on each try, so the server applies it once. Nothing else is ever tried again:
// neither what is wrong with the request, nor a stale etag, nor a deadline that has passed.
class Client {
 public:
  explicit Client(std::string address) : Client(ClientOptions{.address = std::move(address)}) {}
  explicit Client(ClientOptions options = {})
      : Client(std::make_shared<Connection>(std::move(options))) {}
  explicit Client(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  // What the calls go through; never null.
  const std::shared_ptr<Connection>& connection() const { return connection_; }

  // Sources: SourceService.
  absl::StatusOr<v1::Source> GetSource(const v1::GetSourceRequest& request,
                                       const CallOptions& options = {}) const {
    return Unary<v1::Source>(request, options);
  }
  Listing<v1::Source, v1::ListSourcesResponse> ListSources(const v1::ListSourcesRequest& request,
                                                           const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListSourcesResponse::mutable_sources};
  }
  absl::StatusOr<v1::Source> CreateSource(const v1::CreateSourceRequest& request,
                                          const CallOptions& options = {}) const {
    return Unary<v1::Source>(request, options);
  }
  absl::StatusOr<v1::Source> UpdateSource(const v1::UpdateSourceRequest& request,
                                          const CallOptions& options = {}) const {
    return Unary<v1::Source>(request, options);
  }
  absl::StatusOr<v1::Source> DeleteSource(const v1::DeleteSourceRequest& request,
                                          const CallOptions& options = {}) const {
    return Unary<v1::Source>(request, options);
  }
  absl::StatusOr<v1::Source> UndeleteSource(const v1::UndeleteSourceRequest& request,
                                            const CallOptions& options = {}) const {
    return Unary<v1::Source>(request, options);
  }
  absl::StatusOr<v1::LookupSourceResponse> LookupSource(const v1::LookupSourceRequest& request,
                                                        const CallOptions& options = {}) const {
    return Unary<v1::LookupSourceResponse>(request, options);
  }
  Listing<v1::Revision, v1::ListSourceRevisionsResponse> ListSourceRevisions(
      const v1::ListSourceRevisionsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListSourceRevisionsResponse::mutable_revisions};
  }
  absl::StatusOr<v1::BatchGetSourcesResponse> BatchGetSources(
      const v1::BatchGetSourcesRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchGetSourcesResponse>(request, options);
  }
  absl::StatusOr<v1::BatchCreateSourcesResponse> BatchCreateSources(
      const v1::BatchCreateSourcesRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchCreateSourcesResponse>(request, options);
  }
  absl::StatusOr<v1::BatchUpdateSourcesResponse> BatchUpdateSources(
      const v1::BatchUpdateSourcesRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchUpdateSourcesResponse>(request, options);
  }
  absl::StatusOr<v1::BatchDeleteSourcesResponse> BatchDeleteSources(
      const v1::BatchDeleteSourcesRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchDeleteSourcesResponse>(request, options);
  }

  // Documents: DocumentService.
  absl::StatusOr<v1::Document> GetDocument(const v1::GetDocumentRequest& request,
                                           const CallOptions& options = {}) const {
    return Unary<v1::Document>(request, options);
  }
  Listing<v1::Document, v1::ListDocumentsResponse> ListDocuments(
      const v1::ListDocumentsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListDocumentsResponse::mutable_documents};
  }
  absl::StatusOr<v1::Document> CreateDocument(const v1::CreateDocumentRequest& request,
                                              const CallOptions& options = {}) const {
    return Unary<v1::Document>(request, options);
  }
  absl::StatusOr<v1::Document> UpdateDocument(const v1::UpdateDocumentRequest& request,
                                              const CallOptions& options = {}) const {
    return Unary<v1::Document>(request, options);
  }
  absl::StatusOr<v1::Document> DeleteDocument(const v1::DeleteDocumentRequest& request,
                                              const CallOptions& options = {}) const {
    return Unary<v1::Document>(request, options);
  }
  absl::StatusOr<v1::Document> UndeleteDocument(const v1::UndeleteDocumentRequest& request,
                                                const CallOptions& options = {}) const {
    return Unary<v1::Document>(request, options);
  }
  absl::StatusOr<v1::Document> WithdrawDocument(const v1::WithdrawDocumentRequest& request,
                                                const CallOptions& options = {}) const {
    return Unary<v1::Document>(request, options);
  }
  Listing<v1::Revision, v1::ListDocumentRevisionsResponse> ListDocumentRevisions(
      const v1::ListDocumentRevisionsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListDocumentRevisionsResponse::mutable_revisions};
  }
  absl::StatusOr<v1::BatchGetDocumentsResponse> BatchGetDocuments(
      const v1::BatchGetDocumentsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchGetDocumentsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchCreateDocumentsResponse> BatchCreateDocuments(
      const v1::BatchCreateDocumentsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchCreateDocumentsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchUpdateDocumentsResponse> BatchUpdateDocuments(
      const v1::BatchUpdateDocumentsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchUpdateDocumentsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchDeleteDocumentsResponse> BatchDeleteDocuments(
      const v1::BatchDeleteDocumentsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchDeleteDocumentsResponse>(request, options);
  }

  // Claims: ClaimService.
  absl::StatusOr<v1::Claim> GetClaim(const v1::GetClaimRequest& request,
                                     const CallOptions& options = {}) const {
    return Unary<v1::Claim>(request, options);
  }
  Listing<v1::Claim, v1::ListClaimsResponse> ListClaims(const v1::ListClaimsRequest& request,
                                                        const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListClaimsResponse::mutable_claims};
  }
  absl::StatusOr<v1::Claim> CreateClaim(const v1::CreateClaimRequest& request,
                                        const CallOptions& options = {}) const {
    return Unary<v1::Claim>(request, options);
  }
  absl::StatusOr<v1::Claim> UpdateClaim(const v1::UpdateClaimRequest& request,
                                        const CallOptions& options = {}) const {
    return Unary<v1::Claim>(request, options);
  }
  absl::StatusOr<v1::Claim> DeleteClaim(const v1::DeleteClaimRequest& request,
                                        const CallOptions& options = {}) const {
    return Unary<v1::Claim>(request, options);
  }
  absl::StatusOr<v1::Claim> UndeleteClaim(const v1::UndeleteClaimRequest& request,
                                          const CallOptions& options = {}) const {
    return Unary<v1::Claim>(request, options);
  }
  Listing<v1::Revision, v1::ListClaimRevisionsResponse> ListClaimRevisions(
      const v1::ListClaimRevisionsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListClaimRevisionsResponse::mutable_revisions};
  }
  absl::StatusOr<v1::BatchGetClaimsResponse> BatchGetClaims(
      const v1::BatchGetClaimsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchGetClaimsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchCreateClaimsResponse> BatchCreateClaims(
      const v1::BatchCreateClaimsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchCreateClaimsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchUpdateClaimsResponse> BatchUpdateClaims(
      const v1::BatchUpdateClaimsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchUpdateClaimsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchDeleteClaimsResponse> BatchDeleteClaims(
      const v1::BatchDeleteClaimsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchDeleteClaimsResponse>(request, options);
  }

  // Attributions: AttributionService.
  absl::StatusOr<v1::Attribution> GetAttribution(const v1::GetAttributionRequest& request,
                                                 const CallOptions& options = {}) const {
    return Unary<v1::Attribution>(request, options);
  }
  Listing<v1::Attribution, v1::ListAttributionsResponse> ListAttributions(
      const v1::ListAttributionsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListAttributionsResponse::mutable_attributions};
  }
  absl::StatusOr<v1::Attribution> CreateAttribution(const v1::CreateAttributionRequest& request,
                                                    const CallOptions& options = {}) const {
    return Unary<v1::Attribution>(request, options);
  }
  absl::StatusOr<v1::Attribution> UpdateAttribution(const v1::UpdateAttributionRequest& request,
                                                    const CallOptions& options = {}) const {
    return Unary<v1::Attribution>(request, options);
  }
  absl::StatusOr<v1::Attribution> DeleteAttribution(const v1::DeleteAttributionRequest& request,
                                                    const CallOptions& options = {}) const {
    return Unary<v1::Attribution>(request, options);
  }
  absl::StatusOr<v1::Attribution> UndeleteAttribution(const v1::UndeleteAttributionRequest& request,
                                                      const CallOptions& options = {}) const {
    return Unary<v1::Attribution>(request, options);
  }
  absl::StatusOr<v1::Attribution> WithdrawAttribution(const v1::WithdrawAttributionRequest& request,
                                                      const CallOptions& options = {}) const {
    return Unary<v1::Attribution>(request, options);
  }
  Listing<v1::Revision, v1::ListAttributionRevisionsResponse> ListAttributionRevisions(
      const v1::ListAttributionRevisionsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options,
            &v1::ListAttributionRevisionsResponse::mutable_revisions};
  }
  absl::StatusOr<v1::BatchGetAttributionsResponse> BatchGetAttributions(
      const v1::BatchGetAttributionsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchGetAttributionsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchCreateAttributionsResponse> BatchCreateAttributions(
      const v1::BatchCreateAttributionsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchCreateAttributionsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchUpdateAttributionsResponse> BatchUpdateAttributions(
      const v1::BatchUpdateAttributionsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchUpdateAttributionsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchDeleteAttributionsResponse> BatchDeleteAttributions(
      const v1::BatchDeleteAttributionsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchDeleteAttributionsResponse>(request, options);
  }

  // Relations: RelationService.
  absl::StatusOr<v1::Relation> GetRelation(const v1::GetRelationRequest& request,
                                           const CallOptions& options = {}) const {
    return Unary<v1::Relation>(request, options);
  }
  Listing<v1::Relation, v1::ListRelationsResponse> ListRelations(
      const v1::ListRelationsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListRelationsResponse::mutable_relations};
  }
  absl::StatusOr<v1::Relation> CreateRelation(const v1::CreateRelationRequest& request,
                                              const CallOptions& options = {}) const {
    return Unary<v1::Relation>(request, options);
  }
  absl::StatusOr<v1::Relation> UpdateRelation(const v1::UpdateRelationRequest& request,
                                              const CallOptions& options = {}) const {
    return Unary<v1::Relation>(request, options);
  }
  absl::StatusOr<v1::Relation> DeleteRelation(const v1::DeleteRelationRequest& request,
                                              const CallOptions& options = {}) const {
    return Unary<v1::Relation>(request, options);
  }
  absl::StatusOr<v1::Relation> UndeleteRelation(const v1::UndeleteRelationRequest& request,
                                                const CallOptions& options = {}) const {
    return Unary<v1::Relation>(request, options);
  }
  Listing<v1::Revision, v1::ListRelationRevisionsResponse> ListRelationRevisions(
      const v1::ListRelationRevisionsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListRelationRevisionsResponse::mutable_revisions};
  }
  absl::StatusOr<v1::BatchGetRelationsResponse> BatchGetRelations(
      const v1::BatchGetRelationsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchGetRelationsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchCreateRelationsResponse> BatchCreateRelations(
      const v1::BatchCreateRelationsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchCreateRelationsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchUpdateRelationsResponse> BatchUpdateRelations(
      const v1::BatchUpdateRelationsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchUpdateRelationsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchDeleteRelationsResponse> BatchDeleteRelations(
      const v1::BatchDeleteRelationsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchDeleteRelationsResponse>(request, options);
  }

  // Reviews: ReviewService.
  absl::StatusOr<v1::Review> GetReview(const v1::GetReviewRequest& request,
                                       const CallOptions& options = {}) const {
    return Unary<v1::Review>(request, options);
  }
  Listing<v1::Review, v1::ListReviewsResponse> ListReviews(const v1::ListReviewsRequest& request,
                                                           const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListReviewsResponse::mutable_reviews};
  }
  absl::StatusOr<v1::Review> CreateReview(const v1::CreateReviewRequest& request,
                                          const CallOptions& options = {}) const {
    return Unary<v1::Review>(request, options);
  }
  absl::StatusOr<v1::Review> UpdateReview(const v1::UpdateReviewRequest& request,
                                          const CallOptions& options = {}) const {
    return Unary<v1::Review>(request, options);
  }
  absl::StatusOr<v1::Review> DeleteReview(const v1::DeleteReviewRequest& request,
                                          const CallOptions& options = {}) const {
    return Unary<v1::Review>(request, options);
  }
  absl::StatusOr<v1::Review> UndeleteReview(const v1::UndeleteReviewRequest& request,
                                            const CallOptions& options = {}) const {
    return Unary<v1::Review>(request, options);
  }
  Listing<v1::Revision, v1::ListReviewRevisionsResponse> ListReviewRevisions(
      const v1::ListReviewRevisionsRequest& request, const CallOptions& options = {}) const {
    return {connection_, request, options, &v1::ListReviewRevisionsResponse::mutable_revisions};
  }
  absl::StatusOr<v1::BatchGetReviewsResponse> BatchGetReviews(
      const v1::BatchGetReviewsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchGetReviewsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchCreateReviewsResponse> BatchCreateReviews(
      const v1::BatchCreateReviewsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchCreateReviewsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchUpdateReviewsResponse> BatchUpdateReviews(
      const v1::BatchUpdateReviewsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchUpdateReviewsResponse>(request, options);
  }
  absl::StatusOr<v1::BatchDeleteReviewsResponse> BatchDeleteReviews(
      const v1::BatchDeleteReviewsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchDeleteReviewsResponse>(request, options);
  }

  // Provenance: ProvenanceService. What was just written is found with read.min_sequence alone.
  absl::StatusOr<v1::VerifyResponse> Verify(const v1::VerifyRequest& request,
                                            const CallOptions& options = {}) const {
    return Unary<v1::VerifyResponse>(request, options);
  }
  absl::StatusOr<v1::SearchClaimsResponse> SearchClaims(const v1::SearchClaimsRequest& request,
                                                        const CallOptions& options = {}) const {
    return Unary<v1::SearchClaimsResponse>(request, options);
  }
  absl::StatusOr<v1::TraceClaimResponse> TraceClaim(const v1::TraceClaimRequest& request,
                                                    const CallOptions& options = {}) const {
    return Unary<v1::TraceClaimResponse>(request, options);
  }
  absl::StatusOr<v1::Assessment> AssessClaim(const v1::AssessClaimRequest& request,
                                             const CallOptions& options = {}) const {
    return Unary<v1::Assessment>(request, options);
  }
  absl::StatusOr<v1::BatchAssessClaimsResponse> BatchAssessClaims(
      const v1::BatchAssessClaimsRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::BatchAssessClaimsResponse>(request, options);
  }
  absl::StatusOr<v1::ListTimelineResponse> ListTimeline(const v1::ListTimelineRequest& request,
                                                        const CallOptions& options = {}) const {
    return Unary<v1::ListTimelineResponse>(request, options);
  }
  // A page of each; Whole…, all pages as one answer, counts added up (totals.h). An answer may be
  // large: of a source with a million attributions rather take page after page, with a Pager.
  absl::StatusOr<v1::AssessImpactResponse> AssessImpact(const v1::AssessImpactRequest& request,
                                                        const CallOptions& options = {}) const {
    return Unary<v1::AssessImpactResponse>(request, options);
  }
  absl::StatusOr<v1::CompareSourcesResponse> CompareSources(
      const v1::CompareSourcesRequest& request, const CallOptions& options = {}) const {
    return Unary<v1::CompareSourcesResponse>(request, options);
  }
  absl::StatusOr<v1::ProfileSourceResponse> ProfileSource(const v1::ProfileSourceRequest& request,
                                                          const CallOptions& options = {}) const {
    return Unary<v1::ProfileSourceResponse>(request, options);
  }
  absl::StatusOr<v1::AssessImpactResponse> WholeImpact(const v1::AssessImpactRequest& request,
                                                       const CallOptions& options = {}) const {
    return Whole<v1::AssessImpactResponse>(request, options);
  }
  absl::StatusOr<v1::CompareSourcesResponse> WholeComparison(
      const v1::CompareSourcesRequest& request, const CallOptions& options = {}) const {
    return Whole<v1::CompareSourcesResponse>(request, options);
  }
  absl::StatusOr<v1::ProfileSourceResponse> WholeProfile(const v1::ProfileSourceRequest& request,
                                                         const CallOptions& options = {}) const {
    return Whole<v1::ProfileSourceResponse>(request, options);
  }

  // Exchange: ExchangeService; exchange.h says how.
  absl::Status Export(const v1::ExportRequest& request, const ExportSink& take,
                      const CallOptions& options = {}) const {
    return headwater::Export(connection_.get(), request, take, options);
  }
  // The connection must outlive it: keep a Client.
  headwater::Import Import(ImportOptions import, const CallOptions& options = {}) const {
    return headwater::Import(connection_.get(), std::move(import), options);
  }
  absl::StatusOr<v1::ImportResponse> ImportChunk(const v1::ImportChunkRequest& request,
                                                 const CallOptions& options = {}) const {
    return Unary<v1::ImportResponse>(request, options);
  }

 private:
  template <class Response>
  absl::StatusOr<Response> Unary(const google::protobuf::Message& request,
                                 const CallOptions& options) const {
    Response response;
    if (absl::Status status = connection_->Call(request, &response, options); !status.ok()) {
      return status;
    }
    return response;
  }

  template <class Response>
  absl::StatusOr<Response> Whole(const google::protobuf::Message& request,
                                 const CallOptions& options) const {
    Response whole;
    Pager pager(connection_, request, options);
    while (!pager.done()) {
      Response page;
      if (absl::Status status = pager.Next(&page); !status.ok()) return status;
      AddPage(page, &whole);
    }
    return whole;
  }

  std::shared_ptr<Connection> connection_;
};

}  // namespace headwater

#endif  // HEADWATER_CLIENT_H_
