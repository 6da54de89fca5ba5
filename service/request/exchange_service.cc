#include "headwater/v1/exchange_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddExchangeService(MethodTable* methods) {
  methods->Export<v1::ExportRequest>("Export");
  methods->Import<v1::ImportRequest>("Import");
  methods->ImportChunk<v1::ImportChunkRequest>("ImportChunk");
}

}  // namespace headwater::request
