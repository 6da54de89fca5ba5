#include "database/questions/stale.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "database/questions/claim_state.h"
#include "database/questions/gather.h"

namespace headwater::database {
namespace {

// Where a stance begins, by names: places are another case's.
std::set<std::string> OriginsOf(const Weighed& weighed, v1::Stance stance) {
  const provenance::Case& a_case = weighed.a_case();
  std::set<std::string> origins;
  for (const provenance::Origin& origin : weighed.stance(stance).origins) {
    std::string name = a_case.sources[weighed.SourceOf(origin.step)].id;
    if (origin.step.kind == provenance::StepKind::kAttribution) {
      const provenance::AttributionFact& attribution = a_case.attributions[origin.step.index];
      name = absl::StrCat(a_case.claims[attribution.claim], "/", attribution.id);
    }
    origins.insert(absl::StrCat(static_cast<int>(origin.kind), " ", name));
  }
  return origins;
}

std::set<std::string> AssertedRivals(const Weighed& weighed) {
  std::set<std::string> rivals;
  for (const provenance::ContradictingClaim& claim : weighed.a_case().contradicting) {
    if (claim.asserted) rivals.insert(claim.id);
  }
  return rivals;
}

size_t CountBeyond(const std::set<std::string>& some, const std::set<std::string>& others) {
  return static_cast<size_t>(std::count_if(
      some.begin(), some.end(), [&](const std::string& each) { return !others.contains(each); }));
}

class Comparison {
 public:
  Comparison(const Weighed& then, const Weighed& now, v1::AssessedCredibility* out)
      : then_(then),
        now_(now),
        was_(StateOf(then.assessment, then.a_case().nature)),
        is_(StateOf(now.assessment, now.a_case().nature)),
        out_(*out) {}

  void Run() {
    if (was_.standing() != is_.standing())
      Say("The standing was ", Word(was_.standing()), " and is ", Word(is_.standing()), ".");
    for (int flag : is_.flags()) {
      if (!Has(was_, flag)) Say("The flag ", Word(flag), " is new.");
    }
    for (int flag : was_.flags()) {
      if (!Has(is_, flag)) Say("The flag ", Word(flag), " is gone.");
    }
    if (!IsSame(was_.asserts(), is_.asserts()))
      Say(BoundsChange("behind it", was_.asserts(), is_.asserts()));
    if (!IsSame(was_.denies(), is_.denies()))
      Say(BoundsChange("behind its denial", was_.denies(), is_.denies()));
    Names("Origins of what is asserted", OriginsOf(then_, v1::STANCE_ASSERTS),
          OriginsOf(now_, v1::STANCE_ASSERTS));
    Names("Origins of what is denied", OriginsOf(then_, v1::STANCE_DENIES),
          OriginsOf(now_, v1::STANCE_DENIES));
    Names("Asserted claims that contradict it", AssertedRivals(then_), AssertedRivals(now_));
    out_.set_stale(out_.changes_size() > 0);
  }

 private:
  template <class... Parts>
  void Say(const Parts&... parts) {
    out_.add_changes(absl::StrCat(parts...));
  }
  static std::string Word(v1::Standing standing) {
    if (standing == v1::STANDING_UNSPECIFIED) return "none";
    return std::string(absl::StripPrefix(v1::Standing_Name(standing), "STANDING_"));
  }
  static std::string Word(int flag) {
    return std::string(absl::StripPrefix(v1::FlagKind_Name(flag), "FLAG_KIND_"));
  }
  static bool Has(const v1::ClaimState& state, int flag) {
    return std::find(state.flags().begin(), state.flags().end(), flag) != state.flags().end();
  }
  void Names(absl::string_view what, const std::set<std::string>& then,
             const std::set<std::string>& now) {
    if (then != now)
      Say(what, ": ", CountBeyond(now, then), " new, ", CountBeyond(then, now), " gone.");
  }

  const Weighed& then_;
  const Weighed& now_;
  const v1::ClaimState was_;
  const v1::ClaimState is_;
  v1::AssessedCredibility& out_;
};

}  // namespace

absl::StatusOr<v1::AssessedCredibility> JudgementOf(const Reading& reading, const keys::Name& claim,
                                                    const v1::Credibility& credibility,
                                                    const Weighed& now) {
  v1::AssessedCredibility judged;
  *judged.mutable_credibility() = credibility;
  Reading earlier = reading;
  const uint64_t assessed =
      std::min(static_cast<uint64_t>(credibility.assessed_sequence()), reading.point.sequence);
  HW_ASSIGN_OR_RETURN(earlier.point.sequence,
                      RoundedDown(assessed, reading.point.view, reading.patience));
  if (earlier.point.sequence == reading.point.sequence) return judged;
  absl::StatusOr<Gathered> gathered = Gather(earlier, claim);
  if (absl::IsNotFound(gathered.status())) {
    judged.set_stale(true);
    judged.add_changes("The claim was not on record then.");
    return judged;
  }
  HW_RETURN_IF_ERROR(gathered.status());
  const Weighed then = Weigh(*std::move(gathered));
  Comparison(then, now, &judged).Run();
  return judged;
}

}  // namespace headwater::database
