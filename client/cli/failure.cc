#include "cli/failure.h"

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "exchange/kinds.h"
#include "headwater/errors.h"

namespace headwater::cli {
namespace {

constexpr char kUsageMark[] = "headwater/usage";

bool IsUsageError(const absl::Status& status) { return status.GetPayload(kUsageMark).has_value(); }

// The command that acts on a resource: "headwater claim get claims/x".
std::string Command(absl::string_view verb, const std::string& name) {
  const exchange::Kind* kind = exchange::KindOfName(name);
  return absl::StrCat("`headwater ", kind == nullptr ? "KIND" : kind->word, " ", verb, " ",
                      name.empty() ? "NAME" : name, "`");
}

// What to do next; empty where the message says all there is.
std::string Advice(const absl::Status& status) {
  const std::string name = ResourceName(status);
  switch (status.code()) {
    case absl::StatusCode::kAlreadyExists:
      return absl::StrCat("see it with ", Command("get --show-deleted", name),
                          ", change it with `update`, bring it back with `undelete`");
    case absl::StatusCode::kAborted:
      return absl::StrCat("it has changed since: read it again with ", Command("get", name),
                          " and give the new --etag");
    case absl::StatusCode::kFailedPrecondition:
      for (const PreconditionViolation& violation : PreconditionViolations(status)) {
        if (absl::StrContains(violation.type, "REFER")) {
          return "change what refers to it first, or sever the references with --force";
        }
      }
      return "";
    case absl::StatusCode::kDeadlineExceeded:
      return "whether a change was made is not known; give it longer with --timeout";
    default:
      return "";
  }
}

// The details that the message does not tell already.
std::string Details(const absl::Status& status) {
  std::string text;
  for (const FieldViolation& violation : FieldViolations(status)) {
    absl::StrAppend(&text, "  ", violation.field, ": ", violation.description, "\n");
  }
  for (const PreconditionViolation& violation : PreconditionViolations(status)) {
    absl::StrAppend(&text, "  ", violation.subject, ": ", violation.description, "\n");
  }
  for (const ResourceError& resource : ResourceErrors(status)) {
    if (!absl::StrContains(status.message(), resource.name)) {
      absl::StrAppend(&text, "  ", resource.name, ": ", resource.description, "\n");
    }
  }
  return text;
}

}  // namespace

absl::Status UsageError(absl::string_view message) {
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kUsageMark, absl::Cord());
  return status;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (IsUsageError(status)) return kUsage;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kOk;
    case absl::StatusCode::kNotFound:
      return kNotFound;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition:
      return kConflict;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return kUnreachable;
    default:
      return kRefused;
  }
}

std::string Explain(const absl::Status& status) {
  std::string text = absl::StrCat("headwater: ", status.message(), "\n", Details(status));
  if (const std::string advice = Advice(status); !advice.empty()) {
    absl::StrAppend(&text, "  (", advice, ")\n");
  }
  return text;
}

}  // namespace headwater::cli
