#include "headwater/v1/document_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddDocumentService(MethodTable* methods) {
  methods->Read<v1::GetDocumentRequest>("GetDocument");
  methods->Read<v1::ListDocumentsRequest>("ListDocuments");
  methods->Write<v1::CreateDocumentRequest>("CreateDocument");
  methods->Write<v1::UpdateDocumentRequest>("UpdateDocument");
  methods->Write<v1::DeleteDocumentRequest>("DeleteDocument");
  methods->Write<v1::UndeleteDocumentRequest>("UndeleteDocument");
  methods->Write<v1::WithdrawDocumentRequest>("WithdrawDocument");
  methods->Read<v1::ListDocumentRevisionsRequest>("ListDocumentRevisions");
  methods->Read<v1::BatchGetDocumentsRequest>("BatchGetDocuments");
  methods->Write<v1::BatchCreateDocumentsRequest>("BatchCreateDocuments");
  methods->Write<v1::BatchUpdateDocumentsRequest>("BatchUpdateDocuments");
  methods->Write<v1::BatchDeleteDocumentsRequest>("BatchDeleteDocuments");
}

}  // namespace headwater::request
