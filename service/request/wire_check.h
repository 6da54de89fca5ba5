// Finds what is wrong with the bytes of a message.
#ifndef HEADWATER_REQUEST_WIRE_CHECK_H_
#define HEADWATER_REQUEST_WIRE_CHECK_H_

#include <cstddef>
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

// The most strings and messages, in all depths, that a request may hold: far more than one of
// 10,000 resources does.
inline constexpr size_t kMostValues = 1'000'000;

// Why `bytes`, never looked at before, should not be parsed; nullopt where they may be. Bytes of
// which all are sound, but for what strings hold, have no more than kMostValues: for two bytes of
// them, an empty message, become a hundred once parsed.
std::optional<WireFault> CheckBeforeParsing(absl::string_view bytes, const MessageShape& shape);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_WIRE_CHECK_H_
