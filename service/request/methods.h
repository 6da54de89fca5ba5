// The API as a table: each method's descriptor and what answers it, over wire bytes, so that every
// door (gRPC now, HTTP later) serves all of it without naming a method.
#ifndef HEADWATER_REQUEST_METHODS_H_
#define HEADWATER_REQUEST_METHODS_H_

#include <functional>
#include <vector>

#include "absl/strings/string_view.h"
#include "database/database.h"
#include "google/protobuf/descriptor.h"

namespace headwater::request {

// One unary method of the API. Exactly one of `read` and `write` is set.
struct Method {
  const google::protobuf::MethodDescriptor* descriptor;

  // Answers a method without side effects. Refuses with kv::WouldBlock() where it would have to
  // wait and `patience` says not to.
  std::function<database::Reply(absl::string_view request, kv::Patience patience)> read;

  // Makes a change; as database::Database::Write.
  std::function<void(absl::string_view request, const database::Caller& caller,
                     database::Done done)>
      write;
};

// Every method of every service. `database` must outlive what is returned.
std::vector<Method> AllMethods(database::Database* database);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_METHODS_H_
