// What a case amounts to: who speaks, who stands at the origin, how many independent lines lead
// there, and what can be said of the whole in one word.
//
// The rules, exactly. "Counts" means: not removed (IsRemoved).
//
// Voices. Sources that share a same_as URI, a source and the one it is part_of, and EVIDENCE and
// its author are one voice, and so on from one to the next. A voice is public unless all its
// sources are ANONYMOUS or EVIDENCE; then it is ANONYMOUS if one of them is, else EVIDENCE. A
// *unit* is a voice, with those whom it owns or is owned by, and so on upwards and downwards.
//
// Stances. An own-name stance is any but RELAYS; a denial of extent NON_DENIAL carries nothing, any
// other carries itself. RELAYS carries what each of its citations carries. A citation of an
// attribution carries what that carries (the least fixed point), only the citation's own stance
// where one is recorded. A bare citation of a source means those attributions of that very source
// in the case, not deleted and other than the citing one, that are not certainly later than the
// citing one by their own dates; where there are none, it is a stub, as is every citation that
// leaves the case or is severed. A stub carries the citation's stance; where none is recorded the
// citing one's own, or ASSERTS under RELAYS; cited by one of its own name for another stance than
// that one's, there is none. The citing attribution *rests on* what it cites, a stub too, for
// stance s where both carry s and the citation allows it.
//
// An attribution's own date is its said date where recorded, else, told by its own voice, the
// publication of its document; nothing is said later than the document that tells it was published.
//
// Removal comes last: carrying, origins, stubs and hiding are settled on all attributions, deleted
// ones among them only as far as others cite them (they hide nothing). A stub counts while the
// attribution that cites it does and the citation is not severed.
//
// Heard. Told in a document whose publisher is its own voice, an attribution is heard directly.
// Any other is heard through the publisher's *implied relay*, unless others told in the same
// document rest on it for the stance and are not cited back by it, be it through others told there
// (for whatever stance; not deleted): then, for that stance, only through those.
//
// Origins for a stance: own-name attributions of that stance that are FIRST_HAND (EVIDENCE only
// when authenticated); own-name ones that rest on nothing for it ("not recorded"); stubs.
//
// Paths for a stance lead from one to the next: from an attribution to what it rests on and is told
// in the same document; from it to its stubs; from a document's implied relay to what is heard
// through it; from an attribution to what it rests on in another document, by way of that
// document's publisher. All on them counts.
//  - at_most: the most paths, no two sharing a voice, from a public voice to an origin.
//  - at_least: the most paths, no two sharing a unit, from a directly heard attribution or an
//    implied relay to a first-hand origin, without stubs; without own-name attributions of ASSERTS
//    (DENIES) whose voice has a DENIES (ASSERTS) of its own name that counts and is certainly
//    later; and with no two origins that might be the same people: two ANONYMOUS voices, or an
//    ANONYMOUS one and one with a PERSON in it, unless a source of one is known to be distinct from
//    a source of the other.
// As a path may be cut at its last member that may begin one, it is enough to look at paths inside
// one document, and for at_most at those whose only public voice is the first.
//
// Complexity: O((attributions + citations) log) for all but the lines, for which see lines.h.
#ifndef HEADWATER_PROVENANCE_ASSESSMENT_H_
#define HEADWATER_PROVENANCE_ASSESSMENT_H_

#include <cstdint>
#include <vector>

#include "provenance/case.h"

namespace headwater::provenance {

enum class VoiceKind : uint8_t { kPublic, kAnonymous, kEvidence };

struct Voice {
  VoiceKind kind = VoiceKind::kPublic;
  Index unit = 0;              // voices of one unit have the same number
  bool holds_person = false;   // one of its sources is a PERSON
  std::vector<Index> sources;  // ascending
};

enum class StepKind : uint8_t {
  kAttribution,   // index: of Case::attributions
  kImpliedRelay,  // index: of Case::documents, whose publisher relays
  kStub,          // index: of Case::sources
};

struct Step {
  StepKind kind = StepKind::kAttribution;
  Index index = 0;
  friend auto operator<=>(const Step&, const Step&) = default;
};

// From the one that opens it to its origin.
using Line = std::vector<Step>;

struct Lines {
  uint32_t count = 0;
  bool exact = true;        // else at_least may be more, at_most fewer
  std::vector<Line> shown;  // that many of them; of an inexact at_most as many as were found
};

enum class OriginKind : uint8_t { kFirstHand, kNotRecorded, kStub };

struct Origin {
  Step step;
  OriginKind kind = OriginKind::kNotRecorded;
  friend auto operator<=>(const Origin&, const Origin&) = default;
};

// What is on record for one stance. All that is named counts.
struct StanceAssessment {
  v1::Stance stance = v1::STANCE_UNSPECIFIED;
  std::vector<Index> own_name;  // attributions, ascending
  std::vector<Index> relaying;  // attributions, ascending
  std::vector<Origin> origins;  // ascending, each once; of stubs one a source
  Lines at_least;
  Lines at_most;
  std::vector<Index> chokepoints;  // voices on every path of at_most, ascending; none without paths
  bool loop = false;               // attributions that count rest on one another in a circle for it
  bool anonymous_only = false;     // at_most is not 0, and all origins on its paths are ANONYMOUS
  // Of those above: the one whose own date ends first, among those that end; of equals the one
  // recorded first.
  Index first_said = kNone;
  Index first_recorded = kNone;
};

inline constexpr size_t kMostRested = 1000;

// What no longer counts, and those who speak on its word.
struct Severed {
  Step step;  // an attribution that is removed and, if deleted, cited by one that counts; or the
              // stub of a severed citation by one that counts
  std::vector<Index> rested;  // attributions that count and cite it, ascending; at most kMostRested
};

enum class Standing : uint8_t {
  kNoStanding,  // not of a FACT
  kNotAsserted,
  kCircular,
  kOriginLost,
  kOriginNotRecorded,
  kSingleLine,
  kSeveralLines,
};

struct Flags {
  bool also_denied = false;
  bool denied_not_asserted = false;
  bool anonymous_only = false;
  bool asked = false;
  bool doubted = false;
  bool hedge_dropped = false;
  bool source_retracted = false;
  bool contradicted = false;
  friend bool operator==(const Flags&, const Flags&) = default;
};

struct Assessment {
  std::vector<Voice> voices;
  std::vector<Index> voice_of;            // each source's
  std::vector<StanceAssessment> stances;  // ASSERTS, DENIES, DOUBTS, ASKS, NO_COMMENT
  // Groups of two or more attributions that count and whose recorded citations, of whatever stance,
  // lead from each to each; ascending by their first, each ascending.
  std::vector<std::vector<Index>> loops;
  std::vector<Severed> severed;      // by step, ascending
  std::vector<Index> heard_through;  // voices that publish what tells those that count, ascending
  Standing standing = Standing::kNoStanding;
  // On ASSERTS and DENIES, "asserted" meaning that an attribution that counts carries it:
  //  denied: an own-name denial counts, or a stub of a denial does. ALSO_DENIED: asserted too.
  //  ASKED, DOUBTED: an attribution that counts carries it.
  //  HEDGE_DROPPED: a RELAYS that counts lacks a hedge of an attribution that counts and that it
  //  rests on for ASSERTS. SOURCE_RETRACTED: an attribution that carries ASSERTS, not deleted, was
  //  retracted or corrected, itself or with its document.
  Flags flags;
};

Assessment Assess(const Case& a_case);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_ASSESSMENT_H_
