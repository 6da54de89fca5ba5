// The chain of a trace, as a line or a tree.
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/rows.h"
#include "cli/trace_view.h"
#include "cli/width.h"

namespace headwater::cli {
namespace {

// Deeper it is only said that there is more: a tree cannot be read so far, and a line neither.
constexpr int kDeepest = 200;
constexpr size_t kMostNamed = 6;

// From a voice to the next one in the direction of the trace.
struct Link {
  int voice = -1;
  bool severed = false;
  std::string text;  // without a voice: what stands there instead
};

class ChainWriter {
 public:
  ChainWriter(const v1::TraceClaimResponse& trace, bool downstream)
      : trace_(trace),
        arrow_(downstream ? "→ " : "← "),
        links_(trace.voices_size()),
        seen_(trace.voices_size()),
        open_(trace.voices_size()) {
    for (int i = 0; i < trace_.voices_size(); ++i) {
      for (const v1::VoiceCitation& citation : trace_.voices(i).cites()) {
        if (!downstream) {
          AddCited(citation, &links_[i]);
        } else if (IsVoice(citation)) {
          links_[citation.voice()].push_back({i, citation.severed()});
        }
      }
    }
    for (int i = 0; i < trace_.voices_size(); ++i) {
      const int cut = trace_.voices(i).cut_count();
      if (cut > 0) links_[i].push_back({-1, false, absl::StrCat("… ", cut, " more beyond here")});
    }
  }

  std::string Write() {
    std::vector<bool> entered(links_.size());
    for (size_t i = 0; i < links_.size(); ++i) {
      for (const Link& link : links_[i]) {
        if (link.voice >= 0 && link.voice != static_cast<int>(i)) entered[link.voice] = true;
      }
    }
    std::vector<Link> roots;
    for (size_t i = 0; i < links_.size(); ++i) {
      if (!entered[i]) roots.push_back({static_cast<int>(i)});
    }
    for (const std::vector<Link>& group : Grouped(roots)) WriteRoot(group);
    // What is left is entered only in circles.
    for (size_t i = 0; i < links_.size(); ++i) {
      if (!seen_[i]) WriteRoot({{static_cast<int>(i)}});
    }
    return text_;
  }

 private:
  bool IsVoice(const v1::VoiceCitation& citation) const {
    return citation.voice() >= 0 && citation.voice() < trace_.voices_size();
  }

  void AddCited(const v1::VoiceCitation& citation, std::vector<Link>* links) const {
    if (IsVoice(citation)) {
      links->push_back({citation.voice(), citation.severed()});
    } else if (citation.left_out_count() == 0) {
      links->push_back(
          {-1, citation.severed(),
           absl::StrCat(ShortName(citation.cited()),
                        citation.severed() ? " [severed: deleted or withdrawn]" : " [not shown]")});
    }
  }

  // The links, those together that lead to voices of which the same can be said and which lead to
  // the same: to somebody, or there are many of them.
  std::vector<std::vector<Link>> Grouped(const std::vector<Link>& links) const {
    constexpr size_t kMany = 4;
    std::map<std::string, std::vector<Link>> alike;
    for (const Link& link : links) alike[Signature(link)].push_back(link);
    std::vector<std::vector<Link>> groups;
    for (const Link& link : links) {
      std::vector<Link>& group = alike[Signature(link)];
      if (group.empty()) continue;
      const bool leads_on = link.voice >= 0 && !links_[link.voice].empty();
      if (link.voice >= 0 && !seen_[link.voice] && (leads_on || group.size() >= kMany)) {
        groups.push_back(std::move(group));
        group.clear();
      } else {
        groups.push_back({link});
      }
    }
    return groups;
  }

  // What a group has in common; unique where it can be in none.
  std::string Signature(const Link& link) const {
    if (link.voice < 0) return absl::StrCat("text ", link.text);
    if (seen_[link.voice] || trace_.voices(link.voice).in_loop())
      return absl::StrCat("voice ", link.voice);
    std::string signature = absl::StrCat(link.severed, " ", Note(link.voice));
    for (const Link& next : links_[link.voice])
      absl::StrAppend(&signature, " ", next.voice, next.severed, next.text);
    return signature;
  }

  void WriteRoot(const std::vector<Link>& group) {
    WriteGroup(group, "", 0);
    text_ += "\n";
  }

  // Voices that lead to the same, and that: on the same line if it is one, else each on a line of
  // its own that begins with `indent`.
  void WriteGroup(const std::vector<Link>& group, const std::string& indent, int depth) {
    const Link& first = group.front();
    if (first.voice < 0) {
      absl::StrAppend(&text_, first.text);
      return;
    }
    if (first.severed) text_ += "[severed] ";
    absl::StrAppend(&text_, Label(group));
    if (open_[first.voice]) {
      text_ += " ↺";
      return;
    }
    if (seen_[first.voice]) {
      if (!links_[first.voice].empty()) text_ += " (as above)";
      return;
    }
    for (const Link& link : group) seen_[link.voice] = true;
    if (depth == kDeepest && !links_[first.voice].empty()) {
      text_ += " …";
      return;
    }
    open_[first.voice] = true;
    const std::vector<std::vector<Link>> next = Grouped(links_[first.voice]);
    if (next.size() == 1) {
      absl::StrAppend(&text_, " ", arrow_);
      WriteGroup(next.front(), indent, depth + 1);
    }
    for (size_t i = 0; next.size() > 1 && i < next.size(); ++i) {
      const bool last = i + 1 == next.size();
      absl::StrAppend(&text_, "\n", indent, last ? "└─" : "├─", arrow_);
      WriteGroup(next[i], indent + (last ? "    " : "│   "), depth + 1);
    }
    open_[first.voice] = false;
  }

  // "A, B, C, D, E and 25 more (denies)"
  std::string Label(const std::vector<Link>& group) const {
    std::vector<std::string> names;
    const size_t shown = group.size() > kMostNamed ? kMostNamed - 1 : group.size();
    for (size_t i = 0; i < shown; ++i) names.push_back(VoiceName(trace_.voices(group[i].voice)));
    const std::string note = Note(group.front().voice);
    return absl::StrCat(
        absl::StrJoin(names, ", "),
        group.size() > shown ? absl::StrCat(" and ", group.size() - shown, " more") : "",
        note.empty() ? "" : absl::StrCat(" (", note, ")"));
  }

  // Whoever neither asserts nor relays has its stance said beside its name.
  std::string Note(int index) const {
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
    return note;
  }

  const v1::TraceClaimResponse& trace_;
  const char* const arrow_;
  std::vector<std::vector<Link>> links_;  // of each voice
  std::vector<bool> seen_;                // written with whom it leads to
  std::vector<bool> open_;                // on the path that is being written
  std::string text_;
};

}  // namespace

std::string VoiceName(const v1::Voice& voice) {
  return OneLine(voice.display_name().empty() ? ShortName(voice.source()) : voice.display_name());
}

std::string ChainOf(const v1::TraceClaimResponse& trace, bool downstream) {
  return ChainWriter(trace, downstream).Write();
}

}  // namespace headwater::cli
