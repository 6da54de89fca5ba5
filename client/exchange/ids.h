// Names made of what a thing is known by, so that two files about the same article meet.
//
// An id is a part that people can read, made of the key's ASCII letters and digits (at most 42;
// left out where it has none), "-", and the first 20 digits of the SHA-256 of the key in RFC 4648's
// base32 in small letters (100 bits). The key is the id's kind and what follows below, joined by
// NUL. What a key is made of never changes: the ids are in databases.
//
//   source       its domain, or else its name, folded
//   document     its URI, normalized
//   claim        its language, and its text, folded
//   attribution  source, document, stance, and what it cites, sorted
//   relation     kind and target
//   review       author, and its URI normalized
#ifndef HEADWATER_EXCHANGE_IDS_H_
#define HEADWATER_EXCHANGE_IDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/relation.pb.h"

namespace headwater::exchange {

// An id of any kind ("document") from the parts of its key; `readable` gives the readable part and
// must be a function of the key, too.
std::string MakeId(absl::string_view kind, const std::vector<absl::string_view>& key,
                   absl::string_view readable);

// What is the same for two links to one page: the host in small letters (A-labels) without "www.",
// then port, path and query. The scheme http(s), a default port, user, fragment (but for "#!"), a
// slash at the end, "/./" and "/../", and parameters that only track readers (utm_*, fbclid, gclid
// and the like) are dropped; %XX of unreserved characters is undone, other escapes are in capitals,
// characters beyond ASCII are escaped. Links of other schemes and text that is no link are returned
// trimmed, and as they are besides.
std::string UriKey(absl::string_view uri);

// The host in a link, in small letters and A-labels without "www.": "https://www.ft.com/x" and
// "ft.com/x" are "ft.com". Empty where there is no domain name in it.
std::string DomainOf(absl::string_view uri);

// A page's own address in one of a web archive
// ("https://web.archive.org/web/2020/https://ft.com/x"); empty for other links.
std::string ArchivedUri(absl::string_view uri);

// A name as it is compared: NFKC, case folded, Latin letters bare of marks, white space collapsed.
std::string NameKey(absl::string_view name);

// A text as it is compared: NFKC, case folded, white space collapsed, punctuation at its ends (and
// quotation marks around it) taken off. Marks stay.
std::string TextKey(absl::string_view text);

// Full names. Arguments need not be normalized.
std::string SourceNameOfDomain(absl::string_view domain);
std::string SourceNameOfName(absl::string_view name);
std::string DocumentNameOf(absl::string_view uri);
std::string ClaimNameOf(absl::string_view language, absl::string_view text);
std::string AttributionNameOf(absl::string_view claim_name, const v1::Attribution& attribution);
std::string RelationNameOf(absl::string_view claim_name, const v1::Relation& relation);
std::string ReviewNameOf(absl::string_view claim_name, absl::string_view author_name,
                         absl::string_view uri);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_IDS_H_
