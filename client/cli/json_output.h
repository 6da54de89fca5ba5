// Answers in proto3 JSON.
#ifndef HEADWATER_CLI_JSON_OUTPUT_H_
#define HEADWATER_CLI_JSON_OUTPUT_H_

#include <ostream>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace headwater::cli {

// The message in indented JSON, with a line feed after it.
void PrintJson(std::ostream& out, const google::protobuf::Message& message);

// The message in JSON on one line.
void PrintJsonLine(std::ostream& out, const google::protobuf::Message& message);

// The pages of a List method as the JSON of one response, as PrintJson would print the merged one,
// written as the items come.
class MergedJson {
 public:
  // `items` is the response's list. `out` must outlive this.
  MergedJson(std::ostream* out, const google::protobuf::FieldDescriptor& items)
      : out_(out), items_(items) {}

  // Adds one item.
  void Add(const google::protobuf::Message& item);

  // Ends the response with what the last page says beside its items; next_page_token is left out,
  // as it is of a last page. `last` is changed.
  void End(google::protobuf::Message* last);

 private:
  std::ostream* out_;
  const google::protobuf::FieldDescriptor& items_;
  bool begun_ = false;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_JSON_OUTPUT_H_
