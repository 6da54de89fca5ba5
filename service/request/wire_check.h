// Finds what is wrong with the bytes of a message.
#ifndef HEADWATER_REQUEST_WIRE_CHECK_H_
#define HEADWATER_REQUEST_WIRE_CHECK_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "request/message_shape.h"

namespace headwater::request {

enum class WireCheck {
  kUnknownFields,  // the bytes were parsed: all that can be wrong is a field unknown here
  kEverything,     // they could not be parsed
};

// The first thing wrong.
struct WireFault {
  std::string path;  // "claim.translations[2].text"; empty for the message as a whole
  std::string what;  // a predicate of it: "is not UTF-8"
};

// Walks `bytes`; nullopt where nothing is wrong.
std::optional<WireFault> CheckWire(absl::string_view bytes, const MessageShape& shape,
                                   WireCheck check);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_WIRE_CHECK_H_
