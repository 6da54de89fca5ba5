// A trace in Graphviz's DOT.
#include "absl/strings/str_cat.h"
#include "cli/trace_view.h"
#include "cli/width.h"

namespace headwater::cli {

std::string DotString(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else if (c != '\r' && c != '\0') {
      quoted += c;
    }
  }
  quoted += '"';
  return quoted;
}

void PrintTraceDot(std::ostream& out, const v1::TraceClaimResponse& trace, bool downstream) {
  out << "digraph " << DotString(trace.claim()) << " {\n"
      << "  label=" << DotString(trace.text()) << ";\n"
      << "  labelloc=t;\n  rankdir=LR;\n  node [shape=box, style=rounded];\n";
  for (int i = 0; i < trace.voices_size(); ++i) {
    const v1::Voice& voice = trace.voices(i);
    const char* style = voice.withdrawn()             ? ", style=\"rounded,dashed\", color=red"
                        : voice.attribution().empty() ? ", style=\"rounded,dotted\""
                        : voice.origin()              ? ", penwidth=2"
                                                      : "";
    out << "  v" << i << " [label="
        << DotString(absl::StrCat(VoiceName(voice), "\n", Manner(voice),
                                  trace.claims_size() > 1 && !voice.claim().empty()
                                      ? absl::StrCat("\n", voice.claim())
                                      : ""))
        << style << "];\n";
    if (voice.cut_count() == 0) continue;
    out << "  c" << i << " [label=\"" << voice.cut_count()
        << " more\", style=\"rounded,dashed\"];\n";
    out << (downstream ? absl::StrCat("  c", i, " -> v", i) : absl::StrCat("  v", i, " -> c", i))
        << " [style=dashed];\n";
  }
  int others = 0;
  for (int i = 0; i < trace.voices_size(); ++i) {
    for (const v1::VoiceCitation& citation : trace.voices(i).cites()) {
      if (citation.left_out_count() > 0) continue;
      std::string target = absl::StrCat("v", citation.voice());
      if (citation.voice() < 0 || citation.voice() >= trace.voices_size()) {
        target = absl::StrCat("x", others++);
        out << "  " << target << " [label=" << DotString(citation.cited())
            << ", style=\"rounded,dotted\"];\n";
      }
      out << "  v" << i << " -> " << target
          << (citation.severed() ? " [style=dashed, color=red, label=\"severed\"]" : "") << ";\n";
    }
  }
  out << "}\n";
}

}  // namespace headwater::cli
