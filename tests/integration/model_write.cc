// Model::Judge: what should become of a request for changes.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/text.h"
#include "mask.h"
#include "model.h"
#include "rules.h"

namespace headwater::model {
namespace {

using absl::StatusCode;

// One request, judged as a whole: first what each of its changes would make, then whether the state
// after all of them holds together.
class Judging {
 public:
  Judging(const Model& model, const Request& request) : model_(model), request_(request) {}

  Verdict Run() {
    std::set<std::string> names;
    for (const Op& op : request_.ops) {
      if (!names.insert(NameOf(op)).second) Fault(StatusCode::kInvalidArgument);
    }
    if (request_.verb == Verb::kDelete) {
      for (const Op& op : request_.ops) GoesToo(op);
    }
    for (const Op& op : request_.ops) Work(op, NameOf(op));
    CheckReferences();
    CheckPublishers();
    CheckQuotes();
    if (!verdict_.faults.empty()) return {verdict_.faults};
    for (v1::Revision& change : verdict_.changes) {
      change.set_actor(request_.actor);
      change.set_first_sequence(model_.head() + 1);
      change.set_last_sequence(model_.head() + static_cast<int64_t>(verdict_.changes.size()));
    }
    return std::move(verdict_);
  }

 private:
  void Fault(StatusCode code) { verdict_.faults.insert(code); }

  std::string NameOf(const Op& op) const {
    if (request_.verb == Verb::kUpdate) return NameIn(ResourceIn(op.record));
    if (request_.verb != Verb::kCreate) return op.name;
    const std::string claim = op.parent.empty() ? "" : op.parent.substr(op.parent.find('/') + 1);
    const std::string own = NameIn(ResourceIn(op.record));
    const std::string id = op.id.empty() ? own.substr(own.rfind('/') + 1) : op.id;
    return absl::StrCat(CollectionName(request_.kind, claim), id);
  }

  static std::string Parent(const std::string& name) {
    return absl::StrCat("claims/", ClaimOfName(name));
  }

  void Work(const Op& op, const std::string& name) {
    switch (request_.verb) {
      case Verb::kCreate:
        return Create(op, name);
      case Verb::kUpdate:
        return Update(op, name);
      case Verb::kDelete:
        return Delete(op, name);
      case Verb::kUndelete:
        return Undelete(op, name);
      case Verb::kWithdraw:
        return Withdraw(op, name);
    }
  }

  // The latest revision, if it is live (or deleted, where that will do) and the etag is its own.
  const v1::Revision* Standing(const std::string& name, const std::string& etag,
                               bool deleted_will_do = false) {
    const v1::Revision* standing = model_.Find(name, model_.head());
    if (standing == nullptr || (!deleted_will_do && !model_.IsLive(name, model_.head()))) {
      Fault(StatusCode::kNotFound);
      return nullptr;
    }
    if (!etag.empty() && etag != EtagOf(*standing)) Fault(StatusCode::kAborted);
    return standing;
  }

  void Add(v1::Operation operation, const v1::Record& record, bool answered,
           const std::string& reason = "") {
    v1::Revision change;
    change.set_sequence(model_.head() + static_cast<int64_t>(verdict_.changes.size()) + 1);
    change.set_operation(operation);
    change.set_reason(reason);
    *change.mutable_record() = record;
    if (answered) verdict_.answers.push_back(change.sequence());
    after_[NameIn(ResourceIn(record))] = change;
    verdict_.changes.push_back(std::move(change));
  }

  // The resource as it is kept: whose text is measured, and nothing of what the server makes.
  v1::Record Kept(v1::Record record, const std::string& name) {
    Message* resource = MutableResourceIn(&record);
    ClearServerMade(resource);
    SetString("name", name, resource);
    if (record.has_document() && !record.document().text().empty()) {
      v1::Document* document = record.mutable_document();
      const std::string digest = ToHex(AsBytes(Sha256(document->text())));
      if (!document->sha256().empty() && document->sha256() != digest)
        Fault(StatusCode::kInvalidArgument);
      document->set_sha256(digest);
      document->set_text_length(static_cast<int>(CodePoints(document->text())));
    }
    if (IsWrong(ResourceIn(record))) Fault(StatusCode::kInvalidArgument);
    if (record.claim().credibility().assessed_sequence() > model_.head())
      Fault(StatusCode::kInvalidArgument);
    return record;
  }

