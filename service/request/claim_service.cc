#include "headwater/v1/claim_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddClaimService(MethodTable* methods) {
  methods->Read<v1::GetClaimRequest>("GetClaim");
  methods->Read<v1::ListClaimsRequest>("ListClaims");
  methods->Write<v1::CreateClaimRequest>("CreateClaim");
  methods->Write<v1::UpdateClaimRequest>("UpdateClaim");
  methods->Write<v1::DeleteClaimRequest>("DeleteClaim");
  methods->Write<v1::UndeleteClaimRequest>("UndeleteClaim");
  methods->Read<v1::ListClaimRevisionsRequest>("ListClaimRevisions");
  methods->Read<v1::BatchGetClaimsRequest>("BatchGetClaims");
  methods->Write<v1::BatchCreateClaimsRequest>("BatchCreateClaims");
  methods->Write<v1::BatchUpdateClaimsRequest>("BatchUpdateClaims");
  methods->Write<v1::BatchDeleteClaimsRequest>("BatchDeleteClaims");
}

}  // namespace headwater::request
