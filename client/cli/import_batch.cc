#include "cli/import_batch.h"

#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/failure.h"
#include "headwater/errors.h"

namespace headwater::cli {
namespace {

using google::protobuf::Message;

// After so many rounds that rejected a few rows each, halving is quicker.
constexpr int kRounds = 8;

// Whether the status is about the rows, so that others may go in.
bool IsAboutRows(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
      return true;
    default:
      return false;
  }
}

// The reasons of the summary.
std::string Reason(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kAlreadyExists:
      return "differing";
    case absl::StatusCode::kInvalidArgument:
      return "invalid";
    default:
      return "referring to what is not there";
  }
}

// Takes "requests[12]." off the front of a field's path; -1 where it does not begin so.
int TakeIndex(absl::string_view* field) {
  absl::string_view rest = *field;
  int index;
  const size_t close = rest.find(']');
  if (!absl::ConsumePrefix(&rest, "requests[") || close == absl::string_view::npos ||
      !absl::SimpleAtoi(field->substr(9, close - 9), &index)) {
    return -1;
  }
  *field = field->substr(close + 1);
  absl::ConsumePrefix(field, ".");
  return index;
}

// Adds a complaint about a field or a reference, "requests[3].claim.text must not be empty", to the
// charges against its row; nothing where it does not begin with a row's index.
void Charge(absl::string_view complaint, std::map<int, std::string>* charges) {
  const int index = TakeIndex(&complaint);
  if (index < 0) return;
  std::string& text = (*charges)[index];
  absl::StrAppend(&text, text.empty() ? "" : "\n    ", complaint);
}

// What the status says against each row, by its place in the batch.
std::map<int, std::string> Charges(const absl::Status& status,
                                   const std::vector<ImportGroup>& groups) {
  std::map<int, std::string> charges;
  for (const std::string& complaint : FieldComplaints(status)) Charge(complaint, &charges);
  if (!charges.empty()) return charges;
  absl::flat_hash_map<std::string, std::string> named;
  for (const ResourceError& resource : ResourceErrors(status)) {
    named.emplace(resource.name, resource.description);
  }
  int index = 0;
  for (const ImportGroup& group : groups) {
    for (const ImportRow& row : group) {
      const auto found = named.find(row.name);
      if (found != named.end()) charges[index] = found->second;
      ++index;
    }
  }
  return charges;
}

size_t CountRows(const std::vector<ImportGroup>& groups) {
  size_t rows = 0;
  for (const ImportGroup& group : groups) rows += group.size();
  return rows;
}

}  // namespace

absl::Status ImportBatches::Create(const Kind& kind, const std::vector<ImportGroup>& groups) {
  const MessagePtr request = NewRequest(kind, "BatchCreate");
  for (const ImportGroup& group : groups) {
    for (const ImportRow& row : group) {
      Message* one = request->GetReflection()->AddMessage(request.get(), &ItemsField(*request));
      MutableResource(one, kind)->CopyFrom(exchange::ResourceIn(row.record, kind));
      if (kind.in_claim) SetField(one, "parent", row.name.substr(0, row.name.find('/', 7)));
      SetField(one, "accept_identical", true);
    }
  }
  const MessagePtr response = NewResponse(*request);
  absl::Status status = session_->Call(*request, response.get());
  if (!status.ok()) return status;
  const auto* field = response->GetDescriptor()->FindFieldByName("unchanged_count");
  const int unchanged = response->GetReflection()->GetInt32(*response, field);
  report_->AddUnchanged(unchanged);
  report_->AddCreated(static_cast<int>(CountRows(groups)) - unchanged);
  return absl::OkStatus();
}

absl::Status ImportBatches::Send(const Kind& kind, std::vector<ImportGroup> groups) {
  for (int round = 0; !groups.empty(); ++round) {
    absl::Status status = Create(kind, groups);
    if (status.ok() || !IsAboutRows(status)) return status;
    if (round < kRounds && RejectNamed(kind, status, &groups) > 0) continue;
    if (groups.size() > 1) return SendHalves(kind, std::move(groups));
    if (RejectNamed(kind, status, &groups) > 0) continue;
    for (const ImportRow& row : groups.front()) {
      Reject(kind, row, status, std::string(status.message()));
    }
    groups.clear();
  }
  return absl::OkStatus();
}

absl::Status ImportBatches::SendHalves(const Kind& kind, std::vector<ImportGroup> groups) {
  const auto middle = groups.begin() + static_cast<std::ptrdiff_t>(groups.size() / 2);
  std::vector<ImportGroup> second(std::make_move_iterator(middle),
                                  std::make_move_iterator(groups.end()));
  groups.erase(middle, groups.end());
  if (absl::Status status = Send(kind, std::move(groups)); !status.ok()) return status;
  return Send(kind, std::move(second));
}

int ImportBatches::RejectNamed(const Kind& kind, const absl::Status& status,
                               std::vector<ImportGroup>* groups) {
  const std::map<int, std::string> charges = Charges(status, *groups);
  int rejected = 0;
  int index = 0;
  for (ImportGroup& group : *groups) {
    ImportGroup kept;
    for (ImportRow& row : group) {
      if (const auto charge = charges.find(index++); charge != charges.end()) {
        Reject(kind, row, status, charge->second);
        ++rejected;
      } else {
        kept.push_back(std::move(row));
      }
    }
    group = std::move(kept);
  }
  std::erase_if(*groups, [](const ImportGroup& group) { return group.empty(); });
  return rejected;
}

void ImportBatches::Reject(const Kind& kind, const ImportRow& row, const absl::Status& status,
                           const std::string& text) {
  if (!absl::IsAlreadyExists(status)) {
    return report_->Reject(row.line, row.name, Reason(status), text);
  }
  if (report_->skips_existing()) return report_->AddSkipped(1);
  const MessagePtr request = NewRequest(kind, "Get");
  SetField(request.get(), "name", row.name);
  SetField(request.get(), "show_deleted", true);
  SetField(request.get(), "include_text", true);
  const MessagePtr stands = NewResponse(*request);
  if (!session_->Call(*request, stands.get()).ok()) {
    return report_->Reject(row.line, row.name, Reason(status), text);
  }
  const auto* delete_time = stands->GetDescriptor()->FindFieldByName("delete_time");
  if (stands->GetReflection()->HasField(*stands, delete_time)) {
    return report_->Reject(row.line, row.name, "deleted",
                           absl::StrCat("is deleted; bring it back with `headwater ", kind.word,
                                        " undelete ", row.name, "`"));
  }
  report_->Reject(row.line, row.name, Reason(status),
                  absl::StrCat("differs from what stands\n",
                               BothSides(*stands, exchange::ResourceIn(row.record, kind))));
}

}  // namespace headwater::cli
