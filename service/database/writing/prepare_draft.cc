// Drafts: a resource as it is to be, checked against its rules and against what it refers to.
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/writing/preparation.h"
#include "keys/register.h"
#include "records/consistency.h"
#include "records/references.h"

namespace headwater::database {
namespace {

using records::FoundReference;

bool Holds(const std::vector<FoundReference>& held, const FoundReference& reference) {
  return std::any_of(held.begin(), held.end(), [&](const FoundReference& other) {
    return other.field == reference.field && other.target == reference.target;
  });
}

}  // namespace

absl::StatusOr<Draft> Preparation::MakeDraft(std::unique_ptr<records::Message> resource,
                                             const keys::Name& name, const std::string& path,
                                             const records::Message* text) {
  Draft draft;
  draft.resource = std::move(resource);
  records::ClearServerMade(draft.resource.get());
  records::SetStringField("name", name.Text(), draft.resource.get());
  const std::string word = absl::StrCat(path, absl::AsciiStrToLower(KindName(name.kind)));
  const size_t violations = violations_.size();
  records::CheckResource(*draft.resource, word, &violations_);
  if (violations_.size() == violations)
    records::CheckConsistency(*draft.resource, word, &violations_);
  draft.references = records::ReferencesOf(*draft.resource, word);
  if (name.kind == keys::Kind::kDocument && violations_.size() == violations) {
    HW_RETURN_IF_ERROR(MoveTextToBlobs(word, static_cast<const v1::Document*>(text), &draft));
  }
  if (name.kind == keys::Kind::kClaim && violations_.size() == violations)
    CheckAssessedSequence(word, static_cast<const v1::Claim&>(*draft.resource));
  draft.bytes = records::Serialized(*draft.resource);
  if (violations_.size() == violations && draft.bytes.size() > kMostResourceBytes) {
    violations_.push_back({word, absl::StrCat("takes ", draft.bytes.size(), " bytes; at most ",
                                              kMostResourceBytes, " are allowed")});
  }
  return draft;
}

// The assessment that a judgement was given on must have been there to see.
void Preparation::CheckAssessedSequence(const std::string& path, const v1::Claim& claim) {
  // A row of an import, behind which stands no request, may have been judged elsewhere, and must
  // come back as it went out: its number is of another log.
  if (request_.operations.empty()) return;
  const auto assessed = static_cast<uint64_t>(claim.credibility().assessed_sequence());
  if (assessed <= view_.head) return;
  violations_.push_back({absl::StrCat(path, ".credibility.assessed_sequence"),
                         absl::StrCat(assessed, " does not exist yet; the last one is ", view_.head,
                                      ": on which assessment was the grade given?")});
}

absl::Status Preparation::TakeReferences(const Draft& draft,
                                         const std::vector<FoundReference>& held) {
  for (const FoundReference& reference : draft.references) {
    if (!Holds(held, reference)) HW_RETURN_IF_ERROR(TakeReference(reference));
  }
  return absl::OkStatus();
}

absl::Status Preparation::TakeReference(const FoundReference& reference) {
  HW_ASSIGN_OR_RETURN(const bool live, IsLive(reference.target));
  if (!live) {
    if (missing_.size() < records::kMaxViolations) missing_.push_back(reference);
    return absl::OkStatus();
  }
  prepared_.reliance.live.push_back(HashOf(reference.target));
  if (NeedsAPublisher(reference.field)) publishers_.push_back(reference);
  return absl::OkStatus();
}

void Preparation::RelyOnUnchanged(const keys::Name& name) {
  Reliance& reliance = prepared_.reliance;
  const bool made = before_ != nullptr && before_->names.contains(name.Key());
  (made ? reliance.unchanged_after : reliance.unchanged).push_back(HashOf(name));
}

absl::StatusOr<bool> Preparation::IsLive(const keys::Name& name) {
  const std::string key = name.Key();
  if (created_.contains(key) || undeleted_.contains(key)) return true;
  if (deleted_.contains(key)) return false;
  if (before_ != nullptr && before_->names.contains(key)) return true;
  HW_ASSIGN_OR_RETURN(const std::optional<records::LiveRow> row, Latest(name));
  return row && !row->deleted;
}

}  // namespace headwater::database
