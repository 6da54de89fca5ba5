#include "headwater/v1/relation_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddRelationService(MethodTable* methods) {
  methods->Read<v1::GetRelationRequest>("GetRelation");
  methods->Read<v1::ListRelationsRequest>("ListRelations");
  methods->Write<v1::CreateRelationRequest>("CreateRelation");
  methods->Write<v1::UpdateRelationRequest>("UpdateRelation");
  methods->Write<v1::DeleteRelationRequest>("DeleteRelation");
  methods->Write<v1::UndeleteRelationRequest>("UndeleteRelation");
  methods->Read<v1::ListRelationRevisionsRequest>("ListRelationRevisions");
  methods->Read<v1::BatchGetRelationsRequest>("BatchGetRelations");
  methods->Write<v1::BatchCreateRelationsRequest>("BatchCreateRelations");
  methods->Write<v1::BatchUpdateRelationsRequest>("BatchUpdateRelations");
  methods->Write<v1::BatchDeleteRelationsRequest>("BatchDeleteRelations");
}

}  // namespace headwater::request
