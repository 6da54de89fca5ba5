#include "headwater/v1/source_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddSourceService(MethodTable* methods) {
  methods->Read<v1::GetSourceRequest>("GetSource");
  methods->Read<v1::ListSourcesRequest>("ListSources");
  methods->Write<v1::CreateSourceRequest>("CreateSource");
  methods->Write<v1::UpdateSourceRequest>("UpdateSource");
  methods->Write<v1::DeleteSourceRequest>("DeleteSource");
  methods->Write<v1::UndeleteSourceRequest>("UndeleteSource");
  methods->Read<v1::LookupSourceRequest>("LookupSource");
  methods->Read<v1::ListSourceRevisionsRequest>("ListSourceRevisions");
  methods->Read<v1::BatchGetSourcesRequest>("BatchGetSources");
  methods->Write<v1::BatchCreateSourcesRequest>("BatchCreateSources");
  methods->Write<v1::BatchUpdateSourcesRequest>("BatchUpdateSources");
  methods->Write<v1::BatchDeleteSourcesRequest>("BatchDeleteSources");
}

}  // namespace headwater::request
