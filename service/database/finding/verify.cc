// Verify of texts and quotes.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/cancellation.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "database/errors.h"
#include "database/finding/claim_summary.h"
#include "database/finding/finding.h"
#include "database/finding/index_point.h"
#include "database/finding/live_record.h"
#include "database/finding/match_words.h"
#include "database/finding/near_claims.h"
#include "database/finding/record_index.h"
#include "database/finding/verify_address.h"
#include "records/index_row.h"
#include "search/rank/matcher.h"
#include "search/rank/model.h"
#include "search/text/detect.h"
#include "search/text/sentences.h"

namespace headwater::database {
namespace {

constexpr size_t kDefaultMatches = 5;
constexpr size_t kMostStatements = 2000;
constexpr size_t kMostKnown = 100;
// The most bytes of an answer, below what gRPC clients take unless told otherwise.
constexpr size_t kMostBytes = kMostPageBytes;

// Whether it has words: figures alone, as before the items of a list, say nothing.
bool SaysSomething(const std::vector<search::Token>& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [](const search::Token& token) {
    return token.kind != search::TokenKind::kNumber;
  });
}

// Whether both speak of somebody or something by name, and neither of whom the other does: then
// they say the same of different things, at best.
bool NamesDiffer(const std::vector<search::Token>& tokens, const search::Indexed& claim) {
  std::set<absl::string_view> words;
  std::set<absl::string_view> names;
  for (const search::Token& token : tokens) {
    words.insert(token.stem);
    if (token.is_name) names.insert(token.stem);
  }
  bool has_names = false;
  for (const search::IndexedField& field : claim.fields) {
    for (const search::IndexedWord& word : field.words) {
      has_names |= word.is_name;
      if (names.contains(word.stem) || (word.is_name && words.contains(word.stem))) return false;
    }
  }
  return has_names && !names.empty();
}

class Verification {
 public:
  Verification(const Finding& finding, const IndexPoint& point, const v1::VerifyRequest& request)
      : finding_(finding),
        point_(point),
        request_(request),
        most_(request.max_matches() > 0 ? static_cast<size_t>(request.max_matches())
                                        : kDefaultMatches),
        summaries_(point_.reading),
        analyzer_(AnalyzerOfThread()) {}

  absl::StatusOr<v1::VerifyResponse> OfText(const std::string& text) {
    SetLanguage(text);
    std::vector<search::Span> sentences = search::SplitSentences(text, language_);
    if (sentences.size() > kMostStatements) sentences.resize(kMostStatements);
    HW_RETURN_IF_ERROR(CheckCount(sentences.size()));
    size_t at = 0;
    size_t code_point = 0;
    for (const auto& [begin, end] : sentences) {
      HW_RETURN_IF_ERROR(UnlessCancelled());
      code_point += CodePoints(absl::string_view(text).substr(at, begin - at));
      const std::string sentence = text.substr(begin, end - begin);
      const size_t length = CodePoints(sentence);
      HW_RETURN_IF_ERROR(Add(sentence, code_point, length));
      code_point += length;
      at = end;
    }
    return std::move(response_);
  }

  absl::StatusOr<v1::VerifyResponse> OfQuote(const std::string& quote) {
    SetLanguage(quote);
    HW_RETURN_IF_ERROR(CheckCount(1));
    HW_RETURN_IF_ERROR(Add(quote, 0, CodePoints(quote)));
    return std::move(response_);
  }

 private:
  void SetLanguage(const std::string& text) {
    language_ = request_.language();
    if (language_.empty()) language_ = search::LanguageToReadBy("und", text);
    if (language_.empty()) language_ = "und";
    response_.set_language(language_);
  }

  absl::Status CheckCount(size_t statements) const {
    const auto given = static_cast<size_t>(request_.embeddings_size());
    if (given == 0) return absl::OkStatus();
    if (given != statements) {
      return InvalidField("embeddings", absl::StrCat("has ", given, " vectors; there are ",
                                                     statements, " statements: give one for each"));
    }
    return absl::OkStatus();
  }

  absl::Status Add(const std::string& text, size_t start, size_t length) {
    const int place = response_.statements_size();
    v1::VerifiedStatement* const statement = response_.add_statements();
    embedding_ = place < request_.embeddings_size() ? &request_.embeddings(place) : nullptr;
    const std::string key =
        embedding_ == nullptr ? text : absl::StrCat(text, "\n", NeighbourhoodKey(*embedding_));
    const auto [known, is_new] = matches_.try_emplace(key);
    if (is_new) {
      HW_ASSIGN_OR_RETURN(known->second, MatchesOf(text));
    }
    *statement = known->second;
    statement->set_text(text);
    statement->mutable_position()->set_start(static_cast<int32_t>(start));
    statement->mutable_position()->set_end(static_cast<int32_t>(start + length));
    bytes_ += statement->ByteSizeLong();
    if (bytes_ <= kMostBytes) return absl::OkStatus();
    return InvalidField("max_matches", absl::StrCat("asks for more than ", kMostBytes >> 20,
                                                    " MiB; ask for fewer, or send less text"));
  }

