#include "headwater/v1/attribution_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddAttributionService(MethodTable* methods) {
  methods->Read<v1::GetAttributionRequest>("GetAttribution");
  methods->Read<v1::ListAttributionsRequest>("ListAttributions");
  methods->Write<v1::CreateAttributionRequest>("CreateAttribution");
  methods->Write<v1::UpdateAttributionRequest>("UpdateAttribution");
  methods->Write<v1::DeleteAttributionRequest>("DeleteAttribution");
  methods->Write<v1::UndeleteAttributionRequest>("UndeleteAttribution");
  methods->Write<v1::WithdrawAttributionRequest>("WithdrawAttribution");
  methods->Read<v1::ListAttributionRevisionsRequest>("ListAttributionRevisions");
  methods->Read<v1::BatchGetAttributionsRequest>("BatchGetAttributions");
  methods->Write<v1::BatchCreateAttributionsRequest>("BatchCreateAttributions");
  methods->Write<v1::BatchUpdateAttributionsRequest>("BatchUpdateAttributions");
  methods->Write<v1::BatchDeleteAttributionsRequest>("BatchDeleteAttributions");
}

}  // namespace headwater::request
