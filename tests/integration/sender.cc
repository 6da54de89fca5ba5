#include "sender.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace headwater::model {
namespace {

using database::Caller;
using database::Database;
using database::Reply;

std::string Word(Kind kind) { return absl::AsciiStrToLower(std::string(keys::KindName(kind))); }

Message* ResourceField(Kind kind, Message* request) {
  return request->GetReflection()->MutableMessage(
      request, request->GetDescriptor()->FindFieldByName(Word(kind)));
}

template <class Create>
void FillCreate(const Op& op, Kind kind, Create* request) {
  if constexpr (requires { request->parent(); }) request->set_parent(op.parent);
  SetString((Word(kind) + "_id").c_str(), op.id, request);
  ResourceField(kind, request)->CopyFrom(ResourceIn(op.record));
  request->set_accept_identical(op.accept_identical);
}

template <class Update>
void FillUpdate(const Op& op, Kind kind, Update* request) {
  ResourceField(kind, request)->CopyFrom(ResourceIn(op.record));
  if (op.mask.paths_size() > 0) *request->mutable_update_mask() = op.mask;
}

template <class Delete>
void FillDelete(const Op& op, Delete* request) {
  request->set_name(op.name);
  request->set_reason(op.reason);
  request->set_force(op.force);
  request->set_etag(op.etag);
}

void Adopt(const Message& resource, Kind kind, Answer* answer) {
  MakeRecordOf(kind, &answer->resources.emplace_back())->CopyFrom(resource);
}

// One resource.
template <class A>
Answer Single(const Reply& reply) {
  Answer answer{reply.status(), {}};
  typename A::Resource resource;
  if (!reply.ok()) return answer;
  if (!resource.ParseFromString(*reply)) answer.status = absl::DataLossError("no resource");
  Adopt(resource, A::kKind, &answer);
  return answer;
}

// A list of them: every batch response has it in its first field.
template <class A, class Response>
Answer Listed(const Reply& reply) {
  Answer answer{reply.status(), {}};
  Response response;
  if (!reply.ok()) return answer;
  if (!response.ParseFromString(*reply)) answer.status = absl::DataLossError("no response");
  const auto* field = Response::descriptor()->FindFieldByNumber(1);
  for (int i = 0; i < response.GetReflection()->FieldSize(response, field); ++i)
    Adopt(response.GetReflection()->GetRepeatedMessage(response, field, i), A::kKind, &answer);
  if constexpr (requires { response.unchanged_count(); })
    answer.unchanged_count = response.unchanged_count();
  return answer;
}

template <class Typed>
Reply Write(Typed typed, const Request& request, Database* database) {
  typed.set_request_id(request.request_id);
  Caller caller;
  caller.actor = request.actor;
  return database->WriteAndWait(std::move(typed), caller);
}

template <class A>
Answer SendBatch(const Request& request, Database* database) {
  if (request.verb == Verb::kCreate) {
    typename A::BatchCreate typed;
    for (const Op& op : request.ops) FillCreate(op, A::kKind, typed.add_requests());
    return Listed<A, typename A::BatchCreateResponse>(Write(typed, request, database));
  }
  if (request.verb == Verb::kUpdate) {
    typename A::BatchUpdate typed;
    for (const Op& op : request.ops) FillUpdate(op, A::kKind, typed.add_requests());
    return Listed<A, typename A::BatchUpdateResponse>(Write(typed, request, database));
  }
  typename A::BatchDelete typed;
  for (const Op& op : request.ops) FillDelete(op, typed.add_requests());
  return Listed<A, typename A::BatchDeleteResponse>(Write(typed, request, database));
}

template <class A, class Withdraw>
Answer SendWithdraw(const Request& request, Database* database) {
  const Op& op = request.ops.front();
  Withdraw typed;
  typed.set_name(op.name);
  typed.set_etag(op.etag);
  *typed.mutable_withdrawal() = op.withdrawal;
  return Single<A>(Write(typed, request, database));
}

template <class A>
Answer SendSingle(const Request& request, Database* database) {
  const Op& op = request.ops.front();
  switch (request.verb) {
    case Verb::kCreate: {
      typename A::Create typed;
      FillCreate(op, A::kKind, &typed);
      return Single<A>(Write(typed, request, database));
    }
    case Verb::kUpdate: {
      typename A::Update typed;
      FillUpdate(op, A::kKind, &typed);
      return Single<A>(Write(typed, request, database));
    }
    case Verb::kDelete: {
      typename A::Delete typed;
      FillDelete(op, &typed);
      return Single<A>(Write(typed, request, database));
    }
    default: {
      typename A::Undelete typed;
      typed.set_name(op.name);
      typed.set_etag(op.etag);
      typed.set_force(op.force);
      return Single<A>(Write(typed, request, database));
    }
  }
}

}  // namespace

Answer Send(const Request& request, Database* database) {
  if (request.verb == Verb::kWithdraw) {
    if (request.kind == Kind::kDocument)
      return SendWithdraw<Api<v1::Document>, v1::WithdrawDocumentRequest>(request, database);
    return SendWithdraw<Api<v1::Attribution>, v1::WithdrawAttributionRequest>(request, database);
  }
  return ForKind(request.kind, [&](auto api) {
    using A = decltype(api);
    return request.batch ? SendBatch<A>(request, database) : SendSingle<A>(request, database);
  });
}

}  // namespace headwater::model