  absl::StatusOr<v1::VerifiedStatement> MatchesOf(const std::string& text) {
    v1::VerifiedStatement statement;
    const std::vector<search::Token> tokens = analyzer_->Analyze(text, language_);
    if (!request_.has_quote() && !SaysSomething(tokens)) return statement;
    search::MatchOptions options;
    options.most = most_;
    options.ages = [this](const std::vector<std::string>& claims) { return AgesOf(claims); };
    near_ = search::Neighbourhood();
    if (embedding_ != nullptr) {
      HW_ASSIGN_OR_RETURN(near_, NearClaims(finding_, point_, *embedding_, kNearCandidates));
      options.near = near_.nearest;
    }
    HW_ASSIGN_OR_RETURN(const std::vector<search::Match> matches,
                        search::FindMatches(point_.snapshot(), keys::Corpus::kClaims, text,
                                            language_, options, analyzer_, kv::Patience::kMayWait));
    for (const search::Match& match : matches) {
      if (match.likelihood < search::kMatchThreshold && !IsShownUnlikely(match)) continue;
      HW_RETURN_IF_ERROR(AddMatch(match, text, tokens, &statement));
    }
    // In the order of their rank those that are matches might stand behind others.
    std::stable_sort(statement.mutable_matches()->pointer_begin(),
                     statement.mutable_matches()->pointer_end(),
                     [](const v1::ClaimMatch* a, const v1::ClaimMatch* b) {
                       return a->is_match() && !b->is_match();
                     });
    return statement;
  }

  // The place of each in the order in which they were made.
  absl::StatusOr<std::vector<uint64_t>> AgesOf(const std::vector<std::string>& claims) const {
    std::vector<keys::Name> names;
    for (const std::string& id : claims) names.push_back({keys::Kind::kClaim, "", id});
    const records::Reader reader = point_.reading.reader();
    HW_ASSIGN_OR_RETURN(std::vector<uint64_t> revisions,
                        reader.RevisionsAt(names, point_.reading.point.sequence));
    // What is being indexed in pieces may not have been made yet in the state shown.
    std::vector<size_t> made;
    for (size_t i = 0; i < names.size(); ++i) {
      if (revisions[i] != 0) made.push_back(i);
    }
    std::erase(revisions, uint64_t{0});
    HW_ASSIGN_OR_RETURN(const std::vector<records::Stored> stored, reader.LoadAll(revisions));
    HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> since, SinceOf(names));
    // Those of one commit have one time; there, the sequence under which they stand tells.
    std::vector<std::tuple<int64_t, uint64_t, size_t>> by_age;
    for (size_t i = 0; i < made.size(); ++i)
      by_age.emplace_back(stored[i].entry.create_micros, since[made[i]], made[i]);
    std::sort(by_age.begin(), by_age.end());
    std::vector<uint64_t> ages(names.size(), by_age.size());
    for (size_t i = 0; i < by_age.size(); ++i) ages[std::get<2>(by_age[i])] = i;
    return ages;
  }

  // The sequence at which each was made, or last deleted or undeleted.
  absl::StatusOr<std::vector<uint64_t>> SinceOf(const std::vector<keys::Name>& names) const {
    const std::string term = keys::Term(keys::Index::kAll, keys::NoValue());
    std::vector<std::string> rows;
    for (const keys::Name& name : names) rows.push_back(keys::LiveKey(term, name.Key()));
    HW_ASSIGN_OR_RETURN(
        const std::vector<std::optional<std::string>> values,
        point_.snapshot().MultiGet(kv::Keyspace::kIndexes, rows, kv::Patience::kMayWait));
    std::vector<uint64_t> since;
    for (const std::optional<std::string>& value : values) {
      const std::optional<records::LiveRow> row = value ? records::ParseLive(*value) : std::nullopt;
      since.push_back(row ? row->from : UINT64_MAX);
    }
    return since;
  }

  // Of what is no match by its words.
  bool IsShownUnlikely(const search::Match& match) const {
    return request_.show_unlikely() || (match.cosine && StandsOut(*match.cosine, near_));
  }

  // What a claim is found by, made once for as many statements as repeat it.
  struct Known {
    std::optional<search::IndexedText> texts;
    search::Indexed indexed;
  };

  // Good until the next call.
  absl::StatusOr<const Known*> KnownOf(const keys::Name& name) {
    if (known_.size() >= kMostKnown) known_.clear();
    const auto [place, is_new] = known_.try_emplace(name.id);
    if (is_new) {
      HW_ASSIGN_OR_RETURN(place->second.texts, TextAt(point_.reading, name));
      if (place->second.texts)
        place->second.indexed = search::TakeApart(*place->second.texts, analyzer_);
    }
    return &place->second;
  }

