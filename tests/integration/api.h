// The API's messages by kind of resource, and requests for changes in one form for all kinds, so
// that the property test is written once.
#ifndef HEADWATER_TESTS_INTEGRATION_API_H_
#define HEADWATER_TESTS_INTEGRATION_API_H_

#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/field_mask.pb.h"
#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/document_service.pb.h"
#include "headwater/v1/provenance_service.pb.h"
#include "headwater/v1/relation_service.pb.h"
#include "headwater/v1/review_service.pb.h"
#include "headwater/v1/revision.pb.h"
#include "headwater/v1/source_service.pb.h"
#include "keys/kind.h"

namespace headwater::model {

using google::protobuf::Message;
using keys::Kind;

template <class Resource>
struct Api;

#define HW_MODEL_API(S, P)                                    \
  template <>                                                 \
  struct Api<v1::S> {                                         \
    using Resource = v1::S;                                   \
    using Get = v1::Get##S##Request;                          \
    using List = v1::List##P##Request;                        \
    using ListResponse = v1::List##P##Response;               \
    using Revisions = v1::List##S##RevisionsRequest;          \
    using RevisionsResponse = v1::List##S##RevisionsResponse; \
    using BatchGet = v1::BatchGet##P##Request;                \
    using BatchGetResponse = v1::BatchGet##P##Response;       \
    using Create = v1::Create##S##Request;                    \
    using Update = v1::Update##S##Request;                    \
    using Delete = v1::Delete##S##Request;                    \
    using Undelete = v1::Undelete##S##Request;                \
    using BatchCreate = v1::BatchCreate##P##Request;          \
    using BatchCreateResponse = v1::BatchCreate##P##Response; \
    using BatchUpdate = v1::BatchUpdate##P##Request;          \
    using BatchUpdateResponse = v1::BatchUpdate##P##Response; \
    using BatchDelete = v1::BatchDelete##P##Request;          \
    using BatchDeleteResponse = v1::BatchDelete##P##Response; \
    static constexpr Kind kKind = Kind::k##S;                 \
  };
HW_MODEL_API(Source, Sources)
HW_MODEL_API(Document, Documents)
HW_MODEL_API(Claim, Claims)
HW_MODEL_API(Attribution, Attributions)
HW_MODEL_API(Relation, Relations)
HW_MODEL_API(Review, Reviews)
#undef HW_MODEL_API

// Calls `call` with the Api of the kind.
template <class Call>
auto ForKind(Kind kind, Call&& call) {
  switch (kind) {
    case Kind::kSource:
      return call(Api<v1::Source>());
    case Kind::kDocument:
      return call(Api<v1::Document>());
    case Kind::kClaim:
      return call(Api<v1::Claim>());
    case Kind::kAttribution:
      return call(Api<v1::Attribution>());
    case Kind::kRelation:
      return call(Api<v1::Relation>());
    default:
      return call(Api<v1::Review>());
  }
}

enum class Verb { kCreate, kUpdate, kDelete, kUndelete, kWithdraw };

// One change that is asked for.
struct Op {
  v1::Record record;                 // create, update: the resource as it is sent
  std::string parent;                // create
  std::string id;                    // create
  bool accept_identical = false;     // create
  google::protobuf::FieldMask mask;  // update
  std::string name;                  // delete, undelete, withdraw
  std::string reason;                // delete
  std::string etag;                  // delete, undelete, withdraw; an update's stands in its record
  bool force = false;                // delete, undelete
  v1::Withdrawal withdrawal;         // withdraw
};

struct Request {
  Verb verb = Verb::kCreate;
  Kind kind = Kind::kSource;
  bool batch = false;
  std::vector<Op> ops;  // exactly one unless `batch`
  std::string request_id;
  std::string actor;
};

// The method that the request calls: what a request id belongs to.
std::string MethodOf(const Request& request);
// All of the request in words: equal for equal requests, and what a failure prints.
std::string Describe(const Request& request);

// The resource in a record, whatever its kind.
Kind KindIn(const v1::Record& record);
const Message& ResourceIn(const v1::Record& record);
Message* MutableResourceIn(v1::Record* record);
// Makes it a record of that kind.
Message* MakeRecordOf(Kind kind, v1::Record* record);

// The string fields that all kinds have.
std::string NameIn(const Message& resource);
void SetString(const char* field, const std::string& value, Message* message);
std::string GetString(const char* field, const Message& message);

// "claims/x/attributions/"; `claim` counts for children only.
std::string CollectionName(Kind kind, const std::string& claim);
// The kind and the claim's id ("" for none) of a name that is one.
Kind KindOfName(const std::string& name);
std::string ClaimOfName(const std::string& name);
// Names in their order: kind by kind, id by id.
bool NameBefore(const std::string& a, const std::string& b);

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_API_H_
