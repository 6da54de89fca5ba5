#include "exchange/record_lines.h"

#include <algorithm>
#include <streambuf>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "exchange/kinds.h"
#include "exchange/message_json.h"
#include "exchange/unicode.h"
#include "google/protobuf/util/json_util.h"

namespace headwater::exchange {
namespace {

// Characters of an error: a parser's, or a name's, may be as long as the line.
constexpr size_t kMostOfError = 300;

using google::protobuf::util::JsonStringToMessage;

absl::Status CheckName(const v1::Record& record) {
  const Kind* kind = KindOf(record);
  if (kind == nullptr) {
    return absl::InvalidArgumentError(
        "no resource in it: a line is {\"source\": {…}}, or document, claim, attribution, relation "
        "or review");
  }
  const std::string name = NameOf(ResourceIn(record, *kind));
  if (name.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(kind->word,
                     ".name is missing: a row says its name, so that reading the file "
                     "again does not make it again"));
  }
  if (KindOfName(name) == kind) return absl::OkStatus();
  const std::string pattern = absl::StrCat(kind->in_claim ? "claims/{claim}/" : "",
                                           kind->collection, "/{", kind->word, "}");
  return absl::InvalidArgumentError(absl::StrCat(
      kind->word, ".name is \"", Shortened(name, kMostOfError), "\"; it must be like ", pattern));
}

}  // namespace

absl::StatusOr<v1::Record> ParseRecord(absl::string_view line) {
  if (line.size() > kMaxLine) {
    return absl::InvalidArgumentError(
        absl::StrCat("longer than ", kMaxLine >> 20, " MiB, the most that the server takes"));
  }
  v1::Record record;
  const auto status = JsonStringToMessage({line.data(), line.size()}, &record);
  if (!status.ok()) {
    // The parser's message goes on with an excerpt of the line and a caret under it.
    std::string why(status.message().data(), status.message().size());
    why = Shortened(ToUtf8(why.substr(0, why.find('\n'))), kMostOfError);
    why = absl::StrReplaceAll(why, {{"type type.googleapis.com/headwater.v1.", ""}});
    return absl::InvalidArgumentError(absl::StrCat("not a record in JSON: ", why));
  }
  if (absl::Status bad = CheckName(record); !bad.ok()) return bad;
  return record;
}

std::string FormatRecord(const v1::Record& record) { return MessageJson(record); }

bool LineReader::Next(std::string* line) {
  line->clear();
  std::streambuf& buffer = *input_->rdbuf();
  constexpr int kEnd = std::char_traits<char>::eof();
  int c = buffer.sbumpc();
  if (c == kEnd) return false;
  ++number_;
  for (; c != kEnd; c = buffer.sbumpc()) {
    ++bytes_;
    if (c == '\n') break;
    if (line->size() <= kMaxLine) line->push_back(static_cast<char>(c));
  }
  if (!line->empty() && line->back() == '\r') line->pop_back();
  return true;
}

}  // namespace headwater::exchange
