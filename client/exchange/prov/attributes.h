// The fields of a resource as attributes of a PROV statement, and back.
#ifndef HEADWATER_EXCHANGE_PROV_ATTRIBUTES_H_
#define HEADWATER_EXCHANGE_PROV_ATTRIBUTES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "nlohmann/json.hpp"

namespace headwater::exchange {

// Members stay in the order in which they were added.
using ProvJson = nlohmann::ordered_json;

// A qualified name as a value: {"$": "headwater:Claim", "type": "xsd:QName"}.
ProvJson ProvQualifiedName(absl::string_view prefix, absl::string_view local);

// An enum value as a qualified name; a number that the enum does not know stays a number.
ProvJson ProvEnumValue(const google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field);

// Adds an attribute for each field that is set, but for the name, for what the server makes, and
// for what stands in relations (prov_terms.h says what).
void AddProvAttributes(const google::protobuf::Message& resource, ProvJson* attributes);

// The reverse for one attribute: `name` as written here ("headwater:quote.exact", "prov:label"),
// with the prefixes of prov_terms.h. Other names of PROV are left alone. INVALID_ARGUMENT, on one
// line and without the name, for a name of ours that is no field, and for a value that the field
// cannot hold.
absl::Status SetProvAttribute(absl::string_view name, const ProvJson& value,
                              google::protobuf::Message* resource);

// The text in a value, typed or not: of a string itself, of a number or truth value its JSON.
std::string ProvText(const ProvJson& value);

// JSON in one line; bytes that are not UTF-8 become U+FFFD.
std::string ProvLine(const ProvJson& json);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_ATTRIBUTES_H_
