// The API as a table: each method's descriptor and what answers it, over wire bytes, so that every
// door (gRPC now, HTTP later) serves all of it without naming a method.
#ifndef HEADWATER_REQUEST_METHODS_H_
#define HEADWATER_REQUEST_METHODS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "database/database.h"
#include "google/protobuf/descriptor.h"
#include "request/dialogue.h"

namespace headwater::request {

// The messages of a stream that answers one request, each made when it is asked for. Belongs to one
// thread at a time.
class Answers {
 public:
  virtual ~Answers() = default;
  // The next message in wire format; nullopt after the last. May wait.
  virtual absl::StatusOr<std::optional<std::string>> Next() = 0;
};

// One method of the API. Exactly one of `read`, `write`, `stream` and `dialogue` is set.
struct Method {
  const google::protobuf::MethodDescriptor* descriptor;

  // Answers a method without side effects. Refuses with kv::WouldBlock() where it would have to
  // wait and `patience` says not to.
  std::function<database::Reply(absl::string_view request, kv::Patience patience)> read;

  // Makes a change; as database::Database::Write.
  std::function<void(absl::string_view request, const database::Caller& caller,
                     database::Done done)>
      write;

  // Answers a method without side effects with a stream.
  std::function<absl::StatusOr<std::unique_ptr<Answers>>(absl::string_view request)> stream;

  // Begins a call in which messages go both ways.
  std::function<std::unique_ptr<Dialogue>(const database::Caller& caller)> dialogue;
};

// Every method of every service. `database` must outlive what is returned.
std::vector<Method> AllMethods(database::Database* database);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_METHODS_H_
