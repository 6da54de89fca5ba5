// Under which terms of the secondary indexes a resource stands.
#ifndef HEADWATER_RECORDS_TERMS_H_
#define HEADWATER_RECORDS_TERMS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "records/references.h"
#include "records/resource.h"

namespace headwater::records {

// The resource's terms (keys::Term), sorted, each once. The first is keys::Index::kAll's.
// `references` are its own (ReferencesOf).
std::vector<std::string> TermsOf(const Message& resource,
                                 absl::Span<const FoundReference> references);

// The first day of a date, by which it is indexed; nullopt where it is empty or open towards the
// past.
std::optional<int32_t> FirstDay(absl::string_view date);

// The date by which the resource is listed: published, subject or said date; empty where it has
// none.
std::string ListedDate(const Message& resource);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_TERMS_H_
