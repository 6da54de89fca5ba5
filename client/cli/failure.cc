#include "cli/failure.h"

#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/width.h"
#include "exchange/kinds.h"
#include "headwater/errors.h"

namespace headwater::cli {
namespace {

constexpr char kUsageMark[] = "headwater/usage";

// The server's reason where a deletion would leave references hanging.
constexpr char kReferredTo[] = "REFERRED_TO";
// And where a change was made for another revision.
constexpr char kEtagStale[] = "ETAG_STALE";

// How the server speaks of a reference that leads nowhere.
constexpr char kNamesIt[] = " names it,";

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
      return ErrorReason(status) == kEtagStale ? "`get` shows the new etag" : "";
    case absl::StatusCode::kNotFound:
      return absl::StrContains(status.message(), "deleted") ? "the flag is --show-deleted" : "";
    case absl::StatusCode::kFailedPrecondition:
      return ErrorReason(status) == kReferredTo ? "--force severs these references" : "";
    case absl::StatusCode::kDeadlineExceeded:
      return "whether a change was made is not known; give it longer with --timeout";
    default:
      return "";
  }
}

// All that the server says, one line a complaint: its message runs several together.
std::vector<std::string> Complaints(const absl::Status& status) {
  std::vector<std::string> lines = FieldComplaints(status);
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

std::vector<std::string> FieldComplaints(const absl::Status& status) {
  std::vector<std::string> lines;
  for (const FieldViolation& violation : FieldViolations(status)) {
    lines.push_back(absl::StrCat(violation.field.empty() ? "the request" : violation.field, " ",
                                 violation.description));
  }
  for (const PreconditionViolation& violation : PreconditionViolations(status)) {
    if (violation.type == kReferredTo) {
      lines.push_back(violation.subject);
    } else if (absl::StrContains(violation.description, kNamesIt)) {
      // "attribution.source names it, but …": who is meant stands in the subject.
      lines.push_back(absl::StrReplaceAll(
          violation.description, {{kNamesIt, absl::StrCat(" names ", violation.subject, ",")}}));
    } else {
      lines.push_back(absl::StrCat(violation.subject, " ", violation.description));
    }
  }
  return lines;
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
  std::string text = absl::StrCat("headwater: ", status.message(), "\n");
  if (ErrorReason(status) == kReferredTo) {
    text = absl::StrCat("headwater: it is referred to by\n  ", absl::StrJoin(complaints, "\n  "),
                        absl::StrContains(status.message(), " and others") ? "\n  and others" : "",
                        "\n");
  } else if (complaints.size() > 1) {
    text = absl::StrCat("headwater: refused, for ", complaints.size(), " reasons\n  ",
                        absl::StrJoin(complaints, "\n  "), "\n");
  }
  if (const std::string advice = Advice(status); !advice.empty()) {
    absl::StrAppend(&text, "  (", advice, ")\n");
  }
  return Harmless(text);
}

}  // namespace headwater::cli
