#include "database/exchange/import_rows.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "headwater/v1/record.pb.h"
#include "records/reader.h"
#include "records/references.h"

namespace headwater::database {
namespace {

using Verdict = RowVerdict::What;
using What = Outcome::What;

Outcome Rejected(absl::string_view reason, absl::string_view description) {
  return {What::kRejected, {{"", std::string(reason), std::string(description)}}};
}

// What to do about a name that is taken by something else.
absl::StatusOr<Outcome> MeetExisting(ReadyRow* row, v1::OnExisting on_existing, bool deleted,
                                     Preparation* to) {
  if (on_existing == v1::ON_EXISTING_SKIP) return Outcome{What::kSkipped, {}};
  if (deleted) {
    return Rejected("DELETED", "exists and is deleted; undelete it, or give the row another name");
  }
  if (on_existing != v1::ON_EXISTING_UPDATE) {
    return Rejected("ALREADY_EXISTS",
                    "exists and is different; update it, or give the row "
                    "another name");
  }
  Operation& operation = row->operation;
  operation.shape = Shape::kUpdate;
  operation.mask.clear_paths();
  operation.mask.add_paths("*");
  absl::StatusOr<RowVerdict> verdict = to->AddRow(&operation, row->name, /*may_take=*/false);
  operation.shape = Shape::kCreate;
  operation.mask.clear_paths();
  HW_RETURN_IF_ERROR(verdict.status());
  switch (verdict->what) {
    case Verdict::kUpdated:
      return Outcome{What::kUpdated, {}};
    case Verdict::kUnchanged:
      return Outcome{What::kUnchanged, {}};
    case Verdict::kMissing:
      return Outcome{What::kMissing, std::move(verdict->faults)};
    case Verdict::kAlone:
      return Outcome{What::kAlone, {}};
    default:
      return Outcome{What::kRejected, std::move(verdict->faults)};
  }
}

absl::StatusOr<Outcome> OutcomeOf(RowVerdict verdict, ReadyRow* row, v1::OnExisting on_existing,
                                  Preparation* to) {
  switch (verdict.what) {
    case Verdict::kCreated:
      return Outcome{What::kCreated, {}};
    case Verdict::kUpdated:
      return Outcome{What::kUpdated, {}};
    case Verdict::kUnchanged:
      return Outcome{What::kUnchanged, {}};
    case Verdict::kTaken: {
      HW_ASSIGN_OR_RETURN(const bool is_nobodys, to->IsServersSuggestion(row->name));
      return MeetExisting(row, is_nobodys ? v1::ON_EXISTING_UPDATE : on_existing,
                          /*deleted=*/false, to);
    }
    case Verdict::kDeleted:
      return MeetExisting(row, on_existing, /*deleted=*/true, to);
    case Verdict::kMissing:
      return Outcome{What::kMissing, std::move(verdict.faults)};
    case Verdict::kAlone:
      return Outcome{What::kAlone, {}};
    case Verdict::kRejected:
      break;
  }
  return Outcome{What::kRejected, std::move(verdict.faults)};
}

}  // namespace

const WriteRequest& NoRequest() {
  static const WriteRequest* const none = new WriteRequest;
  return *none;
}

v1::OnExisting OnExistingOf(const v1::ImportConfig& config) {
  return config.on_existing() == v1::ON_EXISTING_UNSPECIFIED ? v1::ON_EXISTING_FAIL
                                                             : config.on_existing();
}

ReadyRow MakeReady(uint64_t number, ImportRow* row) {
  ReadyRow ready;
  ready.number = number;
  if (row->fault) {
    ready.faults.push_back(*std::move(row->fault));
    return ready;
  }
  const std::string text = records::StringField(*row->resource, "name");
  const std::string word = absl::AsciiStrToLower(KindName(row->kind));
  std::optional<keys::Name> name = keys::Name::Parse(text);
  if (!name || name->kind != row->kind) {
    ready.faults.push_back({word + ".name", "INVALID",
                            text.empty() ? "is required: the rows of an import bring their names"
                                         : absl::StrCat("is no name of a ", word)});
    Bound(&ready.faults);
    return ready;
  }
  ready.name = *std::move(name);
  ready.operation.shape = Shape::kCreate;
  ready.operation.kind = row->kind;
  ready.operation.accept_identical = true;
  ready.operation.resource = std::move(row->resource);
  return ready;
}

absl::StatusOr<ReadyRow> MakeReady(uint64_t number, absl::string_view record) {
  v1::Record parsed;
  if (!parsed.ParseFromArray(record.data(), static_cast<int>(record.size())) ||
      parsed.resource_case() == v1::Record::RESOURCE_NOT_SET) {
    return records::Damaged("a row of an import cannot be read");
  }
  ImportRow row;
  row.kind = static_cast<keys::Kind>(parsed.resource_case());
  const auto* field = v1::Record::descriptor()->FindFieldByNumber(parsed.resource_case());
  row.resource.reset(parsed.GetReflection()->ReleaseMessage(&parsed, field));
  return MakeReady(number, &row);
}

std::vector<std::string> ReferencesOf(const ReadyRow& row) {
  std::vector<std::string> keys;
  for (const records::FoundReference& reference : records::ReferencesOf(*row.operation.resource)) {
    keys.push_back(reference.target.Key());
  }
  if (IsChild(row.name.kind)) keys.push_back(row.name.Parent().Key());
  return keys;
}

absl::StatusOr<Outcome> JudgeRow(ReadyRow* row, v1::OnExisting on_existing, Preparation* to,
                                 bool may_take) {
  if (!row->faults.empty()) return Outcome{What::kRejected, row->faults};
  if (to->HasRow(row->name)) return Outcome{What::kTwice, {}};
  HW_ASSIGN_OR_RETURN(RowVerdict verdict, to->AddRow(&row->operation, row->name, may_take));
  return OutcomeOf(std::move(verdict), row, on_existing, to);
}

absl::StatusOr<std::vector<Outcome>> JudgeCircle(const std::vector<ReadyRow*>& rows,
                                                 v1::OnExisting on_existing, Preparation* to) {
  std::vector<const Operation*> operations;
  std::vector<keys::Name> names;
  for (ReadyRow* row : rows) {
    operations.push_back(&row->operation);
    names.push_back(row->name);
  }
  HW_ASSIGN_OR_RETURN(std::vector<RowVerdict> verdicts, to->AddCircle(operations, names));
  std::vector<Outcome> outcomes;
  for (size_t i = 0; i < rows.size(); ++i) {
    HW_ASSIGN_OR_RETURN(Outcome outcome,
                        OutcomeOf(std::move(verdicts[i]), rows[i], on_existing, to));
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

void Count(Outcome::What what, v1::ImportCounts* counts) {
  switch (what) {
    case What::kCreated:
      return counts->set_created(counts->created() + 1);
    case What::kUpdated:
      return counts->set_updated(counts->updated() + 1);
    case What::kUnchanged:
      return counts->set_unchanged(counts->unchanged() + 1);
    case What::kSkipped:
      return counts->set_skipped(counts->skipped() + 1);
    case What::kRejected:
      return counts->set_rejected(counts->rejected() + 1);
    case What::kMissing:
      return counts->set_waiting(counts->waiting() + 1);
    case What::kAlone:
    case What::kTwice:
      return;
  }
}

void AppendErrors(const ReadyRow& row, const std::vector<RowFault>& faults,
                  v1::ImportResponse* response) {
  for (const RowFault& fault : faults) {
    v1::RowError* error = response->add_errors();
    error->set_row(static_cast<int64_t>(row.number));
    if (!row.name.id.empty()) error->set_name(row.name.Text());
    error->set_field(fault.field);
    error->set_reason(fault.reason);
    error->set_description(fault.description);
  }
}

}  // namespace headwater::database
