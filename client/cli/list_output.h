// Lists in the three formats, printed as their pages come.
#ifndef HEADWATER_CLI_LIST_OUTPUT_H_
#define HEADWATER_CLI_LIST_OUTPUT_H_

#include "absl/status/status.h"
#include "cli/session.h"
#include "exchange/kinds.h"
#include "google/protobuf/message.h"

namespace headwater::cli {

// Asks for all pages of a list of resources of the kind and prints them: a table, one merged
// response as JSON, or a resource a line. One page is in memory at a time. An empty table says so
// on stderr.
absl::Status PrintList(Session& session, const exchange::Kind& kind,
                       const google::protobuf::Message& request);

// The same for revisions.
absl::Status PrintRevisions(Session& session, const google::protobuf::Message& request);

// Prints a response that is a list and has no further pages.
absl::Status PrintListResponse(Session& session, const exchange::Kind& kind,
                               google::protobuf::Message* response);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_LIST_OUTPUT_H_
