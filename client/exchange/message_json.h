// A message in proto3 JSON, so that reading it gives the same bytes.
#ifndef HEADWATER_EXCHANGE_MESSAGE_JSON_H_
#define HEADWATER_EXCHANGE_MESSAGE_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace headwater::exchange {

// As protobuf's printer has it, on one line or indented, but for zeros with a sign: they are
// "-0.0", since a bare "-0" is taken for a whole number by many readers, protobuf's among them,
// and loses its sign. Finite floats are printed with as many digits as reading them back takes.
// Requires a message without an Any, whose strings are UTF-8.
std::string MessageJson(const google::protobuf::Message& message, bool indented = false);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_MESSAGE_JSON_H_
