// One resource as a labelled sheet, for people.
#ifndef HEADWATER_CLI_SHEET_H_
#define HEADWATER_CLI_SHEET_H_

#include <ostream>
#include <string>

#include "cli/terminal.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace headwater::cli {

// Prints the resource's name, then a line for each field that is set, labelled as its flag is
// (quote.exact), lists an item a line; what the server made comes last, a document's text after
// all.
void PrintSheet(std::ostream& out, const Terminal& terminal,
                const google::protobuf::Message& resource);

// The value of a field that is not a list, or of a list's item, on one line: bare words for
// enumerations, a message's values one after the other.
std::string ShortValue(const google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field, int index = -1);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_SHEET_H_
