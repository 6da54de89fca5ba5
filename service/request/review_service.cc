#include "headwater/v1/review_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddReviewService(MethodTable* methods) {
  methods->Read<v1::GetReviewRequest>("GetReview");
  methods->Read<v1::ListReviewsRequest>("ListReviews");
  methods->Write<v1::CreateReviewRequest>("CreateReview");
  methods->Write<v1::UpdateReviewRequest>("UpdateReview");
  methods->Write<v1::DeleteReviewRequest>("DeleteReview");
  methods->Write<v1::UndeleteReviewRequest>("UndeleteReview");
  methods->Read<v1::ListReviewRevisionsRequest>("ListReviewRevisions");
  methods->Read<v1::BatchGetReviewsRequest>("BatchGetReviews");
  methods->Write<v1::BatchCreateReviewsRequest>("BatchCreateReviews");
  methods->Write<v1::BatchUpdateReviewsRequest>("BatchUpdateReviews");
  methods->Write<v1::BatchDeleteReviewsRequest>("BatchDeleteReviews");
}

}  // namespace headwater::request
