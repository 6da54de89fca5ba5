#include "search/index/indexed.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "keys/encoding.h"

namespace headwater::search {
namespace {

// BM25F's constants. How long a field usually is stands for the corpus's average, which would have
// to be kept and would change every impact.
constexpr double kSaturation = 1.2;

struct FieldWeight {
  double weight;
  double usual_length;
  double length_share = 0.6;  // how much of what a word weighs depends on the length
};

FieldWeight WeightOf(Field field) {
  switch (field) {
    case Field::kStatement:
    case Field::kTranslation:
    case Field::kReviewed:
      return {1.0, 16};
    case Field::kTitle:
      return {1.0, 12, 0.2};  // short titles are no better than long ones
    case Field::kQuote:
      return {0.7, 20};
    case Field::kAbout:
      return {0.5, 3};
    case Field::kSource:
      return {0.3, 3};
    case Field::kName:
      return {1.0, 3};
    case Field::kAlias:
      return {0.9, 3};
  }
  return {0, 1};
}

// Whether a text of this field is found by the whole of it.
bool IsWhole(Field field) {
  return field != Field::kTitle && field != Field::kAbout && field != Field::kSource;
}

bool TakeCount(absl::string_view* in, uint64_t* count) {
  // Whatever is counted takes a byte at least.
  return keys::TakeVarint(in, count) && *count <= in->size();
}

bool TakeStrings(absl::string_view* in, std::vector<std::string>* strings) {
  uint64_t count;
  if (!TakeCount(in, &count)) return false;
  strings->reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    absl::string_view bytes;
    if (!keys::TakeSized(in, &bytes)) return false;
    strings->emplace_back(bytes);
  }
  return true;
}

bool TakeVectors(absl::string_view* in, std::vector<IndexedVector>* vectors) {
  uint64_t count;
  if (!TakeCount(in, &count) || count == 0) return false;
  for (uint64_t i = 0; i < count; ++i) {
    absl::string_view model;
    absl::string_view fingerprint;
    uint64_t dimensions;
    if (!keys::TakeSized(in, &model) || !keys::TakeVarint(in, &dimensions) ||
        dimensions > UINT16_MAX || !keys::TakeBytes(in, sizeof(uint64_t), &fingerprint)) {
      return false;
    }
    vectors->push_back({std::string(model), static_cast<uint32_t>(dimensions),
                        keys::ReadAscending(fingerprint), ""});
  }
  return true;
}

void AppendVectors(const std::vector<IndexedVector>& vectors, std::string* out) {
  if (vectors.empty()) return;
  keys::AppendVarint(vectors.size(), out);
  for (const IndexedVector& each : vectors) {
    keys::AppendSized(each.model, out);
    keys::AppendVarint(each.dimensions, out);
    keys::AppendAscending(each.fingerprint, out);
  }
}

void AppendStrings(const std::vector<std::string>& strings, std::string* out) {
  keys::AppendVarint(strings.size(), out);
  for (const std::string& each : strings) keys::AppendSized(each, out);
}

bool ByTerm(const TermImpact& a, const TermImpact& b) { return a.term < b.term; }

}  // namespace

Indexed TakeApart(const IndexedText& text, Analyzer* analyzer) {
  Indexed indexed{text.id, {}, text.filters, text.names, text.vectors};
  for (const FieldText& each : text.fields) {
    std::vector<Token> tokens = analyzer->Analyze(each.text, each.language);
    IndexedField field{each.field, FingerprintOf(tokens), {}};
    for (Token& token : tokens) {
      // Places inside a hashtag may go back; on disk they only go on.
      const uint32_t last = field.words.empty() ? 0 : field.words.back().position;
      field.words.push_back(
          {std::move(token.stem), std::max(token.position, last), token.kind, token.is_name});
    }
    if (!field.words.empty()) indexed.fields.push_back(std::move(field));
  }
  return indexed;
}

std::string EncodeIndexed(const Indexed& indexed) {
  std::string bytes;
  size_t words = 0;
  for (const IndexedField& field : indexed.fields) words += field.words.size();
  bytes.reserve(64 + 10 * words);
  keys::AppendSized(indexed.id, &bytes);
  keys::AppendVarint(indexed.fields.size(), &bytes);
  for (const IndexedField& field : indexed.fields) {
    bytes.push_back(static_cast<char>(field.field));
    keys::AppendAscending(field.fingerprint, &bytes);
    keys::AppendVarint(field.words.size(), &bytes);
    uint32_t position = 0;
    for (const IndexedWord& word : field.words) {
      const uint64_t places = word.position - position;
      position = word.position;
      keys::AppendVarint(places << 4 | (word.is_name ? 8 : 0) | static_cast<uint64_t>(word.kind),
                         &bytes);
      keys::AppendSized(word.stem, &bytes);
    }
  }
  AppendStrings(indexed.filters, &bytes);
  AppendStrings(indexed.names, &bytes);
  AppendVectors(indexed.vectors, &bytes);
  return bytes;
}

