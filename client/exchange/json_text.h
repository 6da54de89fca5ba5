// JSON as it is found, and what is in it.
#ifndef HEADWATER_EXCHANGE_JSON_TEXT_H_
#define HEADWATER_EXCHANGE_JSON_TEXT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace headwater::exchange {

using Json = nlohmann::json;

// Objects and arrays nested deeper are not read: nobody writes them, and programs fall over them.
inline constexpr int kMaxJsonDepth = 100;

// Nor is a text of more values, which would take dozens of times its own room in memory.
inline constexpr size_t kMaxJsonValues = 1'000'000;

// Reads JSON. Where it isn't quite JSON, what a person could read is read: line breaks within
// strings, commas before closing brackets, half surrogates, bytes that are not UTF-8, a page's
// <script> tags or a comment around it. INVALID_ARGUMENT says where it fails; so does what has
// more than kMaxJsonValues or is nested deeper than kMaxJsonDepth.
absl::StatusOr<Json> ParseJson(absl::string_view text);

// A member that is there and not null; null otherwise, also where `object` is no object.
const Json* Member(const Json& object, absl::string_view name);

// The items of an array, or the one value; none of null.
std::vector<const Json*> ItemsOf(const Json* value);

// What a value says as text: a string, a number, true and false; of an array its first item that
// says something; of an object its "@value", "name" or "url". Empty where it says nothing.
std::string TextOf(const Json* value);

// TextOf the first of these members that says something.
std::string TextOf(const Json& object, std::initializer_list<absl::string_view> names);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_JSON_TEXT_H_
