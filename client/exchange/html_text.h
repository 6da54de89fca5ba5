// What readers of a page see of text in HTML.
#ifndef HEADWATER_EXCHANGE_HTML_TEXT_H_
#define HEADWATER_EXCHANGE_HTML_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::exchange {

// The text with entities ("&amp;", "&#8217;"; also such as were escaped twice) as characters and
// without tags; paragraphs and breaks become line feeds. "<" that begins no tag of HTML stays.
// Text above 1 MiB, and text without "&" and "<", comes back as it is. Requires UTF-8.
std::string HtmlToText(absl::string_view html);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_HTML_TEXT_H_
