#include "cli/assess_view.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/help.h"
#include "cli/rows.h"
#include "cli/width.h"
#include "cli/words.h"

namespace headwater::cli {
namespace {

constexpr int kLabelWidth = 15;
constexpr int kPageWidth = 100;

template <class Message>
std::string NameOf(const Message& message) {
  return OneLine(message.display_name().empty() ? ShortName(message.source())
                                                : message.display_name());
}

class Page {
 public:
  Page(std::ostream& out, const Terminal& terminal, const v1::Assessment& assessment)
      : out_(out), terminal_(terminal), assessment_(assessment) {}

  void Print() {
    PrintHead();
    if (assessment_.standing() != v1::STANDING_UNSPECIFIED)
      Row("standing", terminal_.Bold(BareWord(assessment_.standing())));
    if (assessment_.has_credibility()) PrintDigit();
    for (const v1::StanceAssessment& stance : assessment_.stances()) PrintStance(stance);
    Row("heard through", Voices(assessment_.heard_through(), assessment_.heard_through_count()));
    for (const v1::AssessedLoop& loop : assessment_.loops())
      Row("loop", People(loop.attributions(), loop.attribution_count(), /*dated=*/false));
    for (const v1::SeveredVoice& severed : assessment_.severed()) PrintSevered(severed);
    Row("perhaps later", People(assessment_.perhaps_later(), assessment_.perhaps_later_count()));
    for (const v1::ContradictingClaim& claim : assessment_.contradicting())
      Row("contradicts", absl::StrCat(ShortName(claim.claim()), ": ", OneLine(claim.text()),
                                      claim.asserted() ? " (asserted)" : " (not asserted)"));
    Neighbours("narrows", assessment_.wider(), assessment_.wider_count());
    Neighbours("narrowed by", assessment_.narrower(), assessment_.narrower_count());
    if (assessment_.claims_size() > 1) PrintSame();
    PrintFlags();
    PrintReasons();
  }

 private:
  void PrintHead() {
    out_ << terminal_.Bold(OneLine(assessment_.text())) << "\n"
         << terminal_.Dim(absl::StrCat(
                assessment_.claim(), ", as of sequence ", assessment_.read_sequence(),
                assessment_.published_until().empty()
                    ? ""
                    : absl::StrCat(", as published until ", assessment_.published_until())))
         << "\n\n";
    if (assessment_.reasons_size() > 0) Paragraph(assessment_.reasons(0), 0);
    out_ << "\n";
  }

  void PrintStance(const v1::StanceAssessment& stance) {
    const bool asserts = stance.stance() == v1::STANCE_ASSERTS;
    if (!asserts) {
      Row(Label(stance.stance()), People(stance.own_name(), stance.own_name_count()));
      if (stance.own_name_count() == 0)
        Row(Label(stance.stance()),
            absl::StrCat("as passed on by ", People(stance.relaying(), stance.relaying_count())));
      if (stance.stance() != v1::STANCE_DENIES) return;
    }
    const bool any = stance.own_name_count() + stance.relaying_count() > 0;
    if (asserts && !any) return;
    Row(asserts ? "lines" : "their lines", LineCount(stance.lines()));
    PrintLines(stance.lines());
    if (!asserts) return;
    Row("in own name", People(stance.own_name(), stance.own_name_count()));
    Row("passed on by", People(stance.relaying(), stance.relaying_count()));
    Row("chokepoints", Voices(stance.chokepoints(), stance.chokepoint_count()));
    if (stance.has_first_said()) Row("first said", Dated(stance.first_said()));
    if (stance.has_first_recorded())
      Row("first recorded", absl::StrCat(NameOf(stance.first_recorded()), ", at sequence ",
                                         stance.first_recorded().recorded_sequence()));
  }

  // "digit 2, given by the desk on 2025-09, on the assessment of sequence 97; since then …: stale".
  void PrintDigit() {
    const v1::Credibility& given = assessment_.credibility().credibility();
    std::string digit =
        absl::StrCat("digit ", BareWord(given.grade()), ", given by ", OneLine(given.graded_by()));
    if (!given.graded_date().empty()) absl::StrAppend(&digit, " on ", given.graded_date());
    absl::StrAppend(&digit, ", on the assessment of sequence ", given.assessed_sequence());
    if (!assessment_.credibility().stale()) return Row("credibility", digit);
    Row("credibility", absl::StrCat(digit, terminal_.Yellow("; stale"), ". Since then:"));
    for (const std::string& change : assessment_.credibility().changes()) Row("", OneLine(change));
  }

  static std::string Label(v1::Stance stance) {
    switch (stance) {
      case v1::STANCE_DENIES:
        return "denied by";
      case v1::STANCE_DOUBTS:
        return "doubted by";
      case v1::STANCE_ASKS:
        return "asked by";
      default:
        return "no comment by";
    }
  }

  // The lines that are proved, then those that are possible beside them.
  void PrintLines(const v1::Lines& lines) {
    std::set<std::string> shown;
    for (const v1::Line& line : lines.at_least_lines()) {
      shown.insert(ChainOf(line));
      Row("", absl::StrCat(ChainOf(line), lines.at_most() > lines.at_least() ? "  (proved)" : ""));
    }
    if (lines.at_most() <= lines.at_least()) return;
    for (const v1::Line& line : lines.at_most_lines()) {
      if (shown.insert(ChainOf(line)).second) Row("", absl::StrCat(ChainOf(line), "  (possible)"));
    }
  }

