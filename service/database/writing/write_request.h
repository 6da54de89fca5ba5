// A request for changes, in one form for all kinds and shapes: a list of operations that are made
// all or none.
#ifndef HEADWATER_DATABASE_WRITING_WRITE_REQUEST_H_
#define HEADWATER_DATABASE_WRITING_WRITE_REQUEST_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "database/api.h"
#include "database/errors.h"
#include "google/protobuf/field_mask.pb.h"
#include "records/resource.h"

namespace headwater::database {

// One change that is asked for. Which fields count depends on the shape, as in the request
// messages.
struct Operation {
  Shape shape = Shape::kCreate;  // one of the single ones
  keys::Kind kind = keys::Kind::kSource;
  std::string path;  // what its field paths begin with: "" or "requests[3]."

  std::string parent;                          // create
  std::string id;                              // create
  bool accept_identical = false;               // create
  std::unique_ptr<records::Message> resource;  // create, update
  google::protobuf::FieldMask mask;            // update
  std::string name;                            // delete, undelete, withdraw
  std::string reason;                          // delete
  std::string etag;                            // all but create
  bool force = false;                          // delete, undelete
  v1::Withdrawal withdrawal;                   // withdraw
};

struct WriteRequest {
  std::string method;  // the request message's full name: with the principal and the id, what a
                       // request id is keyed by
  bool batch = false;  // answered by a list
  std::vector<Operation> operations;
  std::string request_id;
  std::string fingerprint;  // SHA-256 of the request; only with a request_id
};

namespace internal {

// The fields of a create or update request of which each kind has its own: "claim", "claim_id".
struct KindFields {
  KindFields(keys::Kind kind, const google::protobuf::Descriptor& request);
  const google::protobuf::FieldDescriptor* resource;
  const google::protobuf::FieldDescriptor* id;  // null in an update request
};

// Takes the resource out of the request; an empty one where none is set.
std::unique_ptr<records::Message> TakeResource(keys::Kind kind, const KindFields& fields,
                                               records::Message* request);
std::string IdIn(const KindFields& fields, const records::Message& request);

template <class Single>
Operation ToOperation(Single* request, std::string path) {
  using Api = ApiOf<Single>;
  Operation operation;
  operation.shape = Api::kShape;
  operation.kind = Api::kKind;
  operation.path = std::move(path);
  if constexpr (Api::kShape == Shape::kCreate) {
    if constexpr (requires { request->parent(); }) operation.parent = request->parent();
    static const KindFields fields(Api::kKind, *Single::descriptor());
    operation.id = IdIn(fields, *request);
    operation.accept_identical = request->accept_identical();
    operation.resource = TakeResource(Api::kKind, fields, request);
  } else if constexpr (Api::kShape == Shape::kUpdate) {
    static const KindFields fields(Api::kKind, *Single::descriptor());
    operation.mask = std::move(*request->mutable_update_mask());
    operation.resource = TakeResource(Api::kKind, fields, request);
    operation.etag = records::StringField(*operation.resource, "etag");
  } else {
    operation.name = request->name();
    operation.etag = request->etag();
    if constexpr (requires { request->reason(); }) operation.reason = request->reason();
    if constexpr (requires { request->force(); }) operation.force = request->force();
    if constexpr (requires { request->withdrawal(); }) operation.withdrawal = request->withdrawal();
  }
  return operation;
}

}  // namespace internal

// The operations of a request that CheckRequest found nothing wrong with. kInvalidArgument for a
// request_id inside a batch.
template <class Request>
absl::StatusOr<WriteRequest> ToWriteRequest(Request request) {
  WriteRequest write;
  write.method = Request::descriptor()->full_name();
  write.request_id = request.request_id();
  if (!write.request_id.empty()) {
    write.fingerprint = std::string(AsBytes(Sha256(records::Serialized(request))));
  }
  if constexpr (requires { request.requests(); }) {
    write.batch = true;
    for (int i = 0; i < request.requests_size(); ++i) {
      std::string path = absl::StrCat("requests[", i, "].");
      if (!request.requests(i).request_id().empty()) {
        return InvalidField(path + "request_id",
                            "is not allowed inside a batch; give the batch one");
      }
      write.operations.push_back(
          internal::ToOperation(request.mutable_requests(i), std::move(path)));
    }
  } else {
    write.operations.push_back(internal::ToOperation(&request, ""));
  }
  return write;
}

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITING_WRITE_REQUEST_H_
