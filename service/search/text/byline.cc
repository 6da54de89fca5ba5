#include "search/text/byline.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace headwater::search {
namespace {

// More than any name, handle or date takes; what is longer says something.
constexpr size_t kLongestName = 120;
constexpr size_t kLongestHandle = 40;
constexpr size_t kLongestDate = 40;

// The last dash in it, long or short or typed as two or between spaces; npos if there is none.
size_t LastDash(absl::string_view text) {
  size_t last = absl::string_view::npos;
  for (const absl::string_view dash : {"\xe2\x80\x94", "\xe2\x80\x93", "--", " - "}) {
    const size_t at = text.rfind(dash);
    if (at == absl::string_view::npos) continue;
    if (last == absl::string_view::npos || at > last) last = at;
  }
  return last;
}

bool IsHandle(absl::string_view name) {
  return !name.empty() && name.size() <= kLongestHandle &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '_' || c == '.' || c == '-' || c == '@';
         });
}

}  // namespace

Byline FindByline(absl::string_view text) {
  const Byline none{text.size(), text.size(), text.size()};
  const size_t handle = text.rfind("(@");
  if (handle == absl::string_view::npos) return none;
  const size_t close = text.find(')', handle);
  if (close == absl::string_view::npos || text.size() - close > kLongestDate) return none;
  if (!IsHandle(text.substr(handle + 2, close - handle - 2))) return none;
  const size_t dash = LastDash(text.substr(0, handle));
  if (dash == absl::string_view::npos || handle - dash > kLongestName) return none;
  return {dash, handle, close + 1};
}

}  // namespace headwater::search
