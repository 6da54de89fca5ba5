#include "cli/claim_summary_view.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/help.h"
#include "cli/rows.h"
#include "cli/width.h"
#include "cli/words.h"

namespace headwater::cli {
namespace {

constexpr int kPageWidth = 100;

// A byte that begins a code point.
bool BeginsCodePoint(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) != 0x80; }

int CodePoints(absl::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), BeginsCodePoint));
}

// A word, whose first code point stands at `at` of the text, with its highlighted parts in bold.
std::string MarkedWord(const Terminal& terminal, absl::string_view word, int at,
                       const Highlights& highlights) {
  const auto marked = [&highlights](int position) {
    return std::any_of(highlights.begin(), highlights.end(), [position](const v1::Highlight& mark) {
      return mark.start() <= position && position < mark.end();
    });
  };
  std::string styled;
  size_t begin = 0;
  bool bold = false;
  const auto close = [&](size_t end) {
    const absl::string_view part = word.substr(begin, end - begin);
    absl::StrAppend(&styled, bold ? terminal.Bold(part) : std::string(part));
    begin = end;
  };
  for (size_t i = 0; i < word.size(); ++i) {
    if (!BeginsCodePoint(word[i])) continue;
    const bool now = marked(at++);
    if (now != bold) close(i);
    bold = now;
  }
  close(word.size());
  return styled;
}

// Where a snippet of one of the other texts is from.
std::string Place(const v1::Snippet& snippet) {
  switch (snippet.field()) {
    case v1::CLAIM_FIELD_TRANSLATION:
      return "in a translation";
    case v1::CLAIM_FIELD_REVIEWED:
      return "in what a review says was claimed";
    case v1::CLAIM_FIELD_QUOTE:
      return "in a quote";
    case v1::CLAIM_FIELD_TITLE:
      return "in a title";
    case v1::CLAIM_FIELD_ABOUT:
      return "in what it is about";
    case v1::CLAIM_FIELD_SOURCE:
      return "in the name of a source";
    default:
      return "found in";
  }
}

// "in a translation (vi): … kỹ sư Huawei …"
std::string SnippetLine(const Terminal& terminal, const v1::Snippet& snippet, int indent) {
  std::string head = Place(snippet);
  if (!snippet.language().empty() && snippet.language() != "und")
    absl::StrAppend(&head, " (", snippet.language(), ")");
  absl::StrAppend(&head, ": ", snippet.cut_before() ? "… " : "");
  Highlights shifted = snippet.highlights();
  const int by = CodePoints(head);
  for (v1::Highlight& mark : shifted) {
    mark.set_start(mark.start() + by);
    mark.set_end(mark.end() + by);
  }
  return WrapMarked(terminal, absl::StrCat(head, snippet.text(), snippet.cut_after() ? " …" : ""),
                    shifted, indent);
}

std::string Standing(const v1::ClaimSummary& claim) {
  std::vector<std::string> parts;
  if (claim.standing() != v1::STANDING_UNSPECIFIED) parts.push_back(BareWord(claim.standing()));
  const v1::LineCount& lines = claim.lines();
  if (lines.at_most() > lines.at_least())
    parts.push_back(absl::StrCat(lines.at_least(), " to ", lines.at_most(), " lines"));
  else if (lines.at_least() > 0)
    parts.push_back(Counted(lines.at_least(), "line"));
  for (const int flag : claim.flags()) parts.push_back(BareWord(static_cast<v1::FlagKind>(flag)));
  return absl::StrJoin(parts, ", ");
}

}  // namespace

std::string Counted(int count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

int PageWidth(const Terminal& terminal) {
  return terminal.width == 0 ? kPageWidth : std::min(terminal.width, kPageWidth);
}

std::string WrapMarked(const Terminal& terminal, absl::string_view text,
                       const Highlights& highlights, int indent) {
  // A control character becomes one code point, a space or "�": positions stay.
  const std::string line = OneLine(text);
  const int width = PageWidth(terminal);
  std::string lines;
  int column = indent;
  int position = 0;
  for (size_t begin = 0; begin < line.size();) {
    const size_t end = std::min(line.find(' ', begin), line.size());
    const absl::string_view word = absl::string_view(line).substr(begin, end - begin);
    if (!word.empty()) {
      const int word_width = DisplayWidth(word);
      if (column > indent && column + 1 + word_width > width) {
        absl::StrAppend(&lines, "\n", std::string(indent, ' '));
        column = indent;
      } else if (column > indent) {
        lines += ' ';
        ++column;
      }
      absl::StrAppend(&lines, MarkedWord(terminal, word, position, highlights));
      column += word_width;
    }
    position += CodePoints(word) + 1;
    begin = end + 1;
  }
  return lines;
}

Highlights HighlightsOfText(const v1::ClaimSummary& claim,
                            const std::vector<const v1::Snippet*>& snippets) {
  Highlights marks;
  for (const v1::Snippet* snippet : snippets) {
    if (snippet->field() != v1::CLAIM_FIELD_TEXT) continue;
    const size_t at = claim.text().find(snippet->text());
    if (at == std::string::npos) continue;
    const int by = CodePoints(absl::string_view(claim.text()).substr(0, at));
    for (const v1::Highlight& mark : snippet->highlights()) {
      v1::Highlight* shifted = marks.Add();
      shifted->set_start(mark.start() + by);
      shifted->set_end(mark.end() + by);
    }
  }
  return marks;
}

void PrintClaim(std::ostream& out, const Terminal& terminal, const v1::ClaimSummary& claim,
                const std::vector<const v1::Snippet*>& snippets, int indent,
                absl::string_view added) {
  const std::string margin(indent, ' ');
  out << WrapMarked(terminal, claim.text(), HighlightsOfText(claim, snippets), indent) << "\n";
  const std::string standing = Standing(claim);
  out << margin << terminal.Green(ShortName(claim.claim())) << (standing.empty() ? "" : "  ")
      << standing << added << "\n";
  if (!claim.summary().empty())
    out << margin << Wrap(OneLine(claim.summary()), PageWidth(terminal), indent) << "\n";
  for (const v1::Snippet* snippet : snippets) {
    if (snippet->field() == v1::CLAIM_FIELD_TEXT) continue;
    out << margin << SnippetLine(terminal, *snippet, indent) << "\n";
  }
}

}  // namespace headwater::cli
