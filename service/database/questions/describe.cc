#include "database/questions/describe.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "database/questions/words.h"

namespace headwater::database {
namespace {

using provenance::AttributionFact;
using provenance::Index;
using provenance::Step;

// How many of each list are shown; assessment.proto says so.
constexpr size_t kMostListed = 100;
constexpr size_t kMostLines = 20;
constexpr size_t kMostLoops = 20;
constexpr size_t kMostOthers = 20;
constexpr size_t kMostRestedShown = 20;
constexpr size_t kMostSteps = 100;

class Describer {
 public:
  Describer(const Weighed& weighed, v1::Assessment* out)
      : weighed_(weighed), case_(weighed.a_case()), assessed_(weighed.assessment), out_(*out) {}

  void Run() {
    for (const std::string& claim : case_.claims) out_.add_claims(absl::StrCat("claims/", claim));
    out_.set_claim(out_.claims(0));
    out_.set_text(weighed_.gathered.text);
    out_.set_published_until(weighed_.published_until);
    out_.set_standing(static_cast<v1::Standing>(assessed_.standing));
    for (std::string& reason : ReasonsOf(weighed_)) out_.add_reasons(std::move(reason));
    AddFlags();
    for (const provenance::StanceAssessment& stance : assessed_.stances) AddStance(stance);
    AddLoops();
    AddSevered();
    Cut(assessed_.heard_through, kMostListed,
        [&](Index voice) { Voice(voice, out_.add_heard_through()); });
    out_.set_heard_through_count(Size(assessed_.heard_through));
    AddLater();
    for (size_t i = 0; i < case_.contradicting.size(); ++i) {
      v1::ContradictingClaim* claim = out_.add_contradicting();
      claim->set_claim(absl::StrCat("claims/", case_.contradicting[i].id));
      claim->set_text(weighed_.gathered.contradicting[i]);
      claim->set_asserted(case_.contradicting[i].asserted);
    }
    const Gathered& gathered = weighed_.gathered;
    for (const Neighbour& neighbour : gathered.wider) Beside(neighbour, out_.add_wider());
    for (const Neighbour& neighbour : gathered.narrower) Beside(neighbour, out_.add_narrower());
    out_.set_wider_count(static_cast<int32_t>(gathered.wider_count));
    out_.set_narrower_count(static_cast<int32_t>(gathered.narrower_count));
  }

 private:
  template <class List>
  static int32_t Size(const List& list) {
    return static_cast<int32_t>(list.size());
  }
  // Calls `add` with the list's first items.
  template <class List, class Add>
  static void Cut(const List& list, size_t most, const Add& add) {
    for (size_t i = 0; i < list.size() && i < most; ++i) add(list[i]);
  }

  const std::string& SourceId(Index source) const { return case_.sources[source].id; }
  std::string AttributionName(const AttributionFact& attribution) const {
    return absl::StrCat("claims/", case_.claims[attribution.claim], "/attributions/",
                        attribution.id);
  }

  // Sets source and display_name, which many messages have.
  template <class Message>
  void Source(Index source, Message* out) const {
    out->set_source(absl::StrCat("sources/", SourceId(source)));
    out->set_display_name(weighed_.gathered.sources[source].name);
    if constexpr (requires { out->set_source_kind(v1::SOURCE_KIND_UNSPECIFIED); })
      out->set_source_kind(case_.sources[source].kind);
  }

  void Attribution(Index index, v1::AssessedAttribution* out) const {
    Attribution(case_.attributions[index], weighed_.gathered.attributions[index], out);
  }
  void Attribution(const AttributionFact& attribution, const AttributionWords& words,
                   v1::AssessedAttribution* out) const {
    out->set_attribution(AttributionName(attribution));
    Source(attribution.source, out);
    out->set_document(absl::StrCat("documents/", case_.documents[attribution.document].id));
    out->set_said_date(words.said);
    out->set_published_date(weighed_.gathered.documents[attribution.document].published);
    out->set_recorded_sequence(static_cast<int64_t>(attribution.recorded));
  }

  void Voice(Index voice, v1::AssessedVoice* out) const {
    const Index face = weighed_.faces[voice];
    Source(face, out);
    const std::vector<Index>& sources = assessed_.voices[voice].sources;
    out->set_other_count(Size(sources) - 1);
    for (Index source : sources) {
      if (source == face) continue;
      if (static_cast<size_t>(out->others_size()) == kMostOthers) break;
      out->add_others(absl::StrCat("sources/", SourceId(source)));
    }
  }

  static void Beside(const Neighbour& neighbour, v1::NeighbouringClaim* out) {
    out->set_claim(absl::StrCat("claims/", neighbour.id));
    out->set_text(neighbour.text);
    if (neighbour.asserted.count > 0) Stance(neighbour.asserted, out->mutable_asserted());
    if (neighbour.denied.count > 0) Stance(neighbour.denied, out->mutable_denied());
    if (neighbour.asked.count > 0) Stance(neighbour.asked, out->mutable_asked());
  }

  static void Stance(const NeighbourStance& stance, v1::NeighbouringStance* out) {
    out->set_speaker_count(static_cast<int32_t>(stance.count));
    for (const NeighbourStance::Speaker& speaker : stance.speakers) {
      v1::NeighbouringSpeaker* const said = out->add_speakers();
      said->set_source(absl::StrCat("sources/", speaker.source));
      said->set_display_name(speaker.name);
      said->set_source_kind(speaker.kind);
      said->set_attribution(speaker.attribution);
      said->set_date(speaker.date);
    }
  }

