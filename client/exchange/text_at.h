// A field of a message by its path.
#ifndef HEADWATER_EXCHANGE_TEXT_AT_H_
#define HEADWATER_EXCHANGE_TEXT_AT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace headwater::exchange {

// The text at a path as the server's errors have it, "attribution.cites[2].source"; empty where
// there is none.
std::string TextAt(const google::protobuf::Message& message, absl::string_view path);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_TEXT_AT_H_
