#include "database/questions/words_standing.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "database/questions/words.h"

namespace headwater::database {
namespace {

using provenance::Index;
using provenance::Origin;
using provenance::OriginKind;
using provenance::Standing;

constexpr size_t kMostChains = 5;

class Teller {
 public:
  explicit Teller(const Weighed& weighed)
      : weighed_(weighed), asserts_(weighed.stance(v1::STANCE_ASSERTS)), names_(weighed) {}

  std::string Tell() const {
    switch (weighed_.assessment.standing) {
      case Standing::kNoStanding:
        return NoStanding();
      case Standing::kNotAsserted:
        return NotAsserted();
      case Standing::kCircular:
        return Circular();
      case Standing::kOriginLost:
        return OriginLost();
      case Standing::kOriginNotRecorded:
        return IsOneTree() ? OneOrigin() : NoFirstHand();
      case Standing::kSingleLine:
        return IsOneTree() ? OneOrigin() : OneLine();
      case Standing::kSeveralLines:
        return SeveralLines();
    }
    return "";
  }

 private:
  bool IsAsserted() const { return !asserts_.own_name.empty() || !asserts_.relaying.empty(); }

  std::string NoStanding() const {
    const bool prediction = weighed_.a_case().nature == v1::CLAIM_NATURE_PREDICTION;
    const std::string nature = prediction
                                   ? "This is a prediction: it has no standing until it shows."
                                   : "This is an opinion: it is held or not, and has no "
                                     "standing.";
    return IsAsserted() ? nature : absl::StrCat(NotAsserted(), " ", nature);
  }

  // "Nobody recorded here asserts it; Nvidia denies it."
  std::string NotAsserted() const {
    std::vector<std::string> clauses = {"Nobody recorded here asserts it"};
    const auto add = [&](v1::Stance stance, const char* one, const char* many) {
      const provenance::StanceAssessment& taken = weighed_.stance(stance);
      std::vector<Index> sources =
          SourcesOf(weighed_, taken.own_name.empty() ? taken.relaying : taken.own_name);
      if (sources.empty()) return;
      clauses.push_back(absl::StrCat(
          names_.List(sources), " ", taken.own_name.empty() ? "passed on that others " : "",
          taken.own_name.empty() || names_.ArePlural(sources) ? many : one));
    };
    add(v1::STANCE_DENIES, "denies it", "deny it");
    add(v1::STANCE_DOUBTS, "doubts it", "doubt it");
    add(v1::STANCE_ASKS, "asks whether it is so", "ask whether it is so");
    add(v1::STANCE_NO_COMMENT, "does not comment", "do not comment");
    return absl::StrCat(absl::StrJoin(clauses, "; "), ".");
  }

  std::string Circular() const {
    std::vector<Index> sources;
    for (const std::vector<Index>& loop : weighed_.assessment.loops) {
      for (Index source : SourcesOf(weighed_, loop)) sources.push_back(source);
    }
    return absl::StrCat(names_.List(sources),
                        " speak on each other's word: their citations go round in a circle and "
                        "lead to no origin.");
  }

  std::string OriginLost() const {
    std::vector<Index> lost;
    for (const provenance::Severed& severed : weighed_.assessment.severed) {
      if (!severed.rested.empty()) lost.push_back(weighed_.SourceOf(severed.step));
    }
    const std::string why = lost.empty() ? "."
                                         : absl::StrCat(": the word of ", names_.List(lost),
                                                        " was withdrawn or deleted.");
    const std::vector<Index> left = Carriers();
    // Whoever says it in its own name and was heard through others alone is heard no more.
    if (!asserts_.own_name.empty()) {
      return absl::StrCat("Of those who say it, ", names_.List(left),
                          names_.ArePlural(left) ? " are" : " is",
                          " left on record, and no line leads to where it began any more", why);
    }
    return absl::StrCat(names_.List(left), names_.ArePlural(left) ? " pass" : " passes",
                        " it on, and what ", names_.ArePlural(left) ? "they" : "it",
                        " rested on no longer stands", why);
  }

