// What makes a PROV-JSON document a good one.
#ifndef HEADWATER_EXCHANGE_PROV_RULES_H_
#define HEADWATER_EXCHANGE_PROV_RULES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "exchange/input.h"

namespace headwater::exchange {

// What is wrong with a document.
struct ProvProblem {
  std::string where;  // section and id: "wasAttributedTo _:a1"
  std::string text;   // what is wrong, on one line
};

// Where the rules come from is said beside each: [J] the schema and the text of the PROV-JSON
// submission, [C] W3C's PROV-CONSTRAINTS.
//
// [J] The document, and each bundle in it, has only the sections of PROV-JSON, "prefix" and
//     "bundle"; bundles do not hold bundles. A section is an object of ids; under each is an object
//     of attributes or an array of such.
// [J] A prefix is letters, digits, "_", "-"; its URI is absolute. Every qualified name (ids but
//     "_:…", attribute names, values of the type xsd:QName or prov:QUALIFIED_NAME, types) has a
//     declared prefix, or none where there is a default one; "prov" and "xsd" are always declared,
//     and stand for nothing else. What follows the prefix is what PROV-N lets stand there.
// [J] An attribute has a string, a number, a truth value, a typed value {"$": text, "type": name,
//     "lang": tag}, or an array of at least one of these. "$" is needed, "type" and "lang" are not;
//     there is nothing else in it. What PROV defines (prov:entity, prov:time, …) has one string.
// [J] A relation has what PROV demands of it, and no attribute that PROV defines for others only.
// [J] Times are xsd:dateTime; typed values of XML Schema's types look as those do.
// [C] What a relation refers to is of the sort that it demands, besides what the document describes
//     it as; what is not described is taken to be described elsewhere. (typing)
// [C] Then nothing is both an entity and an activity, or both a thing and a relation; two sorts of
//     relation do not share an id. (disjointness, impossible overlaps)
// [C] Statements under one id agree in what PROV defines. (key constraints)
// [C] No entity is derived from itself, over others or at once (a generation comes before those of
// all that
//     is derived from it); nothing is a specialization of itself. An activity does not end before
//     it starts.
//
// Returns at most `most` problems, in the order of the document; none where it is a good one. Holds
// what the document refers to and 8 bytes for each thing in it. Errors are those of
// ReadProvStatements.
absl::StatusOr<std::vector<ProvProblem>> FindProvProblems(Input* input, size_t most = 100);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_RULES_H_
