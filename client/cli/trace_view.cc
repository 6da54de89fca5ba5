#include "cli/trace_view.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/rows.h"
#include "cli/width.h"

namespace headwater::cli {
namespace {

std::string StanceInWords(v1::Stance stance) {
  switch (stance) {
    case v1::STANCE_ASSERTS:
      return "asserts";
    case v1::STANCE_DENIES:
      return "denies";
    case v1::STANCE_DOUBTS:
      return "doubts";
    case v1::STANCE_ASKS:
      return "asks";
    case v1::STANCE_NO_COMMENT:
      return "does not comment";
    case v1::STANCE_RELAYS:
      return "relays";
    default:
      return "speaks";
  }
}

// Where it is told: “title” (publisher, date). Sources are called by their names where the trace
// tells them.
class Places {
 public:
  explicit Places(const v1::TraceClaimResponse& trace) {
    for (const v1::Voice& voice : trace.voices()) names_[voice.source()] = VoiceName(voice);
  }

  std::string Of(const v1::Voice& voice) const {
    if (voice.document().empty()) return "";
    std::vector<std::string> beside;
    if (!voice.publisher().empty()) {
      const auto name = names_.find(voice.publisher());
      beside.push_back(name == names_.end() ? ShortName(voice.publisher()) : name->second);
    }
    if (!voice.published_date().empty()) beside.push_back(voice.published_date());
    return absl::StrCat(Titled(voice.document_title(), voice.document(), beside), MadeFrom(voice));
  }

 private:
  static std::string Titled(const std::string& title, const std::string& name,
                            const std::vector<std::string>& beside) {
    return absl::StrCat(title.empty() ? ShortName(name) : absl::StrCat("“", OneLine(title), "”"),
                        beside.empty() ? "" : absl::StrCat(" (", absl::StrJoin(beside, ", "), ")"));
  }

  // ", translated from “title” (publisher, language)"
  static std::string MadeFrom(const v1::Voice& voice) {
    if (!voice.has_derived_from()) return "";
    const v1::DocumentOrigin& origin = voice.derived_from();
    std::vector<std::string> beside = {OneLine(origin.publisher_display_name().empty()
                                                   ? ShortName(origin.publisher())
                                                   : origin.publisher_display_name())};
    if (!origin.language().empty() && origin.language() != voice.document_language())
      beside.push_back(origin.language());
    const char* how = origin.kind() == v1::DERIVATION_KIND_TRANSLATED ? ", translated from "
                      : origin.kind() == v1::DERIVATION_KIND_ADAPTED  ? ", adapted from "
                                                                      : ", word for word from ";
    return absl::StrCat(how, Titled(origin.title(), origin.document(), beside));
  }