  std::vector<Index> Carriers() const {
    std::vector<Index> carriers = SourcesOf(weighed_, asserts_.own_name);
    for (Index source : SourcesOf(weighed_, asserts_.relaying)) carriers.push_back(source);
    return carriers;
  }

  // Whether all who carry it rest on one origin, so that a sentence about all of them holds.
  bool IsOneTree() const {
    const std::set<Index> origins = OriginVoices(asserts_.origins);
    return origins.size() == 1 && asserts_.origins.size() == 1 &&
           weighed_.assessment.loops.empty() && weighed_.assessment.severed.empty() &&
           (asserts_.origins.front().kind != OriginKind::kFirstHand || asserts_.at_least.count > 0);
  }

  std::set<Index> OriginVoices(const std::vector<Origin>& origins) const {
    std::set<Index> voices;
    for (const Origin& origin : origins)
      voices.insert(weighed_.assessment.voice_of[weighed_.SourceOf(origin.step)]);
    return voices;
  }

  // "Both outlets, A and B, speak on the word of three people (unnamed), through C."
  std::string OneOrigin() const {
    const Origin& origin = asserts_.origins.front();
    const Index source = weighed_.SourceOf(origin.step);
    const Index voice = weighed_.assessment.voice_of[source];
    std::vector<Index> through;
    for (Index choke : asserts_.chokepoints) {
      if (choke != voice) through.push_back(choke);
    }
    std::vector<Index> speakers;
    for (Index other : VoicesOf(weighed_, asserts_)) {
      if (other == voice) continue;
      if (std::find(through.begin(), through.end(), other) == through.end())
        speakers.push_back(other);
    }
    if (speakers.empty() && AreCarriers(through)) std::swap(speakers, through);
    const std::string way =
        through.empty() ? "" : absl::StrCat(", through ", names_.List(Faces(through)));
    if (speakers.empty()) return absl::StrCat(AloneSays(origin, source), way, ".");
    const bool plural = names_.ArePlural(Faces(speakers));
    return absl::StrCat(Subject(speakers), plural ? " speak" : " speaks", " on the word of ",
                        names_.Of(source), OriginRemark(origin, source, way), ".");
  }

  bool AreCarriers(const std::vector<Index>& voices) const {
    const std::vector<Index> carriers = VoicesOf(weighed_, asserts_);
    return std::all_of(voices.begin(), voices.end(), [&](Index voice) {
      return std::binary_search(carriers.begin(), carriers.end(), voice);
    });
  }

  std::vector<Index> Faces(const std::vector<Index>& voices) const {
    std::vector<Index> faces;
    for (Index voice : voices) faces.push_back(weighed_.faces[voice]);
    return faces;
  }

  // "All 3 outlets, A, B and C,"
  std::string Subject(const std::vector<Index>& voices) const {
    const std::vector<Index> faces = Faces(voices);
    const std::string list = names_.List(faces);
    if (faces.size() < 2) return list;
    const bool outlets = std::all_of(faces.begin(), faces.end(), [&](Index source) {
      const v1::SourceKind kind = weighed_.a_case().sources[source].kind;
      return kind == v1::SOURCE_KIND_NEWS_OUTLET || kind == v1::SOURCE_KIND_NEWS_AGENCY;
    });
    const char* noun = outlets ? " outlets, " : " voices, ";
    return absl::StrCat(faces.size() == 2 ? "Both" : absl::StrCat("All ", faces.size()), noun, list,
                        ",");
  }

  // Of an origin that nobody else passes on.
  std::string AloneSays(const Origin& origin, Index source) const {
    const bool plural = names_.ArePlural({source});
    return absl::StrCat(names_.Of(source), plural ? " say" : " says",
                        origin.kind == OriginKind::kFirstHand
                            ? " so first-hand"
                            : absl::StrCat(plural ? " so and do not say how they know"
                                                  : " so and does not say how it is known"));
  }

