#include "headwater/v1/provenance_service.pb.h"
#include "request/method_table.h"

namespace headwater::request {

void AddProvenanceService(MethodTable* methods) {
  methods->Read<v1::TraceClaimRequest>("TraceClaim");
}

}  // namespace headwater::request