  std::map<std::string, std::string> names_;
};

// What is the matter with a voice, for the end of its line.
std::vector<std::string> Remarks(const v1::TraceClaimResponse& trace, const v1::Voice& voice) {
  std::vector<std::string> remarks;
  if (voice.in_loop()) remarks.push_back("its citations lead back to itself");
  for (const v1::VoiceCitation& citation : voice.cites()) {
    if (!citation.severed()) continue;
    const bool known = citation.voice() >= 0 && citation.voice() < trace.voices_size();
    remarks.push_back(absl::StrCat(
        "its citation of ",
        known ? VoiceName(trace.voices(citation.voice())) : ShortName(citation.cited()),
        " is severed: that was ", known ? "withdrawn" : "deleted or withdrawn"));
  }
  return remarks;
}

// "[2]", where several claims are traced: on which of those listed the voice speaks.
std::string ClaimMark(const v1::TraceClaimResponse& trace, const v1::Voice& voice) {
  if (trace.claims_size() < 2 || voice.claim().empty()) return "";
  for (int i = 0; i < trace.claims_size(); ++i) {
    if (trace.claims(i).claim() == voice.claim()) return absl::StrCat("[", i + 1, "]");
  }
  return ShortName(voice.claim());
}

void PrintClaims(std::ostream& out, const Terminal& terminal, const v1::TraceClaimResponse& trace) {
  if (trace.claims_size() < 2) return;
  out << "The same, in " << trace.claim_count() << " claims:\n";
  for (int i = 0; i < trace.claims_size(); ++i) {
    const v1::TracedClaim& claim = trace.claims(i);
    out << "  [" << i + 1 << "] " << OneLine(claim.text()) << " "
        << terminal.Dim(absl::StrCat("(", claim.language(), claim.language().empty() ? "" : ", ",
                                     ShortName(claim.claim()), ")"))
        << "\n";
  }
  if (trace.claim_count() > trace.claims_size())
    out << "  … and " << trace.claim_count() - trace.claims_size() << " more\n";
  out << "\n";
}

std::string VoiceLine(const v1::TraceClaimResponse& trace, const Places& places, int index,
                      const Terminal& terminal, int name_width, int manner_width) {
  const v1::Voice& voice = trace.voices(index);
  const std::string name = PadTo(VoiceName(voice), name_width);
  std::string manner = Manner(voice);
  std::string where = places.Of(voice);
  if (index > 0 && trace.voices(index - 1).document() == voice.document() && !where.empty()) {
    where = "the same";
  }
  if (!where.empty()) where = absl::StrCat("in ", where);
  if (!voice.said_date().empty()) {
    where = absl::StrCat("said ", voice.said_date(), where.empty() ? "" : ", ", where);
  }
  const std::string on = ClaimMark(trace, voice);
  if (!on.empty()) where = absl::StrCat(on, where.empty() ? "" : " ", where);
  manner = where.empty() ? manner : PadTo(manner, manner_width);
  std::string line =
      absl::StrCat("  ", voice.withdrawn() ? terminal.Struck(name) : terminal.Bold(name), "  ",
                   voice.withdrawn() ? terminal.Red(manner) : manner, where.empty() ? "" : "  ",
                   terminal.Dim(where), "\n");
  for (const std::string& remark : Remarks(trace, voice)) {
    absl::StrAppend(&line, "    ", terminal.Yellow(absl::StrCat("! ", remark)), "\n");
  }
  return line;
}

}  // namespace

std::string Manner(const v1::Voice& voice) {
  if (voice.attribution().empty()) return "cited; what it said itself is not on record";
  std::string manner = StanceInWords(voice.stance());
  if (voice.withdrawn()) manner = absl::StrCat("WITHDRAWN: ", manner);
  if (voice.basis() == v1::BASIS_FIRST_HAND) return absl::StrCat(manner, ", first-hand");
  if (voice.origin() && voice.stance() != v1::STANCE_NO_COMMENT &&
      voice.stance() != v1::STANCE_ASKS) {
    return absl::StrCat(manner, voice.basis() == v1::BASIS_SECOND_HAND ? ", second-hand" : "",
                        "; origin not recorded");
  }
  return voice.basis() == v1::BASIS_SECOND_HAND ? absl::StrCat(manner, ", second-hand") : manner;
}

void PrintTrace(std::ostream& out, const Terminal& terminal, const v1::TraceClaimResponse& trace,
                bool downstream) {
  out << terminal.Bold(OneLine(trace.text())) << "\n"
      << terminal.Dim(absl::StrCat(trace.claim(), ", as of sequence ", trace.read_sequence()))
      << "\n\n";
  PrintClaims(out, terminal, trace);
  if (trace.voices().empty()) {
    out << "Nobody on record says anything of it.\n";
    return;
  }
  out << ChainOf(trace, downstream) << "\n";
  int name_width = 0;
  int manner_width = 0;
  for (const v1::Voice& voice : trace.voices()) {
    name_width = std::max(name_width, DisplayWidth(VoiceName(voice)));
    if (!voice.document().empty()) {
      manner_width = std::max(manner_width, DisplayWidth(Manner(voice)));
    }
  }
  const Places places(trace);
  for (int i = 0; i < trace.voices_size(); ++i) {
    out << VoiceLine(trace, places, i, terminal, name_width, manner_width);
  }
  if (!trace.truncated()) return;
  const int left_out = trace.voice_count() - trace.voices_size();
  out << "\n"
      << (left_out > 0
              ? absl::StrCat("… and ", left_out, left_out == 1 ? " more voice" : " more voices",
                             " beyond these (raise --depth or --max-voices)")
              : "… and more citations than are shown")
      << "\n";
}

}  // namespace headwater::cli