  void Create(const Op& op, const std::string& name) {
    const std::string own = NameIn(ResourceIn(op.record));
    if (!own.empty() && own != name) Fault(StatusCode::kInvalidArgument);
    const v1::Record record = Kept(op.record, name);
    if (const v1::Revision* standing = model_.Find(name, model_.head())) {
      const bool same = Same(standing->record(), record) && model_.IsLive(name, model_.head());
      if (!op.accept_identical || !same) return Fault(StatusCode::kAlreadyExists);
      verdict_.answers.push_back(standing->sequence());
      ++verdict_.unchanged_count;
      return;
    }
    Add(v1::OPERATION_CREATE, record, /*answered=*/true);
  }

  void Update(const Op& op, const std::string& name) {
    const v1::Revision* standing = Standing(name, GetString("etag", ResourceIn(op.record)));
    if (standing == nullptr) return;
    std::optional<v1::Record> updated = Updated(standing->record(), op.record, op.mask);
    if (!updated) return Fault(StatusCode::kInvalidArgument);
    const v1::Record record = Kept(*updated, name);
    if (Same(standing->record(), record)) return verdict_.answers.push_back(standing->sequence());
    Add(v1::OPERATION_UPDATE, record, /*answered=*/true);
  }

  void Withdraw(const Op& op, const std::string& name) {
    if (IsWrong(op.withdrawal)) Fault(StatusCode::kInvalidArgument);
    const v1::Revision* standing = Standing(name, op.etag);
    if (standing == nullptr) return;
    v1::Record record = standing->record();
    v1::Withdrawal* withdrawal = record.has_document()
                                     ? record.mutable_document()->mutable_withdrawal()
                                     : record.mutable_attribution()->mutable_withdrawal();
    if (withdrawal->kind() != v1::WITHDRAWAL_KIND_UNSPECIFIED)
      return Fault(StatusCode::kFailedPrecondition);
    *withdrawal = op.withdrawal;
    Add(v1::OPERATION_WITHDRAW, Kept(record, name), /*answered=*/true);
  }

  // The live, or the deleted, children of a claim in order.
  std::vector<std::string> Children(const std::string& claim, bool live) const {
    std::vector<std::string> children;
    for (Kind kind : {Kind::kAttribution, Kind::kRelation, Kind::kReview}) {
      for (const std::string& name : model_.Names(kind, model_.head(), claim.substr(7))) {
        if (model_.IsLive(name, model_.head()) == live) children.push_back(name);
      }
    }
    return children;
  }

  void GoesToo(const Op& op) {
    going_.insert(op.name);
    if (request_.kind != Kind::kClaim || !op.force) return;
    for (const std::string& child : Children(op.name, /*live=*/true)) going_.insert(child);
  }

  void Delete(const Op& op, const std::string& name) {
    if (op.reason.empty()) Fault(StatusCode::kInvalidArgument);
    const v1::Revision* standing = Standing(name, op.etag);
    if (standing == nullptr) return;
    if (!op.force && IsHeld(name)) Fault(StatusCode::kFailedPrecondition);
    Add(v1::OPERATION_DELETE, standing->record(), /*answered=*/true, op.reason);
    if (request_.kind != Kind::kClaim) return;
    for (const std::string& child : Children(name, /*live=*/true)) {
      Add(v1::OPERATION_DELETE, model_.Find(child, model_.head())->record(), /*answered=*/false,
          op.reason);
    }
  }

  // Whether someone who stays refers to it, or is its child.
  bool IsHeld(const std::string& name) const {
    for (Kind kind : keys::kAllKinds) {
      for (const std::string& other : model_.Names(kind, model_.head())) {
        if (!model_.IsLive(other, model_.head()) || going_.contains(other)) continue;
        if (keys::IsChild(kind) && Parent(other) == name) return true;
        const v1::Revision* revision = model_.Find(other, model_.head());
        for (const Reference& reference : ReferencesOf(ResourceIn(revision->record()))) {
          if (reference.second == name) return true;
        }
      }
    }
    return false;
  }

  void Undelete(const Op& op, const std::string& name) {
    const v1::Revision* standing = Standing(name, op.etag, /*deleted_will_do=*/true);
    if (standing == nullptr) return;
    if (model_.IsLive(name, model_.head())) return Fault(StatusCode::kFailedPrecondition);
    if (keys::IsChild(request_.kind) && !model_.IsLive(Parent(name), model_.head()))
      Fault(StatusCode::kFailedPrecondition);
    Add(v1::OPERATION_UNDELETE, standing->record(), /*answered=*/true);
    if (request_.kind != Kind::kClaim) return;
    for (const std::string& child : Children(name, /*live=*/false)) {
      const v1::Revision* deletion = model_.Find(child, model_.head());
      if (deletion->first_sequence() == standing->first_sequence())
        Add(v1::OPERATION_UNDELETE, deletion->record(), /*answered=*/false);
    }
  }

