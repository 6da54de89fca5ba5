#include "database/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/rpc/error_details.pb.h"
#include "records/format.h"

namespace headwater::database {
namespace {

constexpr absl::string_view kTypePrefix = "type.googleapis.com/";

// Statuses hold one payload a type, so that several details of a type share one message, or, where
// the public message is singular (ResourceInfo), stand under numbered types that the mapper to gRPC
// cuts the number off.
template <class Detail>
void Attach(const Detail& detail, absl::Status* status, size_t number = 0) {
  std::string type = absl::StrCat(kTypePrefix, Detail::descriptor()->full_name());
  if (number != 0) absl::StrAppend(&type, "#", number);
  status->SetPayload(type, absl::Cord(detail.SerializeAsString()));
}

void AttachReason(absl::string_view reason, absl::Status* status) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain("headwater");
  Attach(info, status);
}

void AttachRetry(absl::Duration delay, absl::Status* status) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(delay) % 1000000000));
  Attach(retry, status);
}

google::rpc::ResourceInfo InfoOf(const keys::Name& name, absl::string_view description) {
  google::rpc::ResourceInfo info;
  info.set_resource_type(absl::StrCat("headwater.v1.", KindName(name.kind)));
  info.set_resource_name(name.Text());
  info.set_description(std::string(description));
  return info;
}

struct Condition {
  absl::string_view type;
  std::string subject;
  std::string description;
};

absl::Status FailedPrecondition(absl::string_view message,
                                const std::vector<Condition>& conditions) {
  absl::Status status = absl::FailedPreconditionError(message);
  google::rpc::PreconditionFailure failure;
  for (const Condition& condition : conditions) {
    google::rpc::PreconditionFailure::Violation* violation = failure.add_violations();
    violation->set_type(std::string(condition.type));
    violation->set_subject(condition.subject);
    violation->set_description(condition.description);
  }
  Attach(failure, &status);
  AttachReason(conditions.front().type, &status);
  return status;
}

// A follower is not yet where it was asked for.
absl::Status Behind(absl::string_view reason, absl::string_view what, uint64_t watermark) {
  absl::Status status =
      absl::UnavailableError(absl::StrCat(what, "; it is up to ", watermark, "; try again"));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain("headwater");
  (*info.mutable_metadata())["watermark"] = absl::StrCat(watermark);
  Attach(info, &status);
  AttachRetry(absl::Milliseconds(200), &status);
  return status;
}

}  // namespace

absl::Status InvalidArgument(const std::vector<records::Violation>& violations) {
  google::rpc::BadRequest bad;
  std::vector<std::string> lines;
  for (const records::Violation& violation : violations) {
    google::rpc::BadRequest::FieldViolation* added = bad.add_field_violations();
    added->set_field(violation.field);
    added->set_description(violation.description);
    lines.push_back(violation.field.empty()
                        ? absl::StrCat("the request ", violation.description)
                        : absl::StrCat(violation.field, " ", violation.description));
  }
  absl::Status status = absl::InvalidArgumentError(absl::StrJoin(lines, "; "));
  Attach(bad, &status);
  return status;
}

absl::Status InvalidField(absl::string_view field, absl::string_view description) {
  return InvalidArgument({{std::string(field), std::string(description)}});
}

absl::Status NotFound(const keys::Name& name) {
  absl::Status status = absl::NotFoundError(absl::StrCat("there is no ", name.Text()));
  Attach(InfoOf(name, "does not exist"), &status);
  return status;
}

absl::Status Deleted(const keys::Name& name) {
  absl::Status status = absl::NotFoundError(
      absl::StrCat(name.Text(), " is deleted; set show_deleted to see it, or undelete it"));
  Attach(InfoOf(name, "is deleted"), &status);
  return status;
}

absl::Status AlreadyExists(const std::vector<Taken>& taken) {
  std::vector<std::string> names;
  for (const Taken& one : taken) {
    names.push_back(absl::StrCat(one.name.Text(), one.deleted ? " (deleted; undelete it)" : ""));
  }
  absl::Status status =
      absl::AlreadyExistsError(absl::StrCat("there is already ", absl::StrJoin(names, ", ")));
  for (size_t i = 0; i < taken.size(); ++i) {
    Attach(InfoOf(taken[i].name, taken[i].deleted ? "exists, deleted" : "exists"), &status, i);
  }
  return status;
}