  void AddFlags() {
    for (v1::FlagKind kind : FlagsIn(assessed_.flags)) {
      v1::Flag* flag = out_.add_flags();
      flag->set_kind(kind);
      flag->set_reason(FlagReason(weighed_, kind));
    }
  }

  void AddStance(const provenance::StanceAssessment& stance) {
    if (stance.stance != v1::STANCE_ASSERTS && stance.own_name.empty() && stance.relaying.empty())
      return;
    v1::StanceAssessment* out = out_.add_stances();
    out->set_stance(stance.stance);
    Cut(stance.own_name, kMostListed, [&](Index i) { Attribution(i, out->add_own_name()); });
    out->set_own_name_count(Size(stance.own_name));
    Cut(stance.relaying, kMostListed, [&](Index i) { Attribution(i, out->add_relaying()); });
    out->set_relaying_count(Size(stance.relaying));
    out->set_voice_count(static_cast<int32_t>(VoicesOf(weighed_, stance).size()));
    Cut(stance.origins, kMostListed,
        [&](const provenance::Origin& origin) { Origin(origin, out->add_origins()); });
    out->set_origin_count(Size(stance.origins));
    AddLines(stance, out->mutable_lines());
    Cut(stance.chokepoints, kMostListed, [&](Index i) { Voice(i, out->add_chokepoints()); });
    out->set_chokepoint_count(Size(stance.chokepoints));
    out->set_loop(stance.loop);
    if (stance.first_said != provenance::kNone)
      Attribution(stance.first_said, out->mutable_first_said());
    if (stance.first_recorded != provenance::kNone)
      Attribution(stance.first_recorded, out->mutable_first_recorded());
  }

  void Origin(const provenance::Origin& origin, v1::Origin* out) const {
    out->set_kind(static_cast<v1::OriginKind>(static_cast<int>(origin.kind) + 1));
    if (origin.step.kind == provenance::StepKind::kAttribution)
      out->set_attribution(AttributionName(case_.attributions[origin.step.index]));
    Source(weighed_.SourceOf(origin.step), out);
  }

  void AddLines(const provenance::StanceAssessment& stance, v1::Lines* out) const {
    out->set_at_least(static_cast<int32_t>(stance.at_least.count));
    out->set_at_most(static_cast<int32_t>(stance.at_most.count));
    out->set_at_least_exact(stance.at_least.exact);
    out->set_at_most_exact(stance.at_most.exact);
    Cut(stance.at_least.shown, kMostLines,
        [&](const provenance::Line& line) { Line(line, out->add_at_least_lines()); });
    Cut(stance.at_most.shown, kMostLines,
        [&](const provenance::Line& line) { Line(line, out->add_at_most_lines()); });
  }

  void Line(const provenance::Line& line, v1::Line* out) const {
    out->set_step_count(Size(line));
    for (size_t i = 0; i < line.size(); ++i) {
      const bool cut = i >= kMostSteps / 2 && i + kMostSteps / 2 < line.size();
      if (!cut) LineStep(line[i], out->add_steps());
    }
  }

  void LineStep(const Step& step, v1::LineStep* out) const {
    using Kind = provenance::StepKind;
    out->set_kind(static_cast<v1::StepKind>(static_cast<int>(step.kind) + 1));
    Source(weighed_.SourceOf(step), out);
    Index document = step.index;
    if (step.kind == Kind::kAttribution) {
      const AttributionFact& attribution = case_.attributions[step.index];
      out->set_attribution(AttributionName(attribution));
      document = attribution.document;
    }
    if (step.kind != Kind::kStub)
      out->set_document(absl::StrCat("documents/", case_.documents[document].id));
  }

  void AddLoops() {
    Cut(assessed_.loops, kMostLoops, [&](const std::vector<Index>& loop) {
      v1::AssessedLoop* out = out_.add_loops();
      Cut(loop, kMostListed, [&](Index i) { Attribution(i, out->add_attributions()); });
      out->set_attribution_count(Size(loop));
    });
    out_.set_loop_count(Size(assessed_.loops));
  }

  void AddSevered() {
    Cut(assessed_.severed, kMostListed, [&](const provenance::Severed& severed) {
      v1::SeveredVoice* out = out_.add_severed();
      Source(weighed_.SourceOf(severed.step), out);
      if (severed.step.kind == provenance::StepKind::kAttribution) {
        out->set_attribution(AttributionName(case_.attributions[severed.step.index]));
        out->set_by_source(IsTakenBack(case_, case_.attributions[severed.step.index]));
      }
      Cut(severed.rested, kMostRestedShown, [&](Index i) { Attribution(i, out->add_rested()); });
      out->set_rested_count(Size(severed.rested));
    });
    out_.set_severed_count(Size(assessed_.severed));
  }

  void AddLater() {
    for (size_t i = 0; i < weighed_.perhaps_later.size(); ++i) {
      Attribution(weighed_.perhaps_later[i], weighed_.perhaps_later_words[i],
                  out_.add_perhaps_later());
    }
    out_.set_perhaps_later_count(static_cast<int32_t>(weighed_.perhaps_later_count));
    out_.set_later_count(static_cast<int32_t>(weighed_.later_count));
  }

  const Weighed& weighed_;
  const provenance::Case& case_;
  const provenance::Assessment& assessed_;
  v1::Assessment& out_;
};

}  // namespace

void Describe(const Weighed& weighed, v1::Assessment* out) { Describer(weighed, out).Run(); }

}  // namespace headwater::database
