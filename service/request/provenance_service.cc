#include "headwater/v1/provenance_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddProvenanceService(MethodTable* methods) {
  methods->Read<v1::VerifyRequest, v1::TraceClaimRequest>("Verify");
  methods->Read<v1::SearchClaimsRequest, v1::TraceClaimRequest>("SearchClaims");
  methods->Read<v1::TraceClaimRequest>("TraceClaim");
  methods->Read<v1::AssessClaimRequest>("AssessClaim");
  methods->Read<v1::BatchAssessClaimsRequest>("BatchAssessClaims");
  methods->Read<v1::ListTimelineRequest>("ListTimeline");
  methods->Read<v1::AssessImpactRequest>("AssessImpact");
  methods->Read<v1::CompareSourcesRequest>("CompareSources");
  methods->Read<v1::ProfileSourceRequest>("ProfileSource");
}

}  // namespace headwater::request
