// Flags and outputs that several subcommands share.
#ifndef HEADWATER_CLI_COMMON_FLAGS_H_
#define HEADWATER_CLI_COMMON_FLAGS_H_

#include <cstdint>
#include <string>

#include "CLI/App.hpp"
#include "absl/strings/string_view.h"
#include "cli/names.h"
#include "cli/session.h"
#include "google/protobuf/message.h"

namespace headwater::cli {

// Each adds one flag; what it is read into must outlive the parse.
void AddAsOf(CLI::App* app, std::string* as_of);
void AddAtLeast(CLI::App* app, int64_t* sequence);
void AddShowDeleted(CLI::App* app, bool* show_deleted);
void AddEtag(CLI::App* app, std::string* etag);
void AddRequestId(CLI::App* app, std::string* request_id);

// The name of an existing resource, as a positional.
void AddName(CLI::App* app, const Kind& kind, std::string* name);

// Ends the --help with lines of example.
void AddExample(CLI::App* app, absl::string_view lines);

// Prints the one answer to a request: as JSON, or as a line of what was done to it, "updated" (then
// also its sequence and etag, for the next command), or its sheet where `done` is empty.
absl::Status PrintResource(Session& session, const google::protobuf::Message& resource,
                           absl::string_view done);

// Refuses --output dot, which only trace knows.
absl::Status CheckFormat(const Session& session);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_COMMON_FLAGS_H_
