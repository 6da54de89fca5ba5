// Creations, updates and withdrawals.
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/field_mask.h"
#include "database/writing/preparation.h"
#include "records/consistency.h"
#include "records/terms.h"

namespace headwater::database {
namespace {

// Sets the field `withdrawal` of an attribution or a document; false where it is set already.
bool SetWithdrawal(const v1::Withdrawal& withdrawal, keys::Kind kind, records::Message* resource) {
  if (kind == keys::Kind::kDocument) {
    auto& document = static_cast<v1::Document&>(*resource);
    if (document.has_withdrawal()) return false;
    *document.mutable_withdrawal() = withdrawal;
    return true;
  }
  auto& attribution = static_cast<v1::Attribution&>(*resource);
  if (attribution.has_withdrawal()) return false;
  *attribution.mutable_withdrawal() = withdrawal;
  return true;
}

}  // namespace

std::unique_ptr<records::Message> Copy(const records::Message& message) {
  std::unique_ptr<records::Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

absl::Status Preparation::Create(const Operation& operation, const keys::Name& name,
                                 std::unique_ptr<records::Message> resource) {
  HW_ASSIGN_OR_RETURN(Draft draft, MakeDraft(std::move(resource), name, operation.path, nullptr));
  if (!violations_.empty()) return absl::OkStatus();
  prepared_.reliance.unchanged.push_back(HashOf(name));
  HW_ASSIGN_OR_RETURN(const std::optional<records::LiveRow> row, Latest(name));
  if (row) {
    if (operation.accept_identical && !row->deleted) {
      HW_ASSIGN_OR_RETURN(Standing standing, StandAt(name, *row));
      if (standing.stored.body == draft.bytes) {
        Answer answer;
        answer.existing = std::move(standing.stored);
        prepared_.answers.push_back(std::move(answer));
        ++prepared_.unchanged_count;
        return absl::OkStatus();
      }
    }
    if (taken_.size() < records::kMaxViolations) taken_.push_back({name, row->deleted});
    given_back_ = std::move(draft.resource);
    return absl::OkStatus();
  }
  if (IsChild(name.kind)) {
    HW_RETURN_IF_ERROR(
        TakeReference({keys::Reference{}, name.Parent(), absl::StrCat(operation.path, "parent")}));
  }
  HW_RETURN_IF_ERROR(TakeReferences(draft, {}));
  NoteMade(draft, nullptr, name, operation.path);
  std::vector<std::string> terms = records::TermsOf(*draft.resource, draft.references);
  AnswerWithChange(AddRevision(v1::OPERATION_CREATE, std::move(draft), nullptr, name,
                               records::CompareTerms({}, std::move(terms), /*turned=*/false)),
                   "");
  return absl::OkStatus();
}

void Preparation::NoteMade(const Draft& draft, const Standing* standing, const keys::Name& name,
                           const std::string& path) {
  if (name.kind == keys::Kind::kSource) {
    NoteSource(name, static_cast<const v1::Source&>(*draft.resource), standing);
  } else if (name.kind == keys::Kind::kDocument) {
    NoteText(name, static_cast<const v1::Document&>(*draft.resource), standing);
  } else if (name.kind == keys::Kind::kAttribution) {
    NoteQuote(static_cast<const v1::Attribution&>(*draft.resource), standing,
              absl::StrCat(path, "attribution.quote"));
  }
}

absl::Status Preparation::Update(const Operation& operation, const keys::Name& name) {
  HW_ASSIGN_OR_RETURN(Standing standing, Stand(name, operation.etag, /*deleted=*/false));
  HW_ASSIGN_OR_RETURN(
      std::unique_ptr<records::Message> resource,
      Updated(*standing.resource, *operation.resource, operation.mask, operation.path));
  const records::Message* text = SettleText(operation, standing, resource.get());
  HW_ASSIGN_OR_RETURN(Draft draft, MakeDraft(std::move(resource), name, operation.path, text));
  if (!violations_.empty()) return absl::OkStatus();
  if (draft.bytes == standing.stored.body) {
    Answer answer;
    answer.existing = std::move(standing.stored);
    prepared_.answers.push_back(std::move(answer));
    return absl::OkStatus();
  }
  HW_RETURN_IF_ERROR(TakeReferences(draft, records::ReferencesOf(*standing.resource)));
  NoteMade(draft, &standing, name, operation.path);
  HW_ASSIGN_OR_RETURN(std::vector<records::StandingTerm> before, TermsOf(standing));
  std::vector<std::string> after = records::TermsOf(*draft.resource, draft.references);
  AnswerWithChange(
      AddRevision(v1::OPERATION_UPDATE, std::move(draft), &standing, name,
                  records::CompareTerms(std::move(before), std::move(after), /*turned=*/false)),
      "");
  return absl::OkStatus();
}

absl::Status Preparation::Withdraw(const Operation& operation, const keys::Name& name) {
  HW_ASSIGN_OR_RETURN(Standing standing, Stand(name, operation.etag, /*deleted=*/false));
  std::unique_ptr<records::Message> resource = Copy(*standing.resource);
  if (!SetWithdrawal(operation.withdrawal, name.kind, resource.get()))
    return AlreadyWithdrawn(name);
  HW_ASSIGN_OR_RETURN(
      Draft draft, MakeDraft(std::move(resource), name, operation.path, standing.resource.get()));
  if (!violations_.empty()) return absl::OkStatus();
  HW_RETURN_IF_ERROR(TakeReferences(draft, records::ReferencesOf(*standing.resource)));
  HW_ASSIGN_OR_RETURN(std::vector<records::StandingTerm> before, TermsOf(standing));
  std::vector<std::string> after = records::TermsOf(*draft.resource, draft.references);
  AnswerWithChange(
      AddRevision(v1::OPERATION_WITHDRAW, std::move(draft), &standing, name,
                  records::CompareTerms(std::move(before), std::move(after), /*turned=*/false)),
      "");
  return absl::OkStatus();
}

}  // namespace headwater::database
