#include "database/questions/words.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "database/questions/words_standing.h"

namespace headwater::database {
namespace {

using provenance::Index;

// The most of what is alike that is told one by one.
constexpr size_t kMostTold = 5;

class Beside {
 public:
  explicit Beside(const Weighed& weighed) : weighed_(weighed), names_(weighed) {}

  std::vector<std::string> Run() {
    Carriers();
    Bounds();
    HeardThrough();
    Loops();
    Severed();
    Neighbours("wider", weighed_.gathered.wider);
    Neighbours("narrower", weighed_.gathered.narrower);
    Others();
    return std::move(sentences_);
  }

 private:
  template <class... Parts>
  void Say(const Parts&... parts) {
    sentences_.push_back(absl::StrCat(parts..., "."));
  }

  void Carriers() {
    const provenance::StanceAssessment& asserts = weighed_.stance(v1::STANCE_ASSERTS);
    const size_t all = VoicesOf(weighed_, asserts).size();
    provenance::StanceAssessment own;
    own.own_name = asserts.own_name;
    const size_t own_name = VoicesOf(weighed_, own).size();
    if (all < 2) return;
    if (own_name == all) return Say(all, " voices say so in their own names");
    if (own_name == 0) return Say(all, " voices pass it on, none in its own name");
    Say(all, " voices carry it: ", own_name, own_name == 1 ? " says" : " say", " so in ",
        own_name == 1 ? "its own name" : "their own names", " and ", all - own_name,
        all - own_name == 1 ? " passes" : " pass", " it on");
  }

  void Bounds() {
    const provenance::StanceAssessment& asserts = weighed_.stance(v1::STANCE_ASSERTS);
    const uint32_t least = asserts.at_least.count;
    const uint32_t most = asserts.at_most.count;
    if (least < most) {
      Say(least == 0 ? "No line" : absl::StrCat("At least ", least), least == 0 ? "" : " and",
          least == 0 ? " to first-hand knowledge is proved, and at most " : " at most ", most,
          most == 1 ? " line leads" : " lines, independent of each other, lead", " to an origin");
    }
    if (!asserts.at_least.exact)
      Say("There may be more lines than the ", least,
          " that were counted: too many unnamed people "
          "may be the same to try every choice");
    if (!asserts.at_most.exact)
      Say("There may be fewer lines than ", most, ": the record is too tangled to rule them out");
  }

  void HeardThrough() {
    std::vector<Index> publishers;
    for (Index voice : weighed_.assessment.heard_through)
      publishers.push_back(weighed_.faces[voice]);
    if (publishers.empty()) return;
    Say("It was heard ", publishers.size() == 1 ? "only " : "", "through ",
        names_.List(publishers));
  }

  void Loops() {
    const auto& loops = weighed_.assessment.loops;
    for (size_t i = 0; i < loops.size() && i < kMostTold; ++i) {
      const std::vector<Index> sources = SourcesOf(weighed_, loops[i]);
      Say("The citations of ", names_.List(sources),
          " lead back to each other, so their number adds nothing");
    }
    if (loops.size() > kMostTold)
      Say(Counted(loops.size() - kMostTold, "more circle", "more circles"),
          " of citations lead back to themselves");
  }

  void Severed() {
    const auto& all = weighed_.assessment.severed;
    for (size_t i = 0; i < all.size() && i < kMostTold; ++i) {
      const Index source = weighed_.SourceOf(all[i].step);
      const bool by_source =
          all[i].step.kind == provenance::StepKind::kAttribution &&
          IsTakenBack(weighed_.a_case(), weighed_.a_case().attributions[all[i].step.index]);
      const std::vector<Index> rested = SourcesOf(weighed_, all[i].rested);
      Say("What ", names_.Of(source), " said was ",
          by_source ? "taken back by the source" : "withdrawn or deleted from the record",
          rested.empty() ? ""
                         : absl::StrCat("; ", names_.List(rested), " spoke on the word of it"));
    }
    if (all.size() > kMostTold)
      Say(Counted(all.size() - kMostTold, "more statement was", "more statements were"),
          " withdrawn or deleted");
  }

  // What is said of claims that say more, or less, where anybody speaks of them.
  void Neighbours(absl::string_view which, const std::vector<Neighbour>& neighbours) {
    size_t told = 0;
    for (const Neighbour& neighbour : neighbours) {
      std::vector<std::string> clauses;
      if (neighbour.asserted.count > 0)
        clauses.push_back(absl::StrCat("asserted by ", Speakers(neighbour.asserted)));
      if (neighbour.denied.count > 0)
        clauses.push_back(absl::StrCat("denied by ", Speakers(neighbour.denied)));
      if (neighbour.asked.count > 0)
        clauses.push_back(absl::StrCat("asked about by ", Speakers(neighbour.asked)));
      if (clauses.empty() || told == kMostTold) continue;
      ++told;
      Say("The ", which, " claim “", neighbour.text, "”",
          neighbour.asserted.count > 0 ? "" : ", which nobody recorded here asserts,", " is ",
          AndList(clauses));
    }
  }

  // "Nvidia (2025-08-06), three people (unnamed) and 4 more"
  static std::string Speakers(const NeighbourStance& stance) {
    std::vector<std::string> names;
    for (const NeighbourStance::Speaker& speaker : stance.speakers) {
      names.push_back(
          absl::StrCat(speaker.name, speaker.kind == v1::SOURCE_KIND_ANONYMOUS ? " (unnamed)" : "",
                       speaker.date.empty() ? "" : absl::StrCat(" (", speaker.date, ")")));
    }
    const size_t more = stance.count - names.size();
    if (more == 0) return AndList(names);
    return absl::StrCat(absl::StrJoin(names, ", "), " and ", more, " more");
  }

  void Others() {
    const size_t same = weighed_.a_case().claims.size() - 1;
    if (same > 0)
      Say(Counted(same, "other claim that says", "other claims that say"), " the same ",
          same == 1 ? "is" : "are", " weighed with it");
    if (weighed_.published_until.empty()) return;
    const size_t perhaps = weighed_.perhaps_later_count;
    Say("This is what was published by ", weighed_.published_until, ": ",
        Counted(weighed_.later_count, "later attribution is", "later attributions are"),
        " left out, and ", perhaps, " more that may be later");
  }

  const Weighed& weighed_;
  const Names names_;
  std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> ReasonsOf(const Weighed& weighed) {
  std::vector<std::string> reasons = {StandingReason(weighed)};
  for (std::string& sentence : Beside(weighed).Run()) reasons.push_back(std::move(sentence));
  return reasons;
}

std::vector<Index> VoicesOf(const Weighed& weighed, const provenance::StanceAssessment& stance) {
  std::set<Index> voices;
  for (const std::vector<Index>* list : {&stance.own_name, &stance.relaying}) {
    for (Index source : SourcesOf(weighed, *list))
      voices.insert(weighed.assessment.voice_of[source]);
  }
  return {voices.begin(), voices.end()};
}

std::vector<Index> SourcesOf(const Weighed& weighed, const std::vector<Index>& attributions) {
  std::vector<Index> sources;
  for (Index i : attributions) sources.push_back(weighed.a_case().attributions[i].source);
  return sources;
}

bool IsTakenBack(const provenance::Case& a_case, const provenance::AttributionFact& attribution) {
  const auto by_source = [](provenance::Taken taken) {
    return taken == provenance::Taken::kRetracted || taken == provenance::Taken::kCorrected;
  };
  return by_source(attribution.taken) || by_source(a_case.documents[attribution.document].taken);
}

}  // namespace headwater::database
