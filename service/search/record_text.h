// By what claims and sources are found: their records' texts, filters and names.
#ifndef HEADWATER_SEARCH_RECORD_TEXT_H_
#define HEADWATER_SEARCH_RECORD_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/review.pb.h"
#include "headwater/v1/source.pb.h"
#include "search/index/indexed.h"
#include "search/query/parse.h"

namespace headwater::search {

// Beyond these a claim's further texts, filters and names are left out, in the order of their
// attributions: a rumour told a hundred thousand times is found by its first tellings as well.
inline constexpr size_t kMaxFields = 64;
inline constexpr size_t kMaxFieldBytes = 5000;   // a longer text is cut
inline constexpr size_t kMaxTextBytes = 65'536;  // of all its texts; the one that goes over is cut
inline constexpr size_t kMaxFilters = 256;
inline constexpr size_t kMaxNames = 32;

// An attribution, where it is told and by whom. The last two may be null.
struct Telling {
  const v1::Attribution* attribution = nullptr;
  const v1::Document* document = nullptr;
  const v1::Source* source = nullptr;
};

// A claim is found by its text and translations, what it is about, quotes, the titles of the
// documents that tell it, the names of its sources, and the words and headlines of its reviews. Its
// index row changes whenever one of these does: with the claim, with its attributions and reviews,
// with their documents' titles and sources' names. Give what is live, in the order of their ids.
IndexedText TextOfClaim(const v1::Claim& claim, absl::Span<const Telling> tellings,
                        absl::Span<const v1::Review* const> reviews);

IndexedText TextOfSource(const v1::Source& source);

// The filter under which claims stand with `value`: a source's id, the name or the URI of what they
// are about, a tag, a language tag (or its first part), "ASSERTS". No claim stands under a
// standing: that is for those who keep standings to say.
std::string FilterOf(FilterField field, absl::string_view value);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RECORD_TEXT_H_