  absl::Status AddMatch(const search::Match& match, const std::string& text,
                        const std::vector<search::Token>& tokens,
                        v1::VerifiedStatement* statement) {
    const keys::Name name{keys::Kind::kClaim, "", match.id};
    HW_ASSIGN_OR_RETURN(const Known* const known, KnownOf(name));
    const std::optional<search::IndexedText>& texts = known->texts;
    // A request that is being indexed in pieces may have made it later than the state shown.
    if (!texts) return absl::OkStatus();
    const bool is_match = match.is_same_text || (match.likelihood >= search::kMatchThreshold &&
                                                 !NamesDiffer(tokens, known->indexed));
    if (!is_match && !IsShownUnlikely(match)) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(const v1::ClaimSummary* const summary, summaries_.Of(name));
    if (summary == nullptr) return absl::OkStatus();
    v1::ClaimMatch* const out = statement->add_matches();
    *out->mutable_claim() = *summary;
    out->set_likelihood(match.likelihood);
    out->set_is_match(is_match);
    out->set_is_same_text(match.is_same_text);
    out->set_reason(MatchReason(match, text, tokens));
    HW_RETURN_IF_ERROR(AddSimilarity(match, name, out));
    AddMismatches(match, out);
    const std::set<std::string> stems(match.shared.begin(), match.shared.end());
    *out->mutable_snippet() = BestSnippet(*texts, match.field, stems, analyzer_);
    return absl::OkStatus();
  }

  // The exact one, of the vectors as they were sent.
  absl::Status AddSimilarity(const search::Match& match, const keys::Name& name,
                             v1::ClaimMatch* out) {
    if (embedding_ == nullptr) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Claim> claim,
                        LiveRecord<v1::Claim>(point_.reading, name));
    const std::optional<double> similarity =
        claim == nullptr ? std::nullopt : SimilarityOf(*claim, *embedding_);
    if (!similarity) return absl::OkStatus();
    out->set_vector_similarity(*similarity);
    if (match.cosine) AddNearReason(*similarity, *embedding_, out);
    return absl::OkStatus();
  }

  const Finding& finding_;
  const IndexPoint& point_;
  const v1::VerifyRequest& request_;
  const size_t most_;
  Summaries summaries_;
  search::Analyzer* const analyzer_;
  std::string language_;
  std::map<std::string, Known> known_;                    // by claim
  std::map<std::string, v1::VerifiedStatement> matches_;  // of statements met already
  const v1::Embedding* embedding_ = nullptr;              // of the statement at hand
  search::Neighbourhood near_;                            // of that
  v1::VerifyResponse response_;
  size_t bytes_ = 0;
};

absl::StatusOr<v1::VerifyResponse> Verified(const Finding& finding, const IndexPoint& point,
                                            const v1::VerifyRequest& request) {
  if (request.has_uri()) return VerifyAddress(point, request.uri());
  if (request.has_quote()) return Verification(finding, point, request).OfQuote(request.quote());
  return Verification(finding, point, request).OfText(request.text());
}

absl::Status CheckVectors(const v1::VerifyRequest& request) {
  for (int i = 0; i < request.embeddings_size(); ++i) {
    const std::string field = absl::StrCat("embeddings[", i, "]");
    HW_RETURN_IF_ERROR(CheckVector(request.embeddings(i), field));
    if (request.embeddings(i).model() != request.embeddings(0).model())
      return InvalidField(field + ".model", "is another than the first one's");
  }
  return absl::OkStatus();
}

}  // namespace

Reply Verify(const Finding& finding, const v1::VerifyRequest& request) {
  if (request.subject_case() == v1::VerifyRequest::SUBJECT_NOT_SET) {
    return InvalidField("text", "is required, or quote, or uri: what to verify");
  }
  for (const auto& [field, given] :
       {std::make_pair("text", &request.text()), std::make_pair("quote", &request.quote()),
        std::make_pair("uri", &request.uri())}) {
    const auto* const descriptor = request.GetDescriptor()->FindFieldByName(field);
    if (request.GetReflection()->HasField(request, descriptor) &&
        (given->empty() || IsBlank(*given))) {
      return InvalidField(field, "is empty: there is nothing to verify");
    }
  }
  HW_RETURN_IF_ERROR(CheckVectors(request));
  if (request.has_uri() && request.embeddings_size() > 0)
    return InvalidField("embeddings", "goes with text or quote: an address has no vector");
  HW_ASSIGN_OR_RETURN(const IndexPoint point, LatestIndex(finding, request.read()));
  HW_ASSIGN_OR_RETURN(v1::VerifyResponse response, Verified(finding, point, request));
  response.set_read_sequence(static_cast<int64_t>(point.watermark.sequence));
  return response.SerializeAsString();
}

}  // namespace headwater::database
