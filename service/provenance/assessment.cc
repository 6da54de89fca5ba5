#include "provenance/assessment.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "provenance/lines.h"
#include "provenance/settled.h"
#include "provenance/standing.h"

namespace headwater::provenance {
namespace {

constexpr v1::Stance kStances[] = {v1::STANCE_ASSERTS, v1::STANCE_DENIES, v1::STANCE_DOUBTS,
                                   v1::STANCE_ASKS, v1::STANCE_NO_COMMENT};

// By component, those of two or more attributions.
std::vector<std::vector<Index>> LoopsOf(const std::vector<size_t>& component,
                                        const std::vector<bool>& in) {
  std::map<size_t, std::vector<Index>> groups;
  for (Index i = 0; i < in.size(); ++i) {
    if (in[i]) groups[component[i]].push_back(i);
  }
  std::vector<std::vector<Index>> loops;
  for (auto& [number, group] : groups) {
    if (group.size() > 1) loops.push_back(std::move(group));
  }
  std::sort(loops.begin(), loops.end());
  return loops;
}

class Assessor {
 public:
  explicit Assessor(const Case& a_case) : case_(a_case), settled_(Settle(a_case)) {}

  Assessment Run() {
    assessment_.loops =
        LoopsOf(CitationComponents(settled_.citations.all, settled_.counts), settled_.counts);
    for (v1::Stance stance : kStances) AssessStance(stance);
    FindHeardThrough();
    FindSevered();
    assessment_.standing = StandingOf(case_.nature, assessment_.stances[0]);
    assessment_.flags = FlagsOf(case_, settled_, assessment_.stances);
    assessment_.voices = std::move(settled_.voices.voices);
    assessment_.voice_of = std::move(settled_.voices.voice_of);
    return std::move(assessment_);
  }

 private:
  void AssessStance(v1::Stance stance) {
    StanceAssessment& out = assessment_.stances.emplace_back();
    out.stance = stance;
    const Stances bit = BitOf(stance);
    for (Index i = 0; i < case_.attributions.size(); ++i) {
      if (!settled_.counts[i] || (settled_.carries[i] & bit) == 0) continue;
      (OwnStance(case_.attributions[i]) == bit ? out.own_name : out.relaying).push_back(i);
      NoteFirst(i, &out);
    }
    if (out.own_name.empty() && out.relaying.empty()) return;
    FindLines(case_, settled_, &out);
    out.loop = HasLoop(bit);
  }

  void NoteFirst(Index i, StanceAssessment* out) const {
    const auto recorded = [&](Index a) { return std::tuple(case_.attributions[a].recorded, a); };
    if (out->first_recorded == kNone || recorded(i) < recorded(out->first_recorded))
      out->first_recorded = i;
    if (!settled_.own_dates[i].known()) return;
    const auto said = [&](Index a) {
      return std::tuple(settled_.own_dates[a].latest, recorded(a));
    };
    if (out->first_said == kNone || said(i) < said(out->first_said)) out->first_said = i;
  }

  // Whether some rest on each other for the stance; they would be in a loop anyway.
  bool HasLoop(Stances bit) const {
    if (assessment_.loops.empty()) return false;
    std::vector<bool> carriers(settled_.counts);
    for (size_t i = 0; i < carriers.size(); ++i)
      carriers[i] = carriers[i] && (settled_.carries[i] & bit) != 0;
    return !LoopsOf(CitationComponents(settled_.citations.all, carriers, bit), carriers).empty();
  }

  void FindHeardThrough() {
    std::set<Index> publishers;
    for (Index i = 0; i < case_.attributions.size(); ++i) {
      if (settled_.counts[i]) publishers.insert(settled_.publisher[case_.attributions[i].document]);
    }
    assessment_.heard_through.assign(publishers.begin(), publishers.end());
  }

  // Who cites a node, through prefixes too: at most kMostRested that count, ascending.
  std::vector<Index> Citers(const Graph& citing, Index cited) const {
    std::vector<Index> nodes = {cited};
    std::set<Index> citers;
    for (size_t k = 0; k < nodes.size(); ++k) {
      for (const Graph::Edge& edge : citing[nodes[k]]) {
        if (edge.to >= case_.attributions.size()) {
          nodes.push_back(edge.to);
        } else if (settled_.counts[edge.to]) {
          citers.insert(edge.to);
        }
      }
    }
    std::vector<Index> listed(citers.begin(), citers.end());
    if (listed.size() > kMostRested) listed.resize(kMostRested);
    return listed;
  }

  void FindSevered() {
    const Graph citing = settled_.citations.all.Reversed();
    for (Index i = 0; i < case_.attributions.size(); ++i) {
      if (settled_.counts[i]) continue;
      std::vector<Index> rested = Citers(citing, i);
      if (case_.attributions[i].deleted && rested.empty()) continue;
      assessment_.severed.push_back({{StepKind::kAttribution, i}, std::move(rested)});
    }
    std::map<Index, std::set<Index>> stubs;
    for (const Stub& stub : settled_.citations.stubs) {
      if (stub.severed && settled_.counts[stub.citing]) stubs[stub.source].insert(stub.citing);
    }
    for (auto& [source, citing_it] : stubs) {
      std::vector<Index> rested(citing_it.begin(), citing_it.end());
      if (rested.size() > kMostRested) rested.resize(kMostRested);
      assessment_.severed.push_back({{StepKind::kStub, source}, std::move(rested)});
    }
  }

  const Case& case_;
  Settled settled_;
  Assessment assessment_;
};

}  // namespace

Assessment Assess(const Case& a_case) { return Assessor(a_case).Run(); }

}  // namespace headwater::provenance
