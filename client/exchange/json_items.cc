#include "exchange/json_items.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace headwater::exchange {
namespace {

constexpr size_t kLookAhead = size_t{1} << 20;
constexpr size_t kLongestKey = 64;

// Whether most of the whole lines in the beginning of a file are objects, or, where there are many,
// begin as objects and are cut off.
bool IsLines(absl::string_view text) {
  if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(text), "[")) return false;
  const size_t end = text.rfind('\n');
  if (end == text.npos) return false;
  int objects = 0;
  int begun = 0;
  int others = 0;
  for (absl::string_view line : absl::StrSplit(text.substr(0, end), '\n')) {
    line = absl::StripTrailingAsciiWhitespace(line);
    if (line.empty()) continue;
    const bool begins = line.size() > 1 && line.front() == '{';
    ++(!begins ? others : line.back() == '}' ? objects : begun);
  }
  return (objects > 0 && objects >= begun + others) ||
         (begun >= 10 && objects + begun > 9 * others);
}

std::string OneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

bool IsSpace(int c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

JsonItems::JsonItems(Input* input, std::vector<std::string> within)
    : input_(input), within_(std::move(within)) {}

void JsonItems::Begin() {
  begun_ = true;
  lines_ = IsLines(input_->Peek(kLookAhead));
}

int JsonItems::Take() {
  const int c = input_->Get();
  if (c == '\n') ++line_;
  return c;
}

void JsonItems::SkipSpace() {
  for (int c = input_->Look(); IsSpace(c) || (c == ',' && level_ == Level::kArray);
       c = input_->Look()) {
    // In a file of lines, what a line leaves open ends with it.
    if (c == '\n' && lines_) level_ = Level::kTop;
    Take();
  }
}

// Reads over what follows in an outermost object one of whose arrays gave the items.
void JsonItems::SkipRest() {
  int depth = 1;
  bool in_string = false;
  for (int c = Take(); c >= 0; c = Take()) {
    if (in_string) {
      if (c == '\\') Take();
      in_string = c != '"';
      continue;
    }
    in_string = c == '"';
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return;
    if (c == '\n' && lines_) return;
  }
}

bool JsonItems::Enters(const std::string& key) const {
  return std::find(within_.begin(), within_.end(), key) != within_.end();
}

// A value, or whatever stands where one should be. Takes one byte at least.
JsonItems::Scan JsonItems::ScanItem(Row* row, std::string* text) {
  int depth = 0;
  bool in_string = false;
  bool too_long = false;
  bool too_deep = false;
  std::string key;        // the last string in the outermost object
  bool key_open = false;  // it is being read
  bool key_done = false;  // and only ":" has come since
  const bool object = input_->Look() == '{';
  bool whole = false;
  while (!whole) {
    const int c = input_->Look();
    if (c < 0) break;
    if (c == '\n' && (depth == 0 || lines_)) break;
    if (depth == 0 && !in_string && level_ == Level::kArray && (c == ',' || c == ']')) break;
    Take();
    if (!too_long) text->push_back(static_cast<char>(c));
    if (text->size() > kMaxRow) {
      too_long = true;
      text->resize(kMaxRawOfLong);
      text->shrink_to_fit();
    }
    if (in_string) {
      if (c == '\\') {
        // A backslash at a line's end is broken off there.
        const int next = lines_ && input_->Look() == '\n' ? -1 : Take();
        if (next >= 0 && !too_long) text->push_back(static_cast<char>(next));
      } else if (c == '"') {
        in_string = false;
        key_done = key_open;
        key_open = false;
      } else if (key_open && key.size() < kLongestKey) {
        key.push_back(static_cast<char>(c));
      }
      continue;
    }
    if (c == '"') {
      in_string = true;
      key_open = depth == 1 && object;
      key_done = false;
      if (key_open) key.clear();
    } else if (c == '{' || c == '[') {
      if (c == '[' && depth == 1 && key_done && level_ == Level::kTop && Enters(key)) {
        return Scan::kEntered;
      }
      too_deep = ++depth > kMaxJsonDepth || too_deep;
      key_done = false;
    } else if (c == '}' || c == ']') {
      whole = depth <= 1;
      --depth;
    } else if (!IsSpace(c) && c != ':') {
      key_done = false;
    }
  }
  if (too_long) {
    row->Reject("too long", "", absl::StrCat("is longer than ", kMaxRow >> 20, " MiB"));
  } else if (too_deep) {
    row->Reject("not JSON", "",
                absl::StrCat("is nested more than ", kMaxJsonDepth, " levels deep"));
  }
  return Scan::kItem;
}

absl::StatusOr<bool> JsonItems::Next(Row* row, std::string* text) {
  if (!begun_) Begin();
  row->Clear();
  for (;;) {
    text->clear();
    if (level_ == Level::kRest) {
      SkipRest();
      level_ = Level::kTop;
    }
    SkipSpace();
    const int c = input_->Look();
    if (c < 0) break;
    if (level_ == Level::kTop && c == '[') {
      Take();
      level_ = Level::kArray;
      in_object_ = false;
      continue;
    }
    if (level_ == Level::kArray && c == ']') {
      Take();
      level_ = in_object_ ? Level::kRest : Level::kTop;
      continue;
    }
    row->number = lines_ ? line_ : items_ + 1;
    if (ScanItem(row, text) == Scan::kEntered) {
      level_ = Level::kArray;
      in_object_ = true;
      row->Clear();
      continue;
    }
    if (!input_->status().ok()) break;
    ++items_;
    row->raw = OneLine(*text);
    return true;
  }
  if (!input_->status().ok()) return input_->status();
  if (level_ == Level::kTop) return false;
  level_ = Level::kTop;
  row->number = items_ + 1;
  row->Reject("cut off", "",
              "the file ends before its array does: it was cut off; what came before is read");
  return true;
}

}  // namespace headwater::exchange