bool IndexedReader::Start(absl::string_view bytes) {
  in_ = bytes;
  return keys::TakeSized(&in_, &id_) && TakeCount(&in_, &fields_);
}

bool IndexedReader::NextField(FieldHead* head) {
  if (in_.empty()) return false;
  head->field = static_cast<Field>(in_.front());
  in_.remove_prefix(1);
  absl::string_view fingerprint;
  if (!keys::TakeBytes(&in_, sizeof(uint64_t), &fingerprint)) return false;
  head->fingerprint = keys::ReadAscending(fingerprint);
  position_ = 0;
  return head->field >= Field::kStatement && head->field <= Field::kAlias &&
         TakeCount(&in_, &head->words);
}

bool IndexedReader::NextWord(Word* word) {
  uint64_t packed;
  if (!keys::TakeVarint(&in_, &packed) || !keys::TakeSized(&in_, &word->stem)) return false;
  position_ += static_cast<uint32_t>(packed >> 4);
  word->position = position_;
  word->is_name = (packed & 8) != 0;
  word->kind = static_cast<TokenKind>(packed & 7);
  return word->kind <= TokenKind::kSyllable;
}

std::optional<Indexed> DecodeIndexed(absl::string_view bytes) {
  Indexed indexed;
  IndexedReader reader;
  if (!reader.Start(bytes)) return std::nullopt;
  indexed.id = std::string(reader.id());
  indexed.fields.resize(reader.fields());
  for (IndexedField& field : indexed.fields) {
    IndexedReader::FieldHead head;
    if (!reader.NextField(&head)) return std::nullopt;
    field.field = head.field;
    field.fingerprint = head.fingerprint;
    field.words.reserve(head.words);
    IndexedReader::Word word;
    for (uint64_t i = 0; i < head.words; ++i) {
      if (!reader.NextWord(&word)) return std::nullopt;
      field.words.push_back({std::string(word.stem), word.position, word.kind, word.is_name});
    }
  }
  bytes = reader.rest();
  if (!TakeStrings(&bytes, &indexed.filters) || !TakeStrings(&bytes, &indexed.names) ||
      (!bytes.empty() && !TakeVectors(&bytes, &indexed.vectors)) || !bytes.empty()) {
    return std::nullopt;
  }
  return indexed;
}

std::string WordTerm(absl::string_view stem) { return absl::StrCat("w", stem); }

std::string FilterTerm(absl::string_view filter) { return absl::StrCat("f", filter); }

std::string TextTerm(uint64_t fingerprint) {
  std::string term = "x";
  keys::AppendAscending(fingerprint, &term);
  return term;
}

uint64_t FingerprintOf(absl::Span<const Token> tokens) {
  std::string words;
  for (const Token& token : tokens) keys::AppendSized(token.folded, &words);
  const Sha256Digest digest = Sha256(words);
  return keys::ReadAscending(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), sizeof(uint64_t)));
}

std::vector<TermImpact> ImpactsOf(const Indexed& indexed) {
  std::vector<TermImpact> impacts;
  for (const std::string& filter : indexed.filters) impacts.push_back({FilterTerm(filter), 0});
  std::sort(impacts.begin(), impacts.end(), ByTerm);
  std::vector<std::pair<absl::string_view, double>> words;  // with what each place of theirs adds
  for (const IndexedField& field : indexed.fields) {
    const FieldWeight weight = WeightOf(field.field);
    const double length = static_cast<double>(field.words.size()) / weight.usual_length;
    const double share = weight.weight / (1 - weight.length_share + weight.length_share * length);
    for (const IndexedWord& word : field.words) words.emplace_back(word.stem, share);
  }
  // In their order, so that sums are always added up in the same one.
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  impacts.reserve(impacts.size() + words.size() + indexed.fields.size());
  for (size_t i = 0; i < words.size();) {
    const absl::string_view stem = words[i].first;
    double frequency = 0;
    for (; i < words.size() && words[i].first == stem; ++i) frequency += words[i].second;
    const double impact = 255 * frequency / (frequency + kSaturation);
    impacts.push_back(
        {WordTerm(stem), static_cast<uint8_t>(std::clamp(std::lround(impact), 1L, 255L))});
  }
  const auto whole = static_cast<ptrdiff_t>(impacts.size());
  for (const IndexedField& field : indexed.fields) {
    if (IsWhole(field.field)) impacts.push_back({TextTerm(field.fingerprint), 255});
  }
  std::sort(impacts.begin() + whole, impacts.end(), ByTerm);
  impacts.erase(
      std::unique(impacts.begin(), impacts.end(),
                  [](const TermImpact& a, const TermImpact& b) { return a.term == b.term; }),
      impacts.end());
  return impacts;
}

}  // namespace headwater::search
