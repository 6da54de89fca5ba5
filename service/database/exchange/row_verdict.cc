#include "database/exchange/row_verdict.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

namespace headwater::database {
namespace {

// The first detail of that type, if there is one.
template <class Detail>
std::optional<Detail> DetailOf(const absl::Status& status) {
  const auto payload =
      status.GetPayload(absl::StrCat("type.googleapis.com/", Detail::descriptor()->full_name()));
  Detail detail;
  if (!payload || !detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

// Whether another row could not have the same error for no fault of its own.
bool IsAboutTheRow(const absl::Status& status) {
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

}  // namespace

std::vector<RowFault> FaultsIn(const absl::Status& status) {
  std::vector<RowFault> faults;
  if (!IsAboutTheRow(status)) return faults;
  if (const auto bad = DetailOf<google::rpc::BadRequest>(status)) {
    for (const auto& violation : bad->field_violations())
      faults.push_back({violation.field(), "INVALID", violation.description()});
  }
  if (const auto failure = DetailOf<google::rpc::PreconditionFailure>(status)) {
    for (const auto& violation : failure->violations()) {
      faults.push_back(
          {"", violation.type(), absl::StrCat(violation.subject(), ": ", violation.description())});
    }
  }
  if (faults.empty()) faults.push_back({"", "INVALID", std::string(status.message())});
  Bound(&faults);
  return faults;
}

void Bound(std::vector<RowFault>* faults) {
  if (faults->size() > kMostFaults) faults->resize(kMostFaults);
  for (RowFault& fault : *faults) {
    for (std::string* text : {&fault.field, &fault.description}) {
      if (text->size() <= kMostFaultBytes) continue;
      size_t end = kMostFaultBytes;
      while (end > 0 && (static_cast<unsigned char>((*text)[end]) & 0xC0) == 0x80) --end;
      text->resize(end);
    }
  }
}

}  // namespace headwater::database
