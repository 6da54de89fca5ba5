// What the search index holds of a resource, worked out from its records.
#ifndef HEADWATER_DATABASE_FINDING_RECORD_INDEX_H_
#define HEADWATER_DATABASE_FINDING_RECORD_INDEX_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/queries.h"
#include "keys/register.h"
#include "search/index/indexed.h"

namespace headwater::database {

// Of a claim's attributions the first so many are looked at, in the order of their ids and deleted
// ones with them; of its reviews likewise.
inline constexpr size_t kMostTellings = 1000;
inline constexpr size_t kMostReviewsIndexed = 200;

// A claim that stands under this has filters that do not stand in the index, since they are too
// many or lie behind its first attributions: whether one holds of it, its records tell.
inline constexpr absl::string_view kCutFilter = "*";

// Where a resource is indexed; nullopt for kinds that are not.
std::optional<keys::Corpus> CorpusOf(keys::Kind kind);

// What of the resource is to be indexed at the read point; nullopt where nothing is: it is deleted,
// was not made yet, or is a document without an address. Requires a kind that has a corpus.
absl::StatusOr<std::optional<search::IndexedText>> TextAt(const Reading& reading,
                                                          const keys::Name& name);

// The filter under which documents stand with the page at `uri`.
std::string AddressFilter(absl::string_view uri);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_RECORD_INDEX_H_
