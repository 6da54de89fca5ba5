#include "headwater/v1/provenance_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddProvenanceService(MethodTable* methods) {
  methods->Read<v1::TraceClaimRequest>("TraceClaim");
  methods->Read<v1::AssessClaimRequest>("AssessClaim");
  methods->Read<v1::BatchAssessClaimsRequest>("BatchAssessClaims");
}

}  // namespace headwater::request
