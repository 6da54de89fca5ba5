#include "records/replay.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "keys/register.h"
#include "records/change.h"
#include "records/terms.h"

namespace headwater::records {
namespace {

// Whether the operation may follow on a resource that is not there yet, live or deleted.
bool Follows(v1::Operation operation, std::optional<bool> deleted) {
  switch (operation) {
    case v1::OPERATION_CREATE:
      return !deleted.has_value();
    case v1::OPERATION_UNDELETE:
      return deleted.value_or(false);
    default:
      return !deleted.value_or(true);
  }
}

void Apply(const kv::Batch& batch, RowMap* rows) {
  for (size_t i = 0; i < batch.size(); ++i) {
    const kv::Batch::Change change = batch[i];
    const auto key = std::make_pair(change.keyspace, std::string(change.key));
    if (change.is_put) {
      (*rows)[key] = std::string(change.value);
    } else {
      rows->erase(key);
    }
  }
}

class Replayer {
 public:
  Replayer(const keys::Name& name, RowMap* rows) : name_(name), rows_(rows) {}

  absl::Status Add(const Stored& revision) {
    HW_RETURN_IF_ERROR(Check(revision));
    HW_ASSIGN_OR_RETURN(const Change change, ChangeOf(revision));
    const Entry& entry = revision.entry;
    kv::Batch batch;
    Fill(change,
         {entry.sequence, entry.first_sequence, entry.last_sequence, entry.commit_micros,
          entry.actor},
         &batch);
    Apply(batch, rows_);
    if (recorded_ == 0) recorded_ = entry.sequence;
    deleted_ = entry.deleted();
    standing_.clear();
    for (const TermChange& term : change.terms) {
      if (term.what == TermChange::What::kClose) continue;
      standing_.push_back(
          {term.term, term.what == TermChange::What::kKeep ? term.from : entry.sequence});
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Wrong(const Entry& entry, absl::string_view what) const {
    return absl::DataLossError(
        absl::StrCat("log entry ", entry.sequence, " of ", name_.Text(), " ", what));
  }

  absl::Status Check(const Stored& revision) const {
    const Entry& entry = revision.entry;
    if (entry.name != name_.Text()) return Wrong(entry, absl::StrCat("is of ", entry.name));
    if (!Follows(entry.operation, deleted_)) return Wrong(entry, "can't follow the one before it");
    const Sha256Digest digest = SaltedDigest(entry.salt, entry.name, entry.operation, entry.stored);
    if (AsBytes(digest) != entry.digest) return Wrong(entry, "does not fit its digest");
    return absl::OkStatus();
  }

  absl::StatusOr<Change> ChangeOf(const Stored& revision) const {
    const Entry& entry = revision.entry;
    const std::unique_ptr<Message> resource = ParseResource(name_.kind, revision.body);
    if (resource == nullptr) return Wrong(entry, "has a body that cannot be read");
    Change change;
    change.name = name_;
    change.operation = entry.operation;
    change.stored = std::string(entry.stored);
    change.body_sequence = entry.body_sequence;
    change.salt = std::string(entry.salt);
    change.digest = std::string(entry.digest);
    change.create_micros = entry.create_micros;
    change.deleted = entry.deleted();
    const bool turned =
        entry.operation == v1::OPERATION_DELETE || entry.operation == v1::OPERATION_UNDELETE;
    change.terms = CompareTerms(standing_, TermsOf(*resource, ReferencesOf(*resource)), turned);
    if (name_.kind == keys::Kind::kAttribution) {
      change.edge =
          EdgeValue(static_cast<const v1::Attribution&>(*resource), change.deleted, recorded_);
    }
    return change;
  }

  const keys::Name& name_;
  RowMap* const rows_;
  std::optional<bool> deleted_;         // none: not made yet
  uint64_t recorded_ = 0;               // the first revision; 0: not made yet
  std::vector<StandingTerm> standing_;  // sorted
};

}  // namespace

absl::Status Replay(const keys::Name& name, absl::Span<const Stored> revisions, RowMap* rows) {
  Replayer replayer(name, rows);
  for (const Stored& revision : revisions) HW_RETURN_IF_ERROR(replayer.Add(revision));
  return absl::OkStatus();
}

}  // namespace headwater::records
