#include "search/text/links.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "search/text/decode.h"

namespace headwater::search {
namespace {

bool IsHostCharacter(char c) { return absl::ascii_isalnum(c) || c == '-' || c == '.'; }

// Whether `c` may stand in an address as people write it into a text.
bool IsLinkCharacter(char c) {
  return !absl::ascii_isspace(c) && (c & 0x80) == 0 && c != '"' && c != '<' && c != '>';
}

bool HasScheme(absl::string_view text) {
  return absl::StartsWithIgnoreCase(text, "http://") ||
         absl::StartsWithIgnoreCase(text, "https://");
}

// Whether a host with a path begins the text: "pic.twitter.com/abc".
bool IsHostAndPath(absl::string_view text) {
  size_t end = 0;
  size_t last_dot = absl::string_view::npos;
  while (end < text.size() && end < 100 && IsHostCharacter(text[end])) {
    if (text[end] == '.') last_dot = end;
    ++end;
  }
  if (last_dot == absl::string_view::npos || last_dot == 0 || end >= text.size()) return false;
  if (text[end] != '/' || end - last_dot < 3) return false;
  return std::all_of(text.begin() + last_dot + 1, text.begin() + end,
                     [](char c) { return absl::ascii_isalpha(c); });
}

// Keeps what reads like words of a path's segment: "why-it-failed" or "opinion", no "dQw4w9WgXcQ".
void AddSegment(absl::string_view text, Span segment, std::vector<Span>* words) {
  std::vector<Span> found;
  size_t begin = segment.first;
  for (size_t i = segment.first; i <= segment.second; ++i) {
    if (i < segment.second && absl::ascii_isalpha(text[i])) continue;
    if (i > begin) found.emplace_back(begin, i);
    begin = i + 1;
  }
  for (const Span& word : found) {
    const absl::string_view letters = text.substr(word.first, word.second - word.first);
    const bool stands_alone =
        (word.first == segment.first || absl::ascii_ispunct(text[word.first - 1])) &&
        (word.second == segment.second || absl::ascii_ispunct(text[word.second]));
    const bool is_lower = std::none_of(letters.begin() + 1, letters.end(),
                                       [](char c) { return absl::ascii_isupper(c); });
    if (stands_alone && is_lower && letters.size() >= (found.size() > 1 ? 2 : 4) &&
        letters.size() <= 30) {
      words->push_back(word);
    }
  }
}

}  // namespace

size_t LinkEnd(absl::string_view text, size_t at) {
  const absl::string_view rest = text.substr(at);
  if (!HasScheme(rest) && !absl::StartsWithIgnoreCase(rest, "www.") && !IsHostAndPath(rest)) {
    return at;
  }
  size_t end = at;
  while (end < text.size() && IsLinkCharacter(text[end])) ++end;
  while (end > at &&
         absl::string_view(".,;:!?)]}'").find(text[end - 1]) != absl::string_view::npos) {
    --end;
  }
  return end;
}

std::vector<Span> LinkWords(absl::string_view text, Span link) {
  std::vector<Span> words;
  size_t at = link.first;
  const size_t scheme = text.substr(at, link.second - at).find("://");
  if (scheme != absl::string_view::npos) at += scheme + 3;
  size_t host_end = at;
  while (host_end < link.second && IsHostCharacter(text[host_end])) ++host_end;
  // Labels, but for the last and "www".
  for (size_t begin = at; begin < host_end;) {
    const size_t end = std::min(text.find('.', begin), host_end);
    if (end == host_end) break;
    const absl::string_view label = text.substr(begin, end - begin);
    if (label.size() > 1 && label != "www") words.emplace_back(begin, end);
    begin = end + 1;
  }
  const size_t path_end =
      std::min({text.find('?', host_end), text.find('#', host_end), link.second});
  for (size_t begin = host_end; begin < path_end;) {
    size_t end = begin;
    while (end < path_end && text[end] != '/') ++end;
    AddSegment(text, {begin, end}, &words);
    begin = end + 1;
  }
  return words;
}

std::vector<Span> SplitCompound(absl::string_view text, Span compound) {
  enum class Class { kUpper, kLower, kDigit, kOther };
  const auto class_at = [&](size_t at, size_t* next) {
    const UChar32 c = CodePointAt(text.substr(0, compound.second), at, next);
    if (IsDigit(c)) return Class::kDigit;
    if (IsUpper(c)) return Class::kUpper;
    return IsLetter(c) || IsMarkOrJoiner(c) ? Class::kLower : Class::kOther;
  };
  std::vector<Span> words;
  size_t begin = compound.first;
  size_t upper = compound.first;  // where the last capital stands
  Class before = Class::kOther;
  const auto cut = [&](size_t end) {
    if (end > begin) words.emplace_back(begin, end);
    begin = end;
  };
  for (size_t at = compound.first, next = at; at < compound.second; at = next) {
    const Class now = class_at(at, &next);
    if (now == Class::kOther) {
      cut(at);
      begin = next;
    } else if (now != before) {
      // "CBCNews": the last capital begins the word; "Fires": it has begun already.
      if (before == Class::kUpper && now == Class::kLower) {
        cut(upper);
      } else {
        cut(at);
      }
    }
    if (now == Class::kUpper) upper = at;
    before = now;
  }
  cut(compound.second);
  return words;
}

}  // namespace headwater::search
