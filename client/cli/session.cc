#include "cli/session.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace headwater::cli {
namespace {

using google::protobuf::Message;

// Longer than this nobody waits for a first connection.
constexpr absl::Duration kPatience = absl::Seconds(5);

std::optional<Format> ParseFormat(absl::string_view word) {
  if (word == "table") return Format::kTable;
  if (word == "json") return Format::kJson;
  if (word == "ndjson") return Format::kNdjson;
  if (word == "dot") return Format::kDot;
  return std::nullopt;
}

absl::StatusOr<absl::Duration> ParseTimeout(const std::string& text) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
  absl::Duration timeout;
  if (!absl::ParseDuration(digits ? text + "s" : text, &timeout) ||
      timeout <= absl::ZeroDuration() || timeout == absl::InfiniteDuration()) {
    return UsageError(absl::StrCat("--timeout \"", text, "\" is not a time like 30s, 2m or 500ms"));
  }
  return timeout;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Session>> Session::Make(const Globals& globals, std::ostream* out,
                                                       Terminal out_terminal, std::ostream* err,
                                                       Terminal err_terminal) {
  const std::optional<Format> format = ParseFormat(globals.output);
  if (!format.has_value()) {
    return UsageError(
        absl::StrCat("--output \"", globals.output, "\" is not one of table, json, ndjson"));
  }
  absl::StatusOr<absl::Duration> timeout = ParseTimeout(globals.timeout);
  if (!timeout.ok()) return timeout.status();
  ClientOptions options;
  options.address = globals.server;
  options.actor = globals.actor;
  options.timeout = *timeout;
  return std::unique_ptr<Session>(
      new Session(std::move(options), *format, out, out_terminal, err, err_terminal));
}

Session::Session(ClientOptions options, Format format, std::ostream* out, Terminal out_terminal,
                 std::ostream* err, Terminal err_terminal)
    : connection_(std::make_shared<Connection>(std::move(options))),
      format_(format),
      out_(out),
      out_terminal_(out_terminal),
      err_(err),
      err_terminal_(err_terminal) {}

absl::Status Session::Reach() {
  if (reached_) return absl::OkStatus();
  const ClientOptions& options = connection_->options();
  if (connection_->Connect(std::min(kPatience, options.timeout)).ok()) {
    reached_ = true;
    return absl::OkStatus();
  }
  return absl::UnavailableError(
      absl::StrCat("no server at ", options.address,
                   ": start one with `headwaterd --data-dir DIR`, or name another with --server or "
                   "HEADWATER_SERVER"));
}

absl::Status Session::Told(absl::Status status) const {
  const ClientOptions& options = connection_->options();
  std::string message;
  if (absl::IsDeadlineExceeded(status)) {
    message = absl::StrCat("no answer from ", options.address, " within ",
                           absl::FormatDuration(options.timeout));
  } else if (absl::IsUnavailable(status)) {
    message =
        absl::StrCat("the server at ", options.address, " is not available: ", status.message());
  } else {
    return status;
  }
  absl::Status told(status.code(), message);
  status.ForEachPayload([&told](absl::string_view type, const absl::Cord& payload) {
    told.SetPayload(type, payload);
  });
  return told;
}

absl::Status Session::Call(const Message& request, Message* response) {
  if (absl::Status status = Reach(); !status.ok()) return status;
  return Told(connection_->Call(request, response));
}

absl::Status Session::ForEachPage(const Message& request, Message* page,
                                  const std::function<absl::Status()>& take) {
  if (absl::Status status = Reach(); !status.ok()) return status;
  Pager pager(connection_, request);
  while (!pager.done()) {
    if (absl::Status status = pager.Next(page); !status.ok()) return Told(std::move(status));
    if (absl::Status status = take(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Session::Use(const std::function<absl::Status(Connection* connection)>& call) {
  if (absl::Status status = Reach(); !status.ok()) return status;
  return Told(call(connection_.get()));
}

absl::Status Session::Flush() {
  if (out_->flush()) return absl::OkStatus();
  return absl::DataLossError("the output could not be written in full");
}

}  // namespace headwater::cli