  bool LiveAfter(const std::string& name) const {
    if (auto changed = after_.find(name); changed != after_.end())
      return changed->second.operation() != v1::OPERATION_DELETE;
    return model_.IsLive(name, model_.head());
  }

  const v1::Record* After(const std::string& name) const {
    if (auto changed = after_.find(name); changed != after_.end()) return &changed->second.record();
    const v1::Revision* standing = model_.Find(name, model_.head());
    return standing == nullptr ? nullptr : &standing->record();
  }

  // What is newly referred to must be there. An undeletion refers anew to all that it referred to,
  // unless it is forced.
  void CheckReferences() {
    for (const v1::Revision& change : verdict_.changes) {
      const Message& resource = ResourceIn(change.record());
      if (change.operation() == v1::OPERATION_DELETE) continue;
      if (change.operation() == v1::OPERATION_UNDELETE && request_.ops.front().force) continue;
      if (change.operation() == v1::OPERATION_CREATE && keys::IsChild(request_.kind) &&
          !LiveAfter(Parent(NameIn(resource))))
        Fault(StatusCode::kFailedPrecondition);
      std::vector<Reference> held;
      const v1::Revision* standing = model_.Find(NameIn(resource), model_.head());
      if (standing != nullptr && change.operation() != v1::OPERATION_UNDELETE)
        held = ReferencesOf(ResourceIn(standing->record()));
      for (const Reference& reference : ReferencesOf(resource)) {
        const bool is_new = std::find(held.begin(), held.end(), reference) == held.end();
        if (is_new && !LiveAfter(reference.second)) Fault(StatusCode::kFailedPrecondition);
      }
    }
  }

  // Nobody live may have a publisher or an owner who is nobody known.
  void CheckPublishers() {
    std::set<std::string> names;
    for (Kind kind : {Kind::kSource, Kind::kDocument}) {
      for (const std::string& name : model_.Names(kind, model_.head())) names.insert(name);
    }
    for (const auto& [name, change] : after_) names.insert(name);
    for (const std::string& name : names) {
      if (!LiveAfter(name)) continue;
      for (const Reference& reference : ReferencesOf(ResourceIn(*After(name)))) {
        const v1::Record* target = After(reference.second);
        if (NeedsPublisher(reference) && target != nullptr && !MayPublish(target->source().kind()))
          Fault(StatusCode::kFailedPrecondition);
      }
    }
  }

  // No live attribution may quote what its document's text, where it has one, does not say.
  void CheckQuotes() {
    std::set<std::string> names;
    for (const std::string& name : model_.Names(Kind::kAttribution, model_.head()))
      names.insert(name);
    for (const auto& [name, change] : after_) {
      if (change.record().has_attribution()) names.insert(name);
    }
    for (const std::string& name : names) {
      const v1::Attribution& attribution = After(name)->attribution();
      const v1::Record* document = After(attribution.document());
      if (!LiveAfter(name) || !attribution.has_quote() || document == nullptr) continue;
      const std::string& text = document->document().text();
      if (text.empty() || !IsUntrue(attribution.quote(), text)) continue;
      const bool given = request_.verb == Verb::kCreate || request_.verb == Verb::kUpdate;
      Fault(given && after_.contains(name) ? StatusCode::kInvalidArgument
                                           : StatusCode::kFailedPrecondition);
    }
  }

  const Model& model_;
  const Request& request_;
  Verdict verdict_;
  std::set<std::string> going_;
  std::map<std::string, v1::Revision> after_;  // what the request makes of whom
};

}  // namespace

Verdict Model::Judge(const Request& request) const {
  if (!request.request_id.empty()) {
    const std::string key =
        absl::StrCat(request.actor, " ", MethodOf(request), " ", request.request_id);
    if (auto found = answered_.find(key); found != answered_.end()) {
      if (found->second.request != Describe(request)) return {{StatusCode::kInvalidArgument}};
      return {{}, {}, found->second.answers, found->second.unchanged_count, /*again=*/true};
    }
  }
  return Judging(*this, request).Run();
}

}  // namespace headwater::model
