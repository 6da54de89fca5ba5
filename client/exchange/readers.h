// All formats that can be read.
#ifndef HEADWATER_EXCHANGE_READERS_H_
#define HEADWATER_EXCHANGE_READERS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "exchange/input.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// What a caller may say about a file.
struct ReadSettings {
  // For CSV: the text of a mapping file (see csv_mapping.h). Empty: columns are named as fields.
  std::string mapping;
  // For CSV: the delimiter; 0: the mapping's, or the one that the first line speaks for.
  char delimiter = 0;
  // The language of text of which the file does not say it; a BCP 47 tag. Empty: "und".
  std::string language;
};

// A format by its word.
struct ReadFormat {
  const char* word;         // "claim-review"
  const char* description;  // one sentence for people
  absl::StatusOr<std::unique_ptr<Reader>> (*open)(std::unique_ptr<Input> input,
                                                  const ReadSettings& settings);
};

// The formats, the native one first.
const std::vector<ReadFormat>& ReadFormats();

// The word of the format that the input is in, by its first bytes and by the ending of its name;
// INVALID_ARGUMENT where it is like none. Takes nothing from the input.
absl::StatusOr<std::string> DetectFormat(Input* input);

// A reader of the input in that format; "auto" detects it. INVALID_ARGUMENT for a word that is no
// format's, for what DetectFormat refuses, and for a mapping that is wrong. `*word`, where not
// null, is set to the format's word. The reader keeps the input for as long as it lives.
absl::StatusOr<std::unique_ptr<Reader>> OpenReader(absl::string_view format,
                                                   std::unique_ptr<Input> input,
                                                   const ReadSettings& settings,
                                                   std::string* word = nullptr);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_READERS_H_
