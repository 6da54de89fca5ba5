// What every command runs in: the flags that all of them take, the server, the output.
#ifndef HEADWATER_CLI_SESSION_H_
#define HEADWATER_CLI_SESSION_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/failure.h"
#include "cli/terminal.h"
#include "google/protobuf/message.h"
#include "headwater/connection.h"
#include "headwater/listing.h"

namespace headwater::cli {

// The flags that all commands take.
struct Globals {
  std::string server = "127.0.0.1:7411";
  std::string actor;
  std::string output = "table";
  std::string timeout = "30s";
};

enum class Format { kTable, kJson, kNdjson, kDot };

class Session {
 public:
  // `out` gets what was asked for, `err` what there is to say about it; both must outlive this. A
  // usage error where a flag's value is wrong.
  static absl::StatusOr<std::unique_ptr<Session>> Make(const Globals& globals, std::ostream* out,
                                                       Terminal out_terminal, std::ostream* err,
                                                       Terminal err_terminal);

  Format format() const { return format_; }
  std::ostream& out() { return *out_; }
  std::ostream& err() { return *err_; }
  const Terminal& terminal() const { return out_terminal_; }
  const Terminal& err_terminal() const { return err_terminal_; }

  // Calls the request's method. Where the server cannot be reached at all it says so at once, and
  // how to go on.
  absl::Status Call(const google::protobuf::Message& request, google::protobuf::Message* response);

  // Hands each page of a List method to `take`, until one of both fails. `page` is of the method's
  // response type and holds the last page at the end; `take` may move from it.
  absl::Status ForEachPage(const google::protobuf::Message& request,
                           google::protobuf::Message* page,
                           const std::function<absl::Status()>& take);

  // Has `call` use the connection, as Call would.
  absl::Status Use(const std::function<absl::Status(Connection* connection)>& call);

  // What Use() gives.
  Connection& connection() { return *connection_; }

  // Flushes `out`; an error where not all of it could be written.
  absl::Status Flush();

 private:
  Session(ClientOptions options, Format format, std::ostream* out, Terminal out_terminal,
          std::ostream* err, Terminal err_terminal);

  absl::Status Reach();
  absl::Status Told(absl::Status status) const;

  std::shared_ptr<Connection> connection_;
  Format format_;
  std::ostream* out_;
  Terminal out_terminal_;
  std::ostream* err_;
  Terminal err_terminal_;
  bool reached_ = false;
};

// A command, parsed and ready. It returns kOk or kPartial, or why it failed.
using Command = std::function<absl::StatusOr<ExitCode>(Session& session)>;

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_SESSION_H_
