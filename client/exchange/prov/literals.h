// What values in PROV-JSON must look like.
#ifndef HEADWATER_EXCHANGE_PROV_LITERALS_H_
#define HEADWATER_EXCHANGE_PROV_LITERALS_H_

#include "absl/strings/string_view.h"

namespace headwater::exchange {

// Whether a text is an xsd:dateTime: a day that there is, a time, and a zone or none.
bool IsXsdDateTime(absl::string_view text);

// Whether a text is what a type of XML Schema, named without its prefix ("gYear"), can be written
// as. True for types that are not known here.
bool IsXsdLiteral(absl::string_view type, absl::string_view text);

// Whether a text can be a prefix: letters, digits, "_", "-".
bool IsProvPrefix(absl::string_view text);

// Whether a text can stand behind a prefix, by PROV-N's grammar: no white space, no control
// characters, none of <>"{}|^`=',;:[]() unless a backslash stands before it.
bool IsProvLocalName(absl::string_view text);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_LITERALS_H_
