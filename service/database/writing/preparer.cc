#include "database/writing/preparer.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/ids.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/writing/preparation.h"

namespace headwater::database {
namespace {

// What a change stores and indexes. An index entry is its term and the resource's name.
size_t BytesOf(const records::Change& change) {
  size_t bytes = change.stored.size() + change.edge.size();
  for (const records::Blob& blob : change.blobs) bytes += blob.frame.size();
  const size_t name = change.name.claim.size() + change.name.id.size();
  for (const records::TermChange& term : change.terms) bytes += term.term.size() + name;
  return bytes;
}

std::string Word(keys::Kind kind) { return absl::AsciiStrToLower(KindName(kind)); }

}  // namespace

absl::StatusOr<Prepared> Prepare(const WriteRequest& request, View view, kv::Patience patience,
                                 Random* random) {
  return Preparation(request, std::move(view), patience, random).Run();
}

Preparation::Preparation(const WriteRequest& request, View view, kv::Patience patience,
                         Random* random, std::shared_ptr<const Made> before)
    : request_(request),
      view_(std::move(view)),
      patience_(patience),
      random_(random),
      before_(std::move(before)) {
  prepared_.head = view_.head;
}

absl::StatusOr<Prepared> Preparation::Run() {
  HW_RETURN_IF_ERROR(NameOperations());
  HW_RETURN_IF_ERROR(NoteDeletedChildren());
  for (size_t i = 0; i < names_.size(); ++i) {
    const Operation& operation = request_.operations[i];
    switch (operation.shape) {
      case Shape::kCreate:
        HW_RETURN_IF_ERROR(Create(operation, names_[i]));
        break;
      case Shape::kUpdate:
        HW_RETURN_IF_ERROR(Update(operation, names_[i]));
        break;
      case Shape::kDelete:
        HW_RETURN_IF_ERROR(Delete(operation, names_[i]));
        break;
      case Shape::kUndelete:
        HW_RETURN_IF_ERROR(Undelete(operation, names_[i]));
        break;
      default:
        HW_RETURN_IF_ERROR(Withdraw(operation, names_[i]));
        break;
    }
    if (violations_.size() >= records::kMaxViolations) break;
    HW_RETURN_IF_ERROR(CheckRequestFits());
  }
  // What is wrong with the request itself comes before how it stands to what is there.
  if (!violations_.empty()) return InvalidArgument(violations_);
  if (!taken_.empty()) return AlreadyExists(taken_);
  if (!missing_.empty()) return MissingReferences(missing_);
  HW_RETURN_IF_ERROR(CheckPublishers());
  HW_RETURN_IF_ERROR(CheckQuotes());
  return std::move(prepared_);
}

// Few bytes of a request may change many, and what was changed is answered: an answer that is too
// large to send must be refused before it is too late. So must changes be that would take too much
// memory on their way.
absl::Status Preparation::CheckRequestFits() {
  for (; answers_weighed_ < prepared_.answers.size(); ++answers_weighed_) {
    const Answer& answer = prepared_.answers[answers_weighed_];
    answer_bytes_ += answer.change
                         ? prepared_.changes[*answer.change].stored.size() + answer.body.size()
                         : answer.existing->body.size();
  }
  if (change_bytes_ > kMostChangeBytes) {
    return InvalidField("requests",
                        absl::StrCat("store and index more than ", kMostChangeBytes >> 20,
                                     " MiB in all; send fewer at a time"));
  }
  if (answer_bytes_ <= kMostBatchBytes && prepared_.changes.size() <= kMostChanges) {
    return absl::OkStatus();
  }
  return TooManyChanges();
}

absl::Status Preparation::TooManyChanges() {
  return InvalidField(
      "requests", absl::StrCat("change more than ", kMostBatchBytes >> 20, " MiB or ", kMostChanges,
                               " resources in all; send fewer at a time"));
}

absl::Status Preparation::NameOperations() {
  absl::flat_hash_map<std::string, size_t> seen;
  for (size_t i = 0; i < request_.operations.size(); ++i) {
    const Operation& operation = request_.operations[i];
    keys::Name name;
    HW_RETURN_IF_ERROR(NameOperation(operation, &name));
    const std::string key = name.Key();
    auto [other, is_new] = seen.try_emplace(key, i);
    if (!is_new) {
      return InvalidField(NameField(operation),
                          absl::StrCat("names ", name.Text(), ", as requests[", other->second,
                                       "] does; a batch takes each resource once"));
    }
    if (operation.shape == Shape::kCreate) created_[key] = &operation;
    if (operation.shape == Shape::kDelete) deleted_.insert(key);
    names_.push_back(std::move(name));
  }
  return absl::OkStatus();
}

std::string Preparation::NameField(const Operation& operation) {
  if (operation.shape == Shape::kCreate)
    return absl::StrCat(operation.path, Word(operation.kind), "_id");
  if (operation.shape == Shape::kUpdate)
    return absl::StrCat(operation.path, Word(operation.kind), ".name");
  return absl::StrCat(operation.path, "name");
}

absl::Status Preparation::NameOperation(const Operation& operation, keys::Name* name) {
  if (operation.shape == Shape::kCreate) return NameCreation(operation, name);
  const std::string text = operation.shape == Shape::kUpdate
                               ? records::StringField(*operation.resource, "name")
                               : operation.name;
  std::optional<keys::Name> parsed = keys::Name::Parse(text);
  if (!parsed || parsed->kind != operation.kind) {
    return InvalidField(NameField(operation),
                        text.empty() ? "is required: whose change is it?"
                                     : absl::StrCat("is no name of a ", Word(operation.kind)));
  }
  *name = *std::move(parsed);
  return absl::OkStatus();
}

// A name may be given by parent and id, by the resource's own name, or by both where they agree.
absl::Status Preparation::NameCreation(const Operation& operation, keys::Name* name) {
  const std::string text = records::StringField(*operation.resource, "name");
  const std::string field = absl::StrCat(operation.path, Word(operation.kind), ".name");
  const bool child = IsChild(operation.kind);
  if (operation.parent == "claims/-") {
    return InvalidField(absl::StrCat(operation.path, "parent"),
                        "names no claim; write 'claims/{claim}'");
  }
  *name = keys::Name{operation.kind, child ? keys::Name::Parse(operation.parent)->id : "",
                     operation.id};
  if (text.empty()) return absl::OkStatus();
  std::optional<keys::Name> own = keys::Name::Parse(text);
  if (!own || own->kind != operation.kind) {
    return InvalidField(field, absl::StrCat("is no name of a ", Word(operation.kind)));
  }
  if (own->claim != name->claim)
    return InvalidField(field, "is not of the parent; leave one of the two out");
  if (own->id != name->id) {
    return InvalidField(
        field, absl::StrCat("does not end in the id '", name->id, "'; leave one of the two out"));
  }
  return absl::OkStatus();
}

size_t Preparation::AddChange(records::Change change) {
  change_bytes_ += BytesOf(change);
  std::string salt(records::kSaltBytes, '\0');
  random_->Fill(absl::MakeSpan(reinterpret_cast<uint8_t*>(salt.data()), salt.size()));
  change.digest = std::string(
      AsBytes(records::SaltedDigest(salt, change.name.Text(), change.operation, change.stored)));
  change.salt = std::move(salt);
  prepared_.changes.push_back(std::move(change));
  return prepared_.changes.size() - 1;
}

size_t Preparation::AddRevision(v1::Operation operation, Draft draft, const Standing* standing,
                                const keys::Name& name, std::vector<records::TermChange> terms) {
  records::Change change;
  change.name = name;
  change.operation = operation;
  change.stored = std::move(draft.bytes);
  change.create_micros = standing == nullptr ? 0 : standing->stored.entry.create_micros;
  change.terms = std::move(terms);
  change.blobs = std::move(draft.blobs);
  if (name.kind == keys::Kind::kAttribution) {
    change.edge =
        records::EdgeValue(static_cast<const v1::Attribution&>(*draft.resource),
                           /*deleted=*/false, standing == nullptr ? 0 : standing->recorded);
  }
  return AddChange(std::move(change));
}

void Preparation::AnswerWithChange(size_t change, std::string body) {
  Answer answer;
  answer.change = change;
  answer.body = std::move(body);
  prepared_.answers.push_back(std::move(answer));
}

}  // namespace headwater::database