absl::Status MissingReferences(const std::vector<records::FoundReference>& missing) {
  std::vector<Condition> conditions;
  std::vector<std::string> lines;
  for (const records::FoundReference& reference : missing) {
    conditions.push_back(
        {"REFERENCE_MISSING", reference.target.Text(),
         absl::StrCat(reference.path, " names it, but it does not exist or is deleted")});
    lines.push_back(absl::StrCat(
        reference.path, " names ", reference.target.Text(),
        ", which does not exist or is deleted; create it first, or in the same request"));
  }
  return FailedPrecondition(absl::StrJoin(lines, "; "), conditions);
}

absl::Status ReferredTo(const keys::Name& name, const std::vector<keys::Name>& referrers,
                        bool more) {
  std::vector<Condition> conditions;
  std::vector<std::string> names;
  for (const keys::Name& referrer : referrers) {
    conditions.push_back({"REFERRED_TO", referrer.Text(), absl::StrCat("refers to ", name.Text())});
    names.push_back(referrer.Text());
  }
  return FailedPrecondition(
      absl::StrCat(name.Text(), " is referred to by ", absl::StrJoin(names, ", "),
                   more ? " and others" : "", "; set force to sever that"),
      conditions);
}

absl::Status NotDeleted(const keys::Name& name) {
  return FailedPrecondition(absl::StrCat(name.Text(), " is not deleted"),
                            {{"NOT_DELETED", name.Text(), "is not deleted"}});
}

absl::Status AlreadyWithdrawn(const keys::Name& name) {
  return FailedPrecondition(absl::StrCat(name.Text(), " is withdrawn already"),
                            {{"ALREADY_WITHDRAWN", name.Text(), "is withdrawn already"}});
}

absl::Status TooManyChildren(const keys::Name& claim, size_t most) {
  return FailedPrecondition(
      absl::StrCat(claim.Text(), " has more than ", most,
                   " attributions, relations and reviews; delete some of them first, in batches"),
      {{"TOO_MANY_CHILDREN", claim.Text(), absl::StrCat("has more than ", most, " children")}});
}

absl::Status TooMuchWithChildren(const keys::Name& claim, size_t most_bytes) {
  return FailedPrecondition(
      absl::StrCat(claim.Text(),
                   " and its attributions, relations and reviews would change more than ",
                   most_bytes >> 20,
                   " MiB in one request; delete or undelete some of them first, in batches"),
      {{"TOO_MUCH_WITH_CHILDREN", claim.Text(),
        absl::StrCat("would change more than ", most_bytes >> 20, " MiB with its children")}});
}

absl::Status QuotesUntrue(const keys::Name& document, const std::vector<keys::Name>& attributions,
                          bool more) {
  std::vector<Condition> conditions;
  std::vector<std::string> names;
  for (const keys::Name& attribution : attributions) {
    conditions.push_back(
        {"QUOTE_UNTRUE", attribution.Text(),
         absl::StrCat("quotes what does not stand so in the text of ", document.Text())});
    names.push_back(attribution.Text());
  }
  return FailedPrecondition(absl::StrCat("quotes would not stand as they say in the text of ",
                                         document.Text(), ": of ", absl::StrJoin(names, ", "),
                                         more ? " and others" : "", "; mend or delete these first"),
                            conditions);
}

absl::Status TooManyQuotes(const keys::Name& document, absl::string_view why) {
  return FailedPrecondition(
      absl::StrCat("the text of ", document.Text(), " can't be changed any more: ", why,
                   "; record the new text as a document of its own"),
      {{"TOO_MANY_QUOTES", document.Text(), std::string(why)}});
}

absl::Status MayNotPublish(absl::string_view field, const keys::Name& source) {
  return FailedPrecondition(
      absl::StrCat(field, " names ", source.Text(),
                   ", which is ANONYMOUS or EVIDENCE: such sources neither publish nor own"),
      {{"MAY_NOT_PUBLISH", source.Text(),
        "is ANONYMOUS or EVIDENCE: such sources neither publish nor own"}});
}

absl::Status EtagStale(const keys::Name& name, absl::string_view given, absl::string_view current) {
  absl::Status status = absl::AbortedError(
      absl::StrCat("etag ", records::Shown(given), " of ", name.Text(), " is stale, it is now ",
                   current, "; read it again and see whether your change still holds"));
  AttachReason("ETAG_STALE", &status);
  return status;
}

absl::Status SequenceNotThere(uint64_t asked, uint64_t head) {
  absl::Status status = absl::OutOfRangeError(
      absl::StrCat("read.sequence ", asked, " does not exist yet; the last one is ", head));
  AttachReason("SEQUENCE_NOT_THERE", &status);
  return status;
}