  void PrintSevered(const v1::SeveredVoice& severed) {
    Row("severed",
        absl::StrCat(NameOf(severed), severed.by_source() ? ", taken back by the source" : "",
                     severed.rested_count() == 0
                         ? ""
                         : absl::StrCat("; on its word: ",
                                        People(severed.rested(), severed.rested_count(), false))));
  }

  // Wider or narrower claims, with who speaks of them.
  template <class List>
  void Neighbours(const std::string& label, const List& claims, int count) {
    for (const v1::NeighbouringClaim& claim : claims) {
      std::vector<std::string> said;
      if (claim.has_asserted())
        said.push_back(absl::StrCat("asserted by ", Speakers(claim.asserted())));
      if (claim.has_denied()) said.push_back(absl::StrCat("denied by ", Speakers(claim.denied())));
      if (claim.has_asked()) said.push_back(absl::StrCat("asked by ", Speakers(claim.asked())));
      Row(label,
          absl::StrCat(ShortName(claim.claim()), ": ", OneLine(claim.text()),
                       said.empty() ? "" : absl::StrCat(" (", absl::StrJoin(said, "; "), ")")));
    }
    if (count > claims.size()) Row(label, absl::StrCat(count - claims.size(), " more"));
  }

  static std::string Speakers(const v1::NeighbouringStance& stance) {
    std::vector<std::string> names;
    for (const v1::NeighbouringSpeaker& speaker : stance.speakers()) {
      names.push_back(absl::StrCat(
          NameOf(speaker), speaker.date().empty() ? "" : absl::StrCat(" ", speaker.date())));
    }
    return absl::StrCat(absl::StrJoin(names, ", "),
                        More(stance.speakers_size(), stance.speaker_count()));
  }

  void PrintSame() {
    std::vector<std::string> others;
    for (int i = 1; i < assessment_.claims_size(); ++i)
      others.push_back(ShortName(assessment_.claims(i)));
    Row("same as", absl::StrJoin(others, ", "));
  }

  void PrintFlags() {
    if (assessment_.flags_size() > 0) out_ << "\n";
    int width = 0;
    for (const v1::Flag& flag : assessment_.flags())
      width = std::max(width, DisplayWidth(BareWord(flag.kind())));
    for (const v1::Flag& flag : assessment_.flags()) {
      out_ << terminal_.Yellow(PadTo(BareWord(flag.kind()), width)) << "  ";
      Paragraph(flag.reason(), width + 2);
    }
  }

  void PrintReasons() {
    if (assessment_.reasons_size() > 1) out_ << "\n";
    for (int i = 1; i < assessment_.reasons_size(); ++i) {
      out_ << "- ";
      Paragraph(assessment_.reasons(i), 2);
    }
  }

  void Row(const std::string& label, const std::string& value) {
    if (value.empty()) return;
    out_ << terminal_.Dim(PadTo(label, kLabelWidth)) << " " << value << "\n";
  }

  void Paragraph(const std::string& text, int indent) {
    const int width = terminal_.width == 0 ? kPageWidth : std::min(terminal_.width, kPageWidth);
    out_ << Wrap(OneLine(text), width, indent) << "\n";
  }

  static std::string More(int shown, int count) {
    return count > shown ? absl::StrCat(" and ", count - shown, " more") : "";
  }

  template <class List>
  static std::string Voices(const List& voices, int count) {
    std::vector<std::string> names;
    for (const v1::AssessedVoice& voice : voices) names.push_back(NameOf(voice));
    return absl::StrCat(absl::StrJoin(names, ", "), More(voices.size(), count));
  }

  template <class List>
  static std::string People(const List& attributions, int count, bool dated = true) {
    std::vector<std::string> names;
    for (const v1::AssessedAttribution& attribution : attributions)
      names.push_back(dated ? Dated(attribution) : NameOf(attribution));
    return absl::StrCat(absl::StrJoin(names, ", "), More(attributions.size(), count));
  }

  static std::string Dated(const v1::AssessedAttribution& attribution) {
    const std::string& date =
        attribution.said_date().empty() ? attribution.published_date() : attribution.said_date();
    return absl::StrCat(NameOf(attribution), date.empty() ? "" : absl::StrCat(" (", date, ")"));
  }

  std::ostream& out_;
  const Terminal& terminal_;
  const v1::Assessment& assessment_;
};

}  // namespace

std::string LineCount(const v1::Lines& lines) {
  std::string count = absl::StrCat(lines.at_least());
  if (lines.at_most() > lines.at_least()) absl::StrAppend(&count, " to ", lines.at_most());
  if (!lines.at_least_exact()) absl::StrAppend(&count, ", at_least may be more");
  if (!lines.at_most_exact()) absl::StrAppend(&count, ", at_most may be fewer");
  return count;
}

std::string ChainOf(const v1::Line& line) {
  std::string chain;
  const int cut_at = line.step_count() > line.steps_size() ? line.steps_size() / 2 : -1;
  for (int i = 0; i < line.steps_size(); ++i) {
    if (i > 0) chain += " ← ";
    if (i == cut_at) chain += "… ← ";
    const v1::LineStep& step = line.steps(i);
    absl::StrAppend(&chain, NameOf(step));
    if (step.kind() == v1::STEP_KIND_STUB) chain += " (cited, not on record)";
  }
  return chain;
}

void PrintAssessment(std::ostream& out, const Terminal& terminal,
                     const v1::Assessment& assessment) {
  Page(out, terminal, assessment).Print();
}

}  // namespace headwater::cli
