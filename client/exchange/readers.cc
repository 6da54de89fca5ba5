#include "exchange/readers.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "exchange/csv/reader.h"
#include "exchange/fact_checks/averitec.h"
#include "exchange/fact_checks/claim_review.h"
#include "exchange/fact_checks/fact_check.h"
#include "exchange/ftm/reader.h"
#include "exchange/native_reader.h"
#include "exchange/prov/reader.h"
#include "exchange/wikidata/reader.h"

namespace headwater::exchange {
namespace {

constexpr size_t kLookAhead = size_t{64} << 10;

using Opened = absl::StatusOr<std::unique_ptr<Reader>>;

Opened OpenNative(std::unique_ptr<Input> input, const ReadSettings&) {
  return NewNativeReader(std::move(input));
}
Opened OpenCsv(std::unique_ptr<Input> input, const ReadSettings& settings) {
  return NewCsvReader(std::move(input), settings.mapping, settings.delimiter, settings.language);
}
Opened OpenClaimReview(std::unique_ptr<Input> input, const ReadSettings& settings) {
  return NewClaimReviewReader(std::move(input), settings.language);
}
Opened OpenFactCheck(std::unique_ptr<Input> input, const ReadSettings& settings) {
  return NewFactCheckReader(std::move(input), settings.language);
}
Opened OpenAveritec(std::unique_ptr<Input> input, const ReadSettings& settings) {
  return NewAveritecReader(std::move(input), settings.language);
}
Opened OpenProv(std::unique_ptr<Input> input, const ReadSettings&) {
  return NewProvReader(std::move(input));
}
Opened OpenFtm(std::unique_ptr<Input> input, const ReadSettings&) {
  return NewFtmReader(std::move(input));
}
Opened OpenWikidata(std::unique_ptr<Input> input, const ReadSettings&) {
  return NewWikidataReader(std::move(input));
}

// Whether the text has the JSON key, in quotes or in quotes that are escaped.
bool HasKey(absl::string_view text, absl::string_view key) {
  return absl::StrContains(text, absl::StrCat("\"", key, "\"")) ||
         absl::StrContains(text, absl::StrCat("\\\"", key, "\\\""));
}

// Whether the first line names all of these, as columns or as keys.
bool HasColumns(absl::string_view text, std::initializer_list<absl::string_view> columns) {
  const absl::string_view line = text.substr(0, text.find_first_of("\r\n"));
  for (const absl::string_view column : columns) {
    if (!absl::StrContains(line, column)) return false;
  }
  return true;
}

// Whether there is a section of PROV-JSON in it, with what only those have.
bool IsProv(absl::string_view text) {
  return HasKey(text, "prefix") ? HasKey(text, "entity") || HasKey(text, "agent")
                                : absl::StrContains(text, "\"prov:");
}

bool IsNativeLine(absl::string_view text) {
  for (absl::string_view word :
       {"source", "document", "claim", "attribution", "relation", "review"}) {
    absl::string_view rest = text;
    if (!absl::ConsumePrefix(&rest, "{")) return false;
    rest = absl::StripLeadingAsciiWhitespace(rest);
    if (!absl::ConsumePrefix(&rest, absl::StrCat("\"", word, "\""))) continue;
    rest = absl::StripLeadingAsciiWhitespace(rest);
    if (!absl::ConsumePrefix(&rest, ":")) continue;
    return absl::StartsWith(absl::StripLeadingAsciiWhitespace(rest), "{");
  }
  return false;
}

}  // namespace

const std::vector<ReadFormat>& ReadFormats() {
  static const std::vector<ReadFormat>* const formats = new std::vector<ReadFormat>{
      {"native", "Headwater's own: one record in JSON a line, {\"claim\": {…}}.", OpenNative},
      {"csv",
       "CSV with a header: columns named as the fields of one kind, or told by a mapping file.",
       OpenCsv},
      {"claim-review",
       "schema.org ClaimReview (JSON-LD) as fact-checkers publish it: one, an array, @graph, a "
       "DataFeed, or one a line.",
       OpenClaimReview},
      {"fact-check", "Answers of the Google Fact Check Tools API's claims:search, or their claims.",
       OpenFactCheck},
      {"averitec", "The AVeriTeC set: an array of claims with questions, answers and evidence.",
       OpenAveritec},
      {"prov", "W3C PROV-JSON: agents, entities, attributions and derivations.", OpenProv},
      {"ftm", "FollowTheMoney statements, as CSV or one in JSON a line.", OpenFtm},
      {"wikidata",
       "Wikidata's statements with ranks, qualifiers and references, one in JSON a line.",
       OpenWikidata},
  };
  return *formats;
}

absl::StatusOr<std::string> DetectFormat(Input* input) {
  const absl::string_view text = absl::StripLeadingAsciiWhitespace(input->Peek(kLookAhead));
  if (!input->status().ok()) return input->status();
  if (text.empty()) return "native";  // nothing is fine in any format
  const bool json = text.front() == '{' || text.front() == '[' || text.front() == '<';
  if (json && IsNativeLine(text)) return "native";
  if (json && HasKey(text, "statement_id") && HasKey(text, "rank")) return "wikidata";
  if (HasColumns(text, {"entity_id", "prop", "schema", "dataset"})) return "ftm";
  if (json && IsProv(text)) return "prov";
  if (json && HasKey(text, "fact_checking_article")) return "averitec";
  if (json && (HasKey(text, "claimReviewed") || absl::StrContains(text, "ClaimReview\"") ||
               absl::StrContains(text, "ClaimReview\\\""))) {
    return "claim-review";
  }
  if (json && (HasKey(text, "claimReview") || HasKey(text, "claims"))) return "fact-check";
  std::string path = absl::AsciiStrToLower(input->path());
  for (absl::string_view packed : {".gz", ".zst"}) {
    path = std::string(absl::StripSuffix(path, packed));
  }
  if (absl::EndsWith(path, ".csv") || absl::EndsWith(path, ".tsv") ||
      absl::EndsWith(path, ".tab")) {
    return "csv";
  }
  const absl::string_view line = text.substr(0, text.find_first_of("\r\n"));
  if (!json && line.find_first_of(",;\t|") != line.npos && line.size() < text.size() &&
      !absl::StrContains(text, '\0')) {
    return "csv";
  }
  if (json && text.front() == '{') return "native";
  return absl::InvalidArgumentError(absl::StrCat(
      input->path(), " is like none of the formats that can be read; name one with --format"));
}

absl::StatusOr<std::unique_ptr<Reader>> OpenReader(absl::string_view format,
                                                   std::unique_ptr<Input> input,
                                                   const ReadSettings& settings,
                                                   std::string* word) {
  std::string chosen(format);
  if (chosen == "auto" && !settings.mapping.empty()) chosen = "csv";
  if (chosen == "auto") {
    absl::StatusOr<std::string> detected = DetectFormat(input.get());
    if (!detected.ok()) return detected.status();
    chosen = *std::move(detected);
  }
  if (word != nullptr) *word = chosen;
  std::vector<std::string> words;
  for (const ReadFormat& one : ReadFormats()) {
    if (one.word == chosen) return one.open(std::move(input), settings);
    words.emplace_back(one.word);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "there is no format \"", chosen, "\"; there are auto, ", absl::StrJoin(words, ", ")));
}

}  // namespace headwater::exchange
