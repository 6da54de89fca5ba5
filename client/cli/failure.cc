#include "cli/failure.h"

#include <vector>

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

// What to do next in this command line's terms; empty where the message says all there is.
std::string Advice(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kAlreadyExists:
      return absl::StrCat("see it with ", Command("get", ResourceName(status)),
                          " and --show-deleted, change it with `update`");
    case absl::StatusCode::kAborted:
      return "`get` shows the new etag";
    case absl::StatusCode::kNotFound:
      return absl::StrContains(status.message(), "deleted") ? "the flag is --show-deleted" : "";
    case absl::StatusCode::kFailedPrecondition:
      return ErrorReason(status) == "REFERRED_TO" ? "the flag is --force" : "";
    case absl::StatusCode::kDeadlineExceeded:
      return "whether a change was made is not known; give it longer with --timeout";
    default:
      return "";
  }
}

// What the server says, one line a complaint: its message runs several together.
std::vector<std::string> Complaints(const absl::Status& status) {
  std::vector<std::string> lines;
  for (const FieldViolation& violation : FieldViolations(status)) {
    lines.push_back(absl::StrCat(violation.field.empty() ? "the request" : violation.field, " ",
                                 violation.description));
  }
  for (const PreconditionViolation& violation : PreconditionViolations(status)) {
    lines.push_back(absl::StrCat(violation.subject, ": ", violation.description));
  }
  for (const ResourceError& resource : ResourceErrors(status)) {
    lines.push_back(absl::StrCat(resource.name, " ", resource.description));
  }
  return lines;
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
  const std::vector<std::string> complaints = Complaints(status);
  std::string text;
  if (complaints.size() < 2) {
    text = absl::StrCat("headwater: ", status.message(), "\n");
  } else {
    text = absl::StrCat("headwater: refused, for ", complaints.size(), " reasons\n");
    for (const std::string& line : complaints) absl::StrAppend(&text, "  ", line, "\n");
  }
  if (const std::string advice = Advice(status); !advice.empty()) {
    absl::StrAppend(&text, "  (", advice, ")\n");
  }
  return text;
}

}  // namespace headwater::cli
