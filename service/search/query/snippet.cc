#include "search/query/snippet.h"

#include <algorithm>
#include <map>

namespace headwater::search {
namespace {

// The words [first, last] that fit and hold most different stems; the earliest of equal ones.
std::pair<size_t, size_t> BestWindow(const std::vector<Token>& tokens,
                                     const std::set<std::string>& stems, size_t most_bytes) {
  std::map<std::string, size_t> inside;
  std::pair<size_t, size_t> best = {0, 0};
  size_t best_count = 0;
  size_t first = 0;
  for (size_t last = 0; last < tokens.size(); ++last) {
    if (!stems.contains(tokens[last].stem)) continue;
    ++inside[tokens[last].stem];
    while (first < last && (tokens[last].end - tokens[first].begin > most_bytes ||
                            !stems.contains(tokens[first].stem))) {
      const auto found = inside.find(tokens[first].stem);
      if (found != inside.end() && --found->second == 0) inside.erase(found);
      ++first;
    }
    if (inside.size() > best_count) {
      best_count = inside.size();
      best = {first, last};
    }
  }
  return best;
}

}  // namespace

Snippet MakeSnippet(absl::string_view text, absl::string_view language,
                    const std::set<std::string>& stems, size_t most_bytes, Analyzer* analyzer) {
  Snippet snippet;
  const std::vector<Token> tokens = analyzer->Analyze(text, language);
  size_t begin = 0;
  size_t end = text.size();
  if (text.size() > most_bytes && !tokens.empty()) {
    auto [first, last] = BestWindow(tokens, stems, most_bytes);
    // What room is left goes to both sides, more of it to what follows.
    const auto size = [&](size_t a, size_t b) -> size_t {
      return tokens[b].end > tokens[a].begin ? tokens[b].end - tokens[a].begin : 0;
    };
    for (bool has_grown = true; has_grown;) {
      has_grown = false;
      for (int i = 0; i < 2 && last + 1 < tokens.size() && size(first, last + 1) <= most_bytes;
           ++i) {
        ++last;
        has_grown = true;
      }
      if (first > 0 && size(first - 1, last) <= most_bytes) {
        --first;
        has_grown = true;
      }
    }
    begin = first == 0 ? 0 : tokens[first].begin;
    if (tokens[last].end - begin > most_bytes) begin = tokens[first].begin;
    end = tokens[last].end;
    if (last + 1 == tokens.size() && text.size() - begin <= most_bytes) end = text.size();
  }
  snippet.text = std::string(text.substr(begin, end - begin));
  snippet.is_cut_before = begin > 0;
  snippet.is_cut_behind = end < text.size();
  for (const Token& token : tokens) {
    if (token.begin < begin || token.end > end || !stems.contains(token.stem)) continue;
    const Span span = {token.begin - begin, token.end - begin};
    // Pairs of syllables, and the parts of a hashtag, overlap.
    if (!snippet.highlights.empty() && span.first <= snippet.highlights.back().second &&
        span.first >= snippet.highlights.back().first) {
      snippet.highlights.back().second = std::max(snippet.highlights.back().second, span.second);
    } else if (snippet.highlights.empty() || span.first > snippet.highlights.back().second) {
      snippet.highlights.push_back(span);
    }
  }
  return snippet;
}

}  // namespace headwater::search