  // What stands after an origin's name, with the way to it.
  std::string OriginRemark(const Origin& origin, Index source, const std::string& way) const {
    const bool plural = names_.ArePlural({source});
    switch (origin.kind) {
      case OriginKind::kNotRecorded:
        return absl::StrCat(way, plural ? "; they do not say how they know"
                                        : "; how it is known there is not said");
      case OriginKind::kStub:
        return absl::StrCat(way, "; that word itself is not on record");
      default:
        return way;
    }
  }

  // What keeps the origins from being lines that are proved.
  std::vector<std::string> Doubts() const {
    std::vector<Index> silent, stubs, contrary, unnamed;
    const std::vector<Index> deniers =
        SourcesOf(weighed_, weighed_.stance(v1::STANCE_DENIES).own_name);
    for (const Origin& origin : asserts_.origins) {
      const Index source = weighed_.SourceOf(origin.step);
      if (origin.kind == OriginKind::kNotRecorded) silent.push_back(source);
      if (origin.kind == OriginKind::kStub) stubs.push_back(source);
      if (origin.kind != OriginKind::kFirstHand) continue;
      const auto same_voice = [&](Index other) {
        return weighed_.assessment.voice_of[other] == weighed_.assessment.voice_of[source];
      };
      if (std::any_of(deniers.begin(), deniers.end(), same_voice)) contrary.push_back(source);
      if (weighed_.a_case().sources[source].kind == v1::SOURCE_KIND_ANONYMOUS)
        unnamed.push_back(source);
    }
    std::vector<std::string> doubts;
    if (!silent.empty())
      doubts.push_back(absl::StrCat(names_.List(silent), names_.ArePlural(silent)
                                                             ? " do not say how they know"
                                                             : " does not say how it is known"));
    if (!stubs.empty())
      doubts.push_back(absl::StrCat(names_.List(stubs), names_.ArePlural(stubs) ? " are" : " is",
                                    " cited and not on record"));
    if (!contrary.empty())
      doubts.push_back(absl::StrCat(names_.List(contrary), " said the contrary too"));
    if (unnamed.size() > 1)
      doubts.push_back(absl::StrCat(names_.List(unnamed), " may be the same people"));
    return doubts;
  }

  std::string NoFirstHand() const {
    const std::vector<std::string> doubts = Doubts();
    return absl::StrCat("It is asserted, and no line to first-hand knowledge is proved",
                        doubts.empty() ? "" : ": ", absl::StrJoin(doubts, "; "), ".");
  }

  std::string OneLine() const {
    std::string text = absl::StrCat("One line leads to first-hand knowledge: ",
                                    names_.Chain(asserts_.at_least.shown.front()), ".");
    if (asserts_.at_most.count < 2) return text;
    const std::vector<std::string> doubts = Doubts();
    return absl::StrCat(text, " It is not proved that another is independent of it",
                        doubts.empty() ? "" : ": ", absl::StrJoin(doubts, "; "), ".");
  }

  std::string SeveralLines() const {
    std::vector<std::string> chains;
    for (const provenance::Line& line : asserts_.at_least.shown) {
      if (chains.size() == kMostChains) break;
      chains.push_back(names_.Chain(line));
    }
    const size_t more = asserts_.at_least.count - chains.size();
    return absl::StrCat(asserts_.at_least.count,
                        " lines, independent of each other, lead to first-hand knowledge: ",
                        absl::StrJoin(chains, "; "),
                        more > 0 ? absl::StrCat("; and ", more, " more") : "", ".");
  }

  const Weighed& weighed_;
  const provenance::StanceAssessment& asserts_;
  const Names names_;
};

}  // namespace

std::string StandingReason(const Weighed& weighed) { return Teller(weighed).Tell(); }

}  // namespace headwater::database
