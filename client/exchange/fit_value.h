// The forms of fields that take more than a line to fit: links, domains, languages, tags.
#ifndef HEADWATER_EXCHANGE_FIT_VALUE_H_
#define HEADWATER_EXCHANGE_FIT_VALUE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater::exchange {

// Each takes UTF-8 and gives what the server takes for FORMAT_URI, FORMAT_DOMAIN, FORMAT_LANGUAGE,
// FORMAT_DECIMAL and FORMAT_ID; nullopt where nothing can be made of the value.
//
// A link: characters that may not stand in one are escaped; "ft.com/x" gets "https://".
std::optional<std::string> FitUri(absl::string_view value);
// A domain, or the one in a link.
std::optional<std::string> FitDomain(absl::string_view value);
// "pt_br" is "pt-BR"; names of languages ("English") are none.
std::optional<std::string> FitLanguage(absl::string_view value);
// "1,234.50" is "1234.50".
std::optional<std::string> FitDecimal(absl::string_view value);
// "Export Controls" is "export-controls".
std::optional<std::string> FitId(absl::string_view value);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FIT_VALUE_H_
