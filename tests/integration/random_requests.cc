#include "random_requests.h"

#include "absl/strings/str_cat.h"
#include "mask.h"

namespace headwater::model {
namespace {

using google::protobuf::FieldDescriptor;

// Takes one field's value over.
void TakeField(const FieldDescriptor* field, Message* from, Message* to) {
  to->GetReflection()->ClearField(to, field);
  to->GetReflection()->SwapFields(from, to, {field});
}

const FieldDescriptor* AnyField(const Message& message, Chance* chance) {
  return message.GetDescriptor()->field(
      static_cast<int>(chance->Number(0, message.GetDescriptor()->field_count() - 1)));
}

}  // namespace

Request RandomRequests::Next() {
  if (!sent_.empty() && chance_.Of(6)) {
    Request again = chance_.One(sent_);
    // The same id for something else is a mistake, for somebody else another id.
    if (chance_.Of(25)) again.ops.front() = MakeOp(again.verb, again.kind);
    if (chance_.Of(15)) again.actor += "x";
    return again;
  }
  Request request = Fresh();
  const Op& first = request.ops.front();
  const bool named = request.verb != Verb::kCreate || !first.id.empty() ||
                     !NameIn(ResourceIn(first.record)).empty();
  if (named && chance_.Of(15)) {
    request.request_id = absl::StrCat(prefix_, next_id_++);
    sent_.push_back(request);
  }
  return request;
}

Request RandomRequests::Fresh() {
  static const std::vector<Verb> kVerbs = {Verb::kCreate, Verb::kCreate,   Verb::kCreate,
                                           Verb::kUpdate, Verb::kUpdate,   Verb::kUpdate,
                                           Verb::kDelete, Verb::kUndelete, Verb::kWithdraw};
  Request request;
  request.verb = chance_.One(kVerbs);
  request.kind = chance_.One(keys::kAllKinds);
  if (chance_.Of(30)) request.kind = Kind::kAttribution;
  if (request.verb == Verb::kWithdraw)
    request.kind = chance_.Of(60) ? Kind::kAttribution : Kind::kDocument;
  request.actor = chance_.Word({"", "ann", "bo"});
  const bool may_batch = request.verb != Verb::kUndelete && request.verb != Verb::kWithdraw;
  request.batch = may_batch && chance_.Of(30);
  const int64_t size = request.batch ? chance_.Number(1, 4) : 1;
  for (int64_t i = 0; i < size; ++i) request.ops.push_back(MakeOp(request.verb, request.kind));
  // A creation without an id gets one of the server's.
  if (request.verb == Verb::kCreate && !request.batch && chance_.Of(2)) {
    request.ops[0].id.clear();
    SetString("name", "", MutableResourceIn(&request.ops[0].record));
  }
  return request;
}

Op RandomRequests::MakeOp(Verb verb, Kind kind) {
  if (verb == Verb::kCreate) return Create(kind);
  if (verb == Verb::kUpdate) return Update(kind);
  return Other(verb, kind);
}

Op RandomRequests::Create(Kind kind) {
  Op op;
  std::string name = records_.AnyName(kind);
  if (keys::IsChild(kind)) {
    op.parent = chance_.Of(90) ? records_.LiveName(Kind::kClaim) : records_.AnyName(Kind::kClaim);
    name = CollectionName(kind, op.parent.substr(7)) + name.substr(name.rfind('/') + 1);
  }
  op.accept_identical = chance_.Of(35);
  const v1::Revision* standing = model_.Find(name, model_.head());
  op.record = op.accept_identical && standing != nullptr && chance_.Of(60)
                  ? model_.Rendered(*standing, /*with_text=*/true)
                  : records_.Record(kind, name);
  const bool by_id = chance_.Of(60);
  Message* resource = MutableResourceIn(&op.record);
  if (by_id) op.id = name.substr(name.rfind('/') + 1);
  SetString("name", !by_id || chance_.Of(20) ? name : "", resource);
  if (chance_.Of(2)) SetString("name", records_.AnyName(kind), resource);
  return op;
}

Op RandomRequests::Update(Kind kind) {
  Op op;
  const std::string name = records_.Name(kind);
  const v1::Revision* standing = model_.Find(name, model_.head());
  op.record = records_.Record(kind, name);
  if (standing != nullptr && chance_.Of(60)) {
    v1::Record changed = model_.Rendered(*standing);
    const FieldDescriptor* field = AnyField(ResourceIn(changed), &chance_);
    TakeField(field, MutableResourceIn(&op.record), MutableResourceIn(&changed));
    op.record = changed;
  }
  op.mask = Mask(kind, ResourceIn(op.record));
  SetString("name", name, MutableResourceIn(&op.record));
  SetString("etag", Etag(name), MutableResourceIn(&op.record));
  return op;
}

google::protobuf::FieldMask RandomRequests::Mask(Kind kind, const Message& update) {
  static const std::vector<std::string> kInside = {
      "reliability.note",  "collective.size", "evidence.author",   "embargo.note",
      "quote.cue",         "quote.exact",     "quote.position",    "quote.position.end",
      "rating.value",      "rating.best",     "derived_from.kind", "denial.part",
      "cites.attribution", "nothing",         "quote.nothing"};
  google::protobuf::FieldMask mask;
  if (chance_.Of(25)) return mask;
  if (chance_.Of(25)) {
    mask.add_paths("*");
    return mask;
  }
  for (int64_t i = chance_.Number(1, 4); i > 0; --i) {
    std::string path = AnyField(update, &chance_)->name();
    // Server-made and immutable ones are refused: only now and then.
    const bool server_made = path == "name" || path == "etag" || path == "sequence" ||
                             path.ends_with("_time") || path == "text_length";
    if (server_made && chance_.Of(85)) path = "note";
    if (chance_.Of(25)) {
      const std::string inside = chance_.Word(kInside);
      const std::string first = inside.substr(0, inside.find('.'));
      const bool known = update.GetDescriptor()->FindFieldByName(first) != nullptr;
      if (known || chance_.Of(5)) path = inside;
      if (known && chance_.Of(20)) mask.add_paths(first);
    }
    mask.add_paths(path);
    if (chance_.Of(5)) mask.add_paths(path);
  }
  return mask;
}

Op RandomRequests::Other(Verb verb, Kind kind) {
  Op op;
  op.name = verb == Verb::kUndelete && chance_.Of(85) ? DeletedName(kind) : records_.Name(kind);
  op.etag = Etag(op.name);
  if (verb == Verb::kDelete) op.reason = chance_.Of(97) ? records_.Line() : "";
  if (verb != Verb::kWithdraw) op.force = chance_.Of(35);
  if (verb == Verb::kWithdraw) op.withdrawal = records_.Withdrawal();
  return op;
}

std::string RandomRequests::Etag(const std::string& name) {
  const std::vector<const v1::Revision*> revisions = model_.RevisionsOf(name);
  if (revisions.empty() || chance_.Of(70)) return "";
  return EtagOf(chance_.Of(75) ? *revisions.front() : *chance_.One(revisions));
}

std::string RandomRequests::DeletedName(Kind kind) {
  std::vector<std::string> deleted;
  for (const std::string& name : model_.Names(kind, model_.head())) {
    if (!model_.IsLive(name, model_.head())) deleted.push_back(name);
  }
  return deleted.empty() ? records_.Name(kind) : chance_.Word(deleted);
}

}  // namespace headwater::model
