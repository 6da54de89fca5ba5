// The words of W3C PROV-JSON (the member submission of 24 April 2013), and those that Headwater
// adds.
//
// How records stand in PROV:
//   source        agent; prov:Person or prov:Organization where it certainly is one. EVIDENCE with
//                 an author is an entity besides, attributed to that author
//   document, claim, attribution, relation, review
//                 entity, prov:type headwater:Document and so on
//   publisher, source (of an attribution), author (of a review, of evidence)
//                 wasAttributedTo
//   part_of       actedOnBehalfOf: it speaks with that one's voice
//   derived_from  wasDerivedFrom; prov:Quotation where VERBATIM
//   document (of an attribution)
//                 wasDerivedFrom; prov:Quotation where its words are kept (a quote that is not
//                 INDIRECT)
//   cites         of an attribution: wasDerivedFrom; prov:PrimarySource where that one's basis is
//                 FIRST_HAND. Of a bare source: wasInfluencedBy, since what it said is not on
//                 record
//   claim (of attributions, relations, reviews)
//                 wasInfluencedBy. Not specializationOf, which would hand the claim's attributes on
//   display_name, title     prov:label
//   text (of a claim)       prov:value
//   everything else         an attribute headwater:{field in JSON}, those of messages within as
//                           headwater:quote.exact; messages in lists as JSON of the type
//                           headwater:{message}
// Each relation says in headwater:field which field it is, and in headwater:position which item of
// a list, since readers of PROV-JSON may reorder.
//
// PROV-CONSTRAINTS lets no entity come before itself: what is derived from another is younger.
// Sources that cite one another in a circle are on record here all the same. So derivations that
// are part of a circle are written as wasInfluencedBy, which says less and orders nothing.
#ifndef HEADWATER_EXCHANGE_PROV_TERMS_H_
#define HEADWATER_EXCHANGE_PROV_TERMS_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace headwater::exchange {

inline constexpr absl::string_view kProvUri = "http://www.w3.org/ns/prov#";
inline constexpr absl::string_view kXsdUri = "http://www.w3.org/2001/XMLSchema#";

// The namespace of our terms, and that of records: "record:claims/x" is claims/x. They name and
// lead nowhere, since Headwater has no address of its own.
inline constexpr absl::string_view kTermsUri = "urn:headwater:term:";
inline constexpr absl::string_view kRecordsUri = "urn:headwater:record:";
inline constexpr absl::string_view kTermsPrefix = "headwater";
inline constexpr absl::string_view kRecordsPrefix = "record";

// What an attribute of a relation refers to.
enum class ProvRange { kEntity, kActivity, kAgent, kRelation, kAny, kTime };

// An attribute that PROV defines for a sort of statement.
struct ProvAttribute {
  absl::string_view name;  // "prov:entity"
  ProvRange range;
  bool required;
};

// A sort of statement: a section of a PROV-JSON document.
struct ProvSection {
  absl::string_view word;  // "wasAttributedTo"
  bool is_element;         // agent, entity, activity: what the statement is about is its id
  // For relations the first one is what the relation is told of.
  std::vector<ProvAttribute> attributes;

  const ProvAttribute* Find(absl::string_view name) const;
};

// All sections but "prefix" and "bundle".
const std::vector<ProvSection>& ProvSections();

// The section of that word; null for others.
const ProvSection* FindProvSection(absl::string_view word);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_TERMS_H_
