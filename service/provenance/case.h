// A case: all that is on record about a claim and those that say the same, at one read point, as
// provenance is worked out from. Plain values; whoever gathers them reads, and nothing here does.
#ifndef HEADWATER_PROVENANCE_CASE_H_
#define HEADWATER_PROVENANCE_CASE_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/source.pb.h"

namespace headwater::provenance {

// A place in one of a case's lists.
using Index = uint32_t;
inline constexpr Index kNone = std::numeric_limits<Index>::max();

// The days between which something certainly lies. A date that is not recorded, open, uncertain or
// approximate says nothing on that side.
struct Days {
  static constexpr int32_t kNever = std::numeric_limits<int32_t>::max();
  int32_t earliest = std::numeric_limits<int32_t>::min();
  int32_t latest = kNever;

  // Of an EDTF text; of one that cannot be read, nothing.
  static Days Of(const std::string& edtf);
  bool known() const { return latest != kNever; }

  friend bool operator==(const Days&, const Days&) = default;
};

inline bool CertainlyLater(const Days& one, const Days& other) {
  return one.earliest > other.latest;
}

// How something was taken back; STANDS while it was not.
enum class Taken : uint8_t {
  kStands,
  kRetracted,       // by the source
  kCorrected,       // by the source
  kRecordingError,  // by us
};

struct SourceFact {
  std::string id;
  v1::SourceKind kind = v1::SOURCE_KIND_UNSPECIFIED;
  std::vector<std::string> same_as;
  // Other sources of the case.
  Index part_of = kNone;
  Index owner = kNone;
  Index author = kNone;  // of EVIDENCE
  std::vector<Index> known_distinct_from;
  bool authenticated = false;  // of EVIDENCE: someone vouches for it
  bool deleted = false;
  // As if it had taken back all that it said: every stub of it is severed, as if the citation were.
  bool silent = false;
};

struct DocumentFact {
  std::string id;
  Index publisher = kNone;    // a source; never kNone
  Index verbatim_of = kNone;  // the document of the case that it copies word for word
  Days published;
  Taken taken = Taken::kStands;
  Days taken_date;
  bool deleted = false;
};

// On whose word an attribution speaks. Either `attribution` is set: one of the case, live or
// deleted. Or `source` is: one cited alone (`bare`), or that of an attribution of a claim outside
// the case.
struct CitationFact {
  Index attribution = kNone;
  Index source = kNone;
  bool bare = false;
  bool severed = false;  // that source, or that attribution outside, was withdrawn or deleted
  v1::Stance stance = v1::STANCE_UNSPECIFIED;  // for which it is cited, where recorded
};

struct AttributionFact {
  Index claim = 0;  // of Case::claims
  std::string id;
  Index source = kNone;    // never kNone
  Index document = kNone;  // never kNone
  v1::Stance stance = v1::STANCE_UNSPECIFIED;
  v1::Basis basis = v1::BASIS_UNSPECIFIED;
  v1::DenialExtent denial_extent = v1::DENIAL_EXTENT_UNSPECIFIED;
  Days said;
  std::vector<std::string> hedges;  // folded
  std::vector<CitationFact> cites;
  Taken taken = Taken::kStands;
  Days taken_date;
  bool deleted = false;
  uint64_t recorded = 0;  // the sequence of its first revision
};

struct ContradictingClaim {
  std::string id;
  // Somebody live carries that it is so, of it or of one that says the same.
  bool asserted = false;
};

// Lists are in the order of names. `sources` holds every source that the rest mentions, every other
// source of their voices, and every owner of those, up to the topmost, with its voice.
struct Case {
  std::vector<std::string> claims;                        // ids; the one asked about comes first
  v1::ClaimNature nature = v1::CLAIM_NATURE_UNSPECIFIED;  // of that one
  std::vector<SourceFact> sources;
  std::vector<DocumentFact> documents;
  std::vector<AttributionFact> attributions;
  std::vector<ContradictingClaim> contradicting;  // by confirmed relations
};

// Whether an attribution no longer counts: withdrawn or deleted, itself or with its document, or of
// a deleted source.
bool IsRemoved(const Case& a_case, const AttributionFact& attribution);

// With whose voice the document tells: its publisher; of a word for word copy, the original's; its
// own again where copies go round in a circle.
Index PublisherOf(const Case& a_case, Index document);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_CASE_H_
