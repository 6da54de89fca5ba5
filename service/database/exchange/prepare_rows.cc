// Rows of an import: each judged alone, and what is not taken taken back.
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/writing/preparation.h"

namespace headwater::database {
namespace {

using What = RowVerdict::What;

RowVerdict Verdict(What what) { return {what, {}}; }

RowVerdict Rejected(std::vector<RowFault> faults) {
  Bound(&faults);
  return {What::kRejected, std::move(faults)};
}

std::vector<RowFault> FaultsOf(const std::vector<records::Violation>& violations) {
  std::vector<RowFault> faults;
  for (const records::Violation& violation : violations)
    faults.push_back({violation.field, "INVALID", violation.description});
  return faults;
}

std::vector<RowFault> FaultsOf(const std::vector<records::FoundReference>& missing) {
  std::vector<RowFault> faults;
  for (const records::FoundReference& reference : missing) {
    faults.push_back({reference.path, "REFERENCE_MISSING",
                      absl::StrCat("names ", reference.target.Text(),
                                   ", which does not exist, is deleted, or was rejected")});
  }
  Bound(&faults);
  return faults;
}

bool IsIn(const RowVerdict& verdict) {
  return verdict.what == What::kCreated || verdict.what == What::kUpdated ||
         verdict.what == What::kUnchanged;
}

}  // namespace

Preparation::Mark Preparation::Begin() {
  violations_.clear();
  missing_.clear();
  taken_.clear();
  publishers_.clear();
  unpublishers_.clear();
  quotes_.clear();
  retold_.clear();
  given_back_.reset();
  searched_bytes_ = 0;
  const Reliance& reliance = prepared_.reliance;
  return {prepared_.changes.size(),
          prepared_.answers.size(),
          reliance.unchanged.size(),
          reliance.live.size(),
          reliance.unreferenced.size(),
          reliance.unchanged_after.size(),
          change_bytes_,
          prepared_.unchanged_count};
}

void Preparation::TakeBack(const Mark& mark, const keys::Name& name) {
  prepared_.changes.resize(mark.changes);
  prepared_.answers.resize(mark.answers);
  prepared_.reliance.unchanged.resize(mark.unchanged);
  prepared_.reliance.live.resize(mark.live);
  prepared_.reliance.unreferenced.resize(mark.unreferenced);
  prepared_.reliance.unchanged_after.resize(mark.unchanged_after);
  prepared_.unchanged_count = mark.unchanged_count;
  change_bytes_ = mark.change_bytes;
  const std::string key = name.Key();
  sources_.erase(key);
  if (documents_.erase(key) > 0) quoted_document_.reset();
}

absl::StatusOr<RowVerdict> Preparation::AddRow(Operation* operation, const keys::Name& name,
                                               bool may_take) {
  const Mark mark = Begin();
  // A document's text is taken out of it.
  const bool takes =
      may_take && operation->shape == Shape::kCreate && operation->kind != keys::Kind::kDocument;
  HW_ASSIGN_OR_RETURN(RowVerdict verdict,
                      Judge(*operation, name, takes ? std::move(operation->resource) : nullptr));
  if (takes) operation->resource = std::exchange(given_back_, nullptr);
  // What it changes for others is only looked for in what is committed: whatever was found.
  const bool reaches_others = !retold_.empty() || !unpublishers_.empty();
  if (reaches_others && (mark.changes > 0 || before_ != nullptr)) verdict = Verdict(What::kAlone);
  // Nobody answers with the resources of an import.
  prepared_.answers.clear();
  if (!IsIn(verdict)) {
    TakeBack(mark, name);
  } else if (verdict.what != What::kUnchanged) {
    const std::string key = name.Key();
    created_.emplace(key, nullptr);
    rows_.insert(key);
  }
  return verdict;
}

absl::StatusOr<RowVerdict> Preparation::Judge(const Operation& operation, const keys::Name& name,
                                              std::unique_ptr<records::Message> resource) {
  const size_t changes = prepared_.changes.size();
  const int unchanged = prepared_.unchanged_count;
  const bool creates = operation.shape == Shape::kCreate;
  if (creates && resource == nullptr) resource = Copy(*operation.resource);
  absl::Status status =
      creates ? Create(operation, name, std::move(resource)) : Update(operation, name);
  if (status.ok() && violations_.empty() && taken_.empty() && missing_.empty()) {
    status = CheckPublishers();
    if (status.ok()) status = CheckQuotes();
  }
  if (!status.ok()) {
    std::vector<RowFault> faults = FaultsIn(status);
    if (faults.empty()) return status;
    return Rejected(std::move(faults));
  }
  if (!violations_.empty()) return Rejected(FaultsOf(violations_));
  if (!taken_.empty()) return Verdict(taken_.front().deleted ? What::kDeleted : What::kTaken);
  if (!missing_.empty()) return RowVerdict{What::kMissing, FaultsOf(missing_)};
  if (prepared_.unchanged_count > unchanged || prepared_.changes.size() == changes)
    return Verdict(What::kUnchanged);
  return Verdict(creates ? What::kCreated : What::kUpdated);
}

absl::StatusOr<std::vector<RowVerdict>> Preparation::AddCircle(
    const std::vector<const Operation*>& operations, const std::vector<keys::Name>& names) {
  std::vector<RowVerdict> verdicts(names.size());
  std::vector<bool> out(names.size(), false);
  while (true) {
    const Mark mark = Begin();
    const auto each = [&](const auto& act) {
      for (size_t i = 0; i < names.size(); ++i) {
        if (!out[i]) act(i);
      }
    };
    // Each sees the others as if they were in.
    each([&](size_t i) {
      created_.emplace(names[i].Key(), nullptr);
      if (names[i].kind == keys::Kind::kSource) {
        sources_[names[i].Key()] = static_cast<const v1::Source&>(*operations[i]->resource);
      }
    });
    bool all = true;
    for (size_t i = 0; i < names.size() && all; ++i) {
      if (out[i]) continue;
      Begin();
      HW_ASSIGN_OR_RETURN(verdicts[i], Judge(*operations[i], names[i], nullptr));
      prepared_.answers.clear();
      if (IsIn(verdicts[i])) continue;
      out[i] = true;
      all = false;
    }
    if (all) {
      each([&](size_t i) {
        if (verdicts[i].what != What::kUnchanged) rows_.insert(names[i].Key());
      });
      return verdicts;
    }
    for (size_t i = 0; i < names.size(); ++i) {
      created_.erase(names[i].Key());
      TakeBack(mark, names[i]);
    }
  }
}

bool Preparation::HasRow(const keys::Name& name) const {
  const std::string key = name.Key();
  return rows_.contains(key) || (before_ != nullptr && before_->names.contains(key));
}

std::shared_ptr<const Made> Preparation::TakeMade() {
  auto made = std::make_shared<Made>();
  made->names = std::move(rows_);
  made->sources = std::move(sources_);
  made->documents = std::move(documents_);
  made->texts = std::move(texts_);
  return made;
}

void Preparation::DropChanges() {
  prepared_ = Prepared();
  prepared_.head = view_.head;
  change_bytes_ = 0;
}

}  // namespace headwater::database
