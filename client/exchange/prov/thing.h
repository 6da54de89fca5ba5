// A thing that a PROV-JSON document describes, with what is told of it.
#ifndef HEADWATER_EXCHANGE_PROV_THING_H_
#define HEADWATER_EXCHANGE_PROV_THING_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "exchange/prov/attributes.h"
#include "exchange/prov/statements.h"

namespace headwater::exchange {

// Statements with our own prefixes for the namespaces that we know ("prov", "xsd", "headwater",
// "record"), whatever the document calls them.
struct ProvThing {
  std::string id;                        // "record:sources/ft", "ex:e1"
  std::string uri;                       // with its namespace; empty where that is not declared
  std::vector<ProvStatement> elements;   // its descriptions
  std::vector<ProvStatement> relations;  // those told of it
  // Activities that generated it, with the relations told of those.
  std::vector<ProvStatement> of_activities;

  // Whether one of its descriptions is in that section.
  bool Is(absl::string_view section) const;
  // Whether a description has that prov:type.
  bool HasType(absl::string_view type) const;
  // The first text of an attribute; empty where there is none.
  std::string Text(absl::string_view attribute) const;
};

// The text of an attribute of one statement; empty where there is none.
std::string ProvTextOf(const ProvStatement& statement, absl::string_view attribute);

// Names in a document with declared prefixes.
class ProvNames {
 public:
  explicit ProvNames(ProvPrefixes prefixes) : prefixes_(std::move(prefixes)) {}

  // The URI that a qualified name stands for; empty where its prefix is not declared.
  std::string Uri(absl::string_view name) const;

  // The name with our own prefix, where its namespace is one of those we know.
  std::string Ours(absl::string_view name) const;

  // The statement with our own prefixes everywhere.
  ProvStatement Ours(ProvStatement statement) const;

  const ProvPrefixes& prefixes() const { return prefixes_; }

 private:
  ProvJson OurValue(const ProvJson& value) const;

  ProvPrefixes prefixes_;
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_THING_H_
