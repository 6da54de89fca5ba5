// When two links lead to one page. Nothing here touches the network.
#ifndef HEADWATER_BASE_URI_KEY_H_
#define HEADWATER_BASE_URI_KEY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater {

// What is the same for two links to one page: the host in small letters (A-labels) without "www.",
// then port, path and query. The scheme http(s), a default port, user, fragment (but for "#!"), a
// slash at the end, and parameters that only track readers (utm_*, fbclid and the like) are
// dropped; escapes of unreserved characters are undone, others are in capitals, characters beyond
// ASCII are escaped. Links of other schemes are returned as they are. Requires UTF-8.
std::string UriKey(absl::string_view uri);

// A page's own address in one of a web archive
// ("https://web.archive.org/web/2020/https://ft.com/x"); empty for other links.
std::string ArchivedUri(absl::string_view uri);

}  // namespace headwater

#endif  // HEADWATER_BASE_URI_KEY_H_
