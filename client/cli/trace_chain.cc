// The chain of a trace, as a line or a tree.
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/rows.h"
#include "cli/trace_view.h"
#include "cli/width.h"

namespace headwater::cli {
namespace {

class ChainWriter {
 public:
  explicit ChainWriter(const v1::TraceClaimResponse& trace)
      : trace_(trace), seen_(trace.voices_size()), open_(trace.voices_size()) {}

  std::string Write() {
    std::vector<bool> cited(trace_.voices_size());
    for (int i = 0; i < trace_.voices_size(); ++i) {
      for (const v1::VoiceCitation& citation : trace_.voices(i).cites()) {
        if (IsVoice(citation) && citation.voice() != i) cited[citation.voice()] = true;
      }
    }
    for (int i = 0; i < trace_.voices_size(); ++i) {
      if (!cited[i]) WriteRoot(i);
    }
    // What is left is cited only in circles.
    for (int i = 0; i < trace_.voices_size(); ++i) {
      if (!seen_[i]) WriteRoot(i);
    }
    return text_;
  }

 private:
  bool IsVoice(const v1::VoiceCitation& citation) const {
    return citation.voice() >= 0 && citation.voice() < trace_.voices_size();
  }

  void WriteRoot(int voice) {
    WriteVoice(voice, "");
    text_ += "\n";
  }

  // The voice and whom it cites: on the same line if that is one, else each on a line of its own
  // that begins with `indent`.
  void WriteVoice(int voice, const std::string& indent) {
    absl::StrAppend(&text_, Label(voice));
    if (open_[voice]) {
      text_ += " ↺";
      return;
    }
    const auto& cites = trace_.voices(voice).cites();
    if (seen_[voice]) {
      if (!cites.empty()) text_ += " (as above)";
      return;
    }
    seen_[voice] = open_[voice] = true;
    if (cites.size() == 1) {
      text_ += " ← ";
      WriteCited(cites[0], indent);
    }
    for (int i = 0; cites.size() > 1 && i < cites.size(); ++i) {
      const bool last = i + 1 == cites.size();
      absl::StrAppend(&text_, "\n", indent, last ? "└─← " : "├─← ");
      WriteCited(cites[i], indent + (last ? "    " : "│   "));
    }
    open_[voice] = false;
  }

  void WriteCited(const v1::VoiceCitation& citation, const std::string& indent) {
    if (!IsVoice(citation)) {
      absl::StrAppend(&text_, ShortName(citation.cited()),
                      citation.severed() ? " [severed: deleted or withdrawn]" : " [not shown]");
      return;
    }
    if (citation.severed()) text_ += "[severed] ";
    WriteVoice(citation.voice(), indent);
  }

  // Whoever neither asserts nor relays has its stance said beside its name.
  std::string Label(int index) const {
    const v1::Voice& voice = trace_.voices(index);
    std::string note;
    switch (voice.stance()) {
      case v1::STANCE_DENIES:
        note = "denies";
        break;
      case v1::STANCE_DOUBTS:
        note = "doubts";
        break;
      case v1::STANCE_ASKS:
        note = "asks";
        break;
      case v1::STANCE_NO_COMMENT:
        note = "no comment";
        break;
      default:
        break;
    }
    if (voice.withdrawn()) absl::StrAppend(&note, note.empty() ? "" : ", ", "withdrawn");
    return absl::StrCat(VoiceName(voice), note.empty() ? "" : absl::StrCat(" (", note, ")"));
  }

  const v1::TraceClaimResponse& trace_;
  std::vector<bool> seen_;  // written with whom it cites
  std::vector<bool> open_;  // on the path that is being written
  std::string text_;
};

}  // namespace

std::string VoiceName(const v1::Voice& voice) {
  return OneLine(voice.display_name().empty() ? ShortName(voice.source()) : voice.display_name());
}

std::string ChainOf(const v1::TraceClaimResponse& trace) { return ChainWriter(trace).Write(); }

}  // namespace headwater::cli
