#include "request/methods.h"

#include <utility>

#include "request/method_table.h"

namespace headwater::request {

std::vector<Method> AllMethods(database::Database* database) {
  MethodTable methods(database);
  AddSourceService(&methods);
  AddDocumentService(&methods);
  AddClaimService(&methods);
  AddAttributionService(&methods);
  AddRelationService(&methods);
  AddReviewService(&methods);
  AddProvenanceService(&methods);
  AddExchangeService(&methods);
  return std::move(methods).Take();
}

}  // namespace headwater::request
