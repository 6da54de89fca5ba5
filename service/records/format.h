// The forms of strings: headwater.v1.Format.
#ifndef HEADWATER_RECORDS_FORMAT_H_
#define HEADWATER_RECORDS_FORMAT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "headwater/v1/rules.pb.h"

namespace headwater::records {

// What is wrong with a string that is not empty, and what would be right; nullopt where nothing is.
// Checks UTF-8, NFC, the rule's length and format.
std::optional<std::string> WhatIsWrongWith(absl::string_view text, const v1::FieldRule& rule);

// A string as it may stand in an error message: cut to 60 code points, what cannot be shown
// replaced.
std::string Shown(absl::string_view text);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_FORMAT_H_
