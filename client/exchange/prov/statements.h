// The statements of a PROV-JSON document, one after another.
#ifndef HEADWATER_EXCHANGE_PROV_STATEMENTS_H_
#define HEADWATER_EXCHANGE_PROV_STATEMENTS_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "exchange/input.h"
#include "exchange/prov/attributes.h"

namespace headwater::exchange {

// One statement: the attributes under one id in one section. Where an id has several, in an array,
// each is a statement.
struct ProvStatement {
  std::string section;  // "wasAttributedTo"
  std::string id;       // "ex:e1", as it stands there
  std::string bundle;   // the id of the bundle it stands in; empty outside
  ProvJson attributes;  // an object, unless the document is wrong there
};

// Prefixes and the URIs that they stand for; "default" is that of names without one.
using ProvPrefixes = std::map<std::string, std::string>;

// Statements, with those of the prefixes that they use, as a document of PROV-JSON on one line.
std::string ProvDocument(const std::vector<ProvStatement>& statements,
                         const ProvPrefixes& prefixes);

// Reads a document to its end and hands out its statements in its order, then gives all prefixes,
// those of bundles too (of two that differ the first stands). Memory: that of the largest
// statement, at most some ten times kMaxRow. Errors: those of the input; INVALID_ARGUMENT, with
// what is wrong where, for what is no JSON, for a document that is no object or has no section of
// PROV-JSON, for a statement longer than kMaxRow, of more than kMaxJsonValues, more than 64 levels
// deep, or with an object of more than 1,000 attributes, and for too many or too long prefixes; and
// what `take` returns, which ends it.
absl::Status ReadProvStatements(Input* input,
                                const std::function<absl::Status(ProvStatement)>& take,
                                ProvPrefixes* prefixes);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_STATEMENTS_H_
