// The request messages, sorted by what they ask for: which of them are of which kind and shape. All
// further code is written once, over kinds.
#ifndef HEADWATER_DATABASE_API_H_
#define HEADWATER_DATABASE_API_H_

#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/document_service.pb.h"
#include "headwater/v1/provenance_service.pb.h"
#include "headwater/v1/relation_service.pb.h"
#include "headwater/v1/review_service.pb.h"
#include "headwater/v1/source_service.pb.h"
#include "keys/kind.h"

// Calls X(Resource, Resources) for every kind.
#define HW_FOR_EACH_KIND(X) \
  X(Source, Sources)        \
  X(Document, Documents)    \
  X(Claim, Claims)          \
  X(Attribution, Attributions) X(Relation, Relations) X(Review, Reviews)

namespace headwater::database {

enum class Shape {
  kGet,
  kList,
  kRevisions,
  kBatchGet,
  kCreate,
  kUpdate,
  kDelete,
  kUndelete,
  kWithdraw,
  kBatchCreate,
  kBatchUpdate,
  kBatchDelete,
};

// What a request message asks for.
template <class Request>
struct ApiOf;

#define HW_API(request, asked_kind, asked_shape)                   \
  template <>                                                      \
  struct ApiOf<v1::request> {                                      \
    static constexpr keys::Kind kKind = keys::Kind::k##asked_kind; \
    static constexpr Shape kShape = Shape::k##asked_shape;         \
  };
#define HW_API_OF_KIND(S, P)                      \
  HW_API(Get##S##Request, S, Get)                 \
  HW_API(List##P##Request, S, List)               \
  HW_API(List##S##RevisionsRequest, S, Revisions) \
  HW_API(BatchGet##P##Request, S, BatchGet)       \
  HW_API(Create##S##Request, S, Create)           \
  HW_API(Update##S##Request, S, Update)           \
  HW_API(Delete##S##Request, S, Delete)           \
  HW_API(Undelete##S##Request, S, Undelete)       \
  HW_API(BatchCreate##P##Request, S, BatchCreate) \
  HW_API(BatchUpdate##P##Request, S, BatchUpdate) \
  HW_API(BatchDelete##P##Request, S, BatchDelete)
HW_FOR_EACH_KIND(HW_API_OF_KIND)
HW_API(WithdrawDocumentRequest, Document, Withdraw)
HW_API(WithdrawAttributionRequest, Attribution, Withdraw)
#undef HW_API_OF_KIND
#undef HW_API

// Where a response's fields stand: the same in the responses of every kind (api_test.cc holds it).
inline constexpr int kListedField = v1::ListClaimsResponse::kClaimsFieldNumber;
inline constexpr int kNextPageTokenField = v1::ListClaimsResponse::kNextPageTokenFieldNumber;
inline constexpr int kListReadSequenceField = v1::ListClaimsResponse::kReadSequenceFieldNumber;
inline constexpr int kListStandingsField = v1::ListClaimsResponse::kStandingsFieldNumber;
inline constexpr int kBatchReadSequenceField = v1::BatchGetClaimsResponse::kReadSequenceFieldNumber;
inline constexpr int kUnchangedCountField =
    v1::BatchCreateClaimsResponse::kUnchangedCountFieldNumber;

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_API_H_
