// From the bytes of a request to its message, and where that fails, to words that say where.
#ifndef HEADWATER_REQUEST_PARSE_H_
#define HEADWATER_REQUEST_PARSE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "request/message_shape.h"

namespace headwater::request {

// Parses `bytes` into `message`, which must be empty and of the type whose shape `shape` is.
//
// kInvalidArgument, with a BadRequest naming the field, where
//  - the bytes are no such message: cut short, or a string in them is not UTF-8;
//  - a field in them is unknown here. It could not be stored and given back, and a condition that
//    is ignored would be worse, so a client newer than the server is told instead;
//  - they hold more strings and messages than a request may (wire_check.h).
absl::Status Parse(absl::string_view bytes, const MessageShape& shape,
                   google::protobuf::Message* message);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_PARSE_H_