absl::Status NotThereYet(uint64_t asked, uint64_t head) {
  absl::Status status = absl::UnavailableError(absl::StrCat(
      "read.min_sequence ", asked, " is not here yet; the last one is ", head, "; try again"));
  AttachReason("NOT_THERE_YET", &status);
  AttachRetry(absl::Milliseconds(50), &status);
  return status;
}

absl::Status StandingsBehind(uint64_t asked, uint64_t watermark) {
  return Behind("STANDINGS_BEHIND",
                absl::StrCat("how claims stand at sequence ", asked, " is still being worked out"),
                watermark);
}

absl::Status SearchBehind(uint64_t asked, uint64_t watermark) {
  if (watermark == 0) return Behind("SEARCH_BEHIND", "the search index is being built", 0);
  return Behind("SEARCH_BEHIND",
                absl::StrCat("what was written up to sequence ", asked, " is still being indexed"),
                watermark);
}

absl::Status PageTokenExpired() {
  absl::Status status = absl::AbortedError(
      "page_token is of a state that is gone: it was kept for five minutes, and the search index "
      "has moved on; search anew");
  AttachReason("PAGE_TOKEN_EXPIRED", &status);
  return status;
}

absl::Status TimeInFuture(absl::Time asked, absl::Time now) {
  absl::Status status = absl::OutOfRangeError(
      absl::StrCat("read.time ", absl::FormatTime(asked, absl::UTCTimeZone()),
                   " lies in the future; it is now ", absl::FormatTime(now, absl::UTCTimeZone())));
  AttachReason("TIME_IN_FUTURE", &status);
  return status;
}

absl::Status TooMuchBehind(const keys::Name& claim, absl::string_view most) {
  absl::Status status = absl::ResourceExhaustedError(
      absl::StrCat(claim.Text(), " cannot be worked through: behind it stand more than ", most));
  AttachReason("TOO_MUCH_TO_ASSESS", &status);
  return status;
}

absl::Status TooManyWrites(size_t most) {
  absl::Status status = absl::ResourceExhaustedError(
      absl::StrCat("more than ", most, " writes are waiting; try again"));
  AttachReason("TOO_MANY_WRITES", &status);
  AttachRetry(absl::Milliseconds(100), &status);
  return status;
}

absl::Status TooManyWholeImports() {
  absl::Status status = absl::ResourceExhaustedError(
      "as many imports are all or nothing, or only validated, as may be at a time; try again");
  AttachReason("TOO_MANY_STREAMS", &status);
  AttachRetry(absl::Milliseconds(500), &status);
  return status;
}

absl::Status TooManyWaiting(uint64_t most) {
  absl::Status status = absl::ResourceExhaustedError(
      absl::StrCat("more than ", most,
                   " rows of the import refer to what is not there; send what is cited first"));
  AttachReason("TOO_MANY_WAITING", &status);
  return status;
}

absl::Status PoolBusy() {
  absl::Status status = absl::ResourceExhaustedError(
      "too much is waiting for a thread; what was acknowledged is kept, go on a little later");
  AttachReason("SERVER_BUSY", &status);
  AttachRetry(absl::Milliseconds(100), &status);
  return status;
}

absl::Status ImportBusy() {
  absl::Status status =
      absl::AbortedError("another stream is at work on this import; go on a little later");
  AttachReason("IMPORT_BUSY", &status);
  AttachRetry(absl::Milliseconds(100), &status);
  return status;
}

absl::Status StoreFull(absl::string_view what) {
  absl::Status status = absl::ResourceExhaustedError(
      absl::StrCat("the store is full: ", what, "; reads go on, writes once there is room"));
  AttachReason("STORE_FULL", &status);
  return status;
}

absl::Status OutcomeUnknown(absl::string_view what) {
  absl::Status status = absl::UnavailableError(
      absl::StrCat("the write failed and may or may not have been made (", what,
                   "); send it again with the same request_id, or read before you do"));
  AttachReason("OUTCOME_UNKNOWN", &status);
  return status;
}

absl::Status NotWritten(absl::string_view what) {
  absl::Status status = absl::UnavailableError(absl::StrCat("not written: ", what, "; try again"));
  AttachReason("NOT_WRITTEN", &status);
  AttachRetry(absl::Seconds(1), &status);
  return status;
}

absl::Status DroppedLate() {
  return absl::DeadlineExceededError(
      "the deadline passed before the write was made; nothing was changed");
}

absl::Status DroppedCancelled() {
  return absl::CancelledError(
      "the call was cancelled before the write was made; nothing was changed");
}

}  // namespace headwater::database
