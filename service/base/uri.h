// The form of links and of domain names. Nothing here touches the network.
#ifndef HEADWATER_BASE_URI_H_
#define HEADWATER_BASE_URI_H_

#include "absl/strings/string_view.h"

namespace headwater {

// Whether `uri` has the shape of an absolute URI (RFC 3986) or IRI (RFC 3987): a scheme, ':', and a
// rest that is not empty; '%' only before two hexadecimal digits; no spaces, controls, or
// characters that RFC 3986 leaves out ("<>\^`{|}); other characters in well-formed UTF-8, but no
// whitespace, bidi controls, private use or noncharacters. http and https need a host. A scheme
// whose links run what they carry (javascript, data, vbscript) is refused.
bool IsAbsoluteUri(absl::string_view uri);

// Whether `domain` is a host name in lower case with a dot in it: labels of 1 to 63 letters, digits
// and '-', with no '-' first or last, at most 253 characters, the last label not of digits alone
// (that is an address). Labels that begin "xn--" must be A-labels that IDNA (UTS 46) can read. No
// dot at the end.
bool IsDomainName(absl::string_view domain);

}  // namespace headwater

#endif  // HEADWATER_BASE_URI_H_
