// Flags for the fields of a message, made from its descriptor.
#ifndef HEADWATER_CLI_FIELD_FLAGS_H_
#define HEADWATER_CLI_FIELD_FLAGS_H_

#include <functional>
#include <list>
#include <string>
#include <vector>

#include "CLI/App.hpp"
#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace headwater::cli {

// One flag for each field: --text, --display-name; for a message inside, one for each of its
// fields,
// --quote.exact; for a list a flag that may be given again. Each is described by the comment on its
// field in the protos. A text that may be very long has a second flag that reads it from a file.
class FieldFlags {
 public:
  using Skip = std::function<bool(const google::protobuf::FieldDescriptor&)>;

  // Adds flags to `app` under the heading `group`, but for the fields that `skip` says. `app` must
  // not outlive this.
  FieldFlags(CLI::App* app, const std::string& group, const google::protobuf::Descriptor& type,
             const Skip& skip);

  // Puts what was given into the message, of the type that this was made with; a list that was
  // given replaces the one that is there. A usage error names the flag.
  absl::Status Apply(google::protobuf::Message* message) const;

  // The paths of the fields that were given: "text", "quote.exact".
  std::vector<std::string> Given() const;

 private:
  using Path = std::vector<const google::protobuf::FieldDescriptor*>;

  struct Flag {
    Path path;
    CLI::Option* option = nullptr;
    std::vector<std::string> values;
    bool from_file = false;  // the values are the names of files that hold them
  };

  void AddMessage(CLI::App* app, const std::string& group, const Path& prefix,
                  const google::protobuf::Descriptor& type, const Skip& skip);
  void AddField(CLI::App* app, const std::string& group, Path path);
  static absl::Status ApplyFlag(const Flag& flag, google::protobuf::Message* message);

  std::list<Flag> flags_;  // their values are known to CLI11 by address
};

// What the server makes and what other flags say: the fields that a resource's own flags leave out.
bool IsNotForFlags(const google::protobuf::FieldDescriptor& field);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_FIELD_FLAGS_H_
