// Every error of the database, by name. Each carries google.rpc details (AIP-193) as payloads.
#ifndef HEADWATER_DATABASE_ERRORS_H_
#define HEADWATER_DATABASE_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "keys/name.h"
#include "records/references.h"
#include "records/rules.h"

namespace headwater::database {

// INVALID_ARGUMENT with a BadRequest. Requires at least one violation. A field is a path from the
// request, "claim.translations[2].text", or empty for the request as a whole; its description is a
// predicate: "is not UTF-8".
absl::Status InvalidArgument(const std::vector<records::Violation>& violations);
absl::Status InvalidField(absl::string_view field, absl::string_view description);

// NOT_FOUND with a ResourceInfo.
absl::Status NotFound(const keys::Name& name);
absl::Status Deleted(const keys::Name& name);

// ALREADY_EXISTS with a ResourceInfo each; `deleted` where the name is taken by a deleted resource.
struct Taken {
  keys::Name name;
  bool deleted = false;
};
absl::Status AlreadyExists(const std::vector<Taken>& taken);

// FAILED_PRECONDITION with a PreconditionFailure.
absl::Status MissingReferences(const std::vector<records::FoundReference>& missing);
absl::Status ReferredTo(const keys::Name& name, const std::vector<keys::Name>& referrers,
                        bool more);
absl::Status NotDeleted(const keys::Name& name);
absl::Status AlreadyWithdrawn(const keys::Name& name);
absl::Status TooManyChildren(const keys::Name& claim, size_t most);
absl::Status TooMuchWithChildren(const keys::Name& claim, size_t most_bytes);
// `attributions` quote what does not stand in the text that the document has, or is to be given.
absl::Status QuotesUntrue(const keys::Name& document, const std::vector<keys::Name>& attributions,
                          bool more);
absl::Status TooManyQuotes(const keys::Name& document, absl::string_view why);
absl::Status MayNotPublish(absl::string_view field, const keys::Name& source);

// ABORTED with an ErrorInfo.
absl::Status EtagStale(const keys::Name& name, absl::string_view given, absl::string_view current);

// ABORTED with an ErrorInfo: the state that the pages before showed is gone.
absl::Status PageTokenExpired();

// OUT_OF_RANGE and UNAVAILABLE for read points.
absl::Status SequenceNotThere(uint64_t asked, uint64_t head);
absl::Status NotThereYet(uint64_t asked, uint64_t head);
absl::Status TimeInFuture(absl::Time asked, absl::Time now);
// UNAVAILABLE with an ErrorInfo, whose metadata has the watermark, and a RetryInfo.
absl::Status StandingsBehind(uint64_t asked, uint64_t watermark);
absl::Status SearchBehind(uint64_t asked, uint64_t watermark);

// RESOURCE_EXHAUSTED with an ErrorInfo: behind `claim` stands more than `most` ("1000 sources of
// one voice"), too much to assess, trace or list.
absl::Status TooMuchBehind(const keys::Name& claim, absl::string_view most);

// RESOURCE_EXHAUSTED with an ErrorInfo and, but for the last two, a RetryInfo.
absl::Status TooManyWrites(size_t most);
absl::Status TooManyWholeImports();
absl::Status PoolBusy();
absl::Status TooManyWaiting(uint64_t most);
absl::Status StoreFull(absl::string_view what);
// ABORTED with an ErrorInfo and a RetryInfo: another stream is at work on the import.
absl::Status ImportBusy();
// UNAVAILABLE: the outcome of a write is unknown.
absl::Status OutcomeUnknown(absl::string_view what);
// UNAVAILABLE: the write was not made, and may be tried again.
absl::Status NotWritten(absl::string_view what);

// DEADLINE_EXCEEDED, CANCELLED: the write was dropped and has changed nothing.
absl::Status DroppedLate();
absl::Status DroppedCancelled();

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_ERRORS_H_
