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
    const std::string title = voice.document_title().empty()
                                  ? ShortName(voice.document())
                                  : absl::StrCat("“", OneLine(voice.document_title()), "”");
    if (beside.empty()) return title;
    return absl::StrCat(title, " (", absl::StrJoin(beside, ", "), ")");
  }

 private:
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

void PrintTrace(std::ostream& out, const Terminal& terminal, const v1::TraceClaimResponse& trace) {
  out << terminal.Bold(OneLine(trace.text())) << "\n"
      << terminal.Dim(absl::StrCat(trace.claim(), ", as of sequence ", trace.read_sequence()))
      << "\n\n";
  if (trace.voices().empty()) {
    out << "Nobody on record says anything of it.\n";
    return;
  }
  out << ChainOf(trace) << "\n";
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
  if (trace.truncated()) out << "  … and more voices than these\n";
}

}  // namespace headwater::cli
