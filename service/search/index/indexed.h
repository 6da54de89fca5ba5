// What is indexed: a resource with the texts that it is found by, and the same taken apart.
#ifndef HEADWATER_SEARCH_INDEX_INDEXED_H_
#define HEADWATER_SEARCH_INDEX_INDEXED_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "search/text/analyzer.h"
#include "search/text/token.h"

namespace headwater::search {

// Raise it whenever the same records would be indexed otherwise than before: an index of other
// rules is dropped and made anew by whoever keeps it.
inline constexpr uint64_t kSearchRules = 4;

// What a text is to the resource. Do not change these numbers: they are on disk.
enum class Field : uint8_t {
  kStatement = 1,    // a claim's text
  kTranslation = 2,  // the same in another language
  kReviewed = 3,     // the same in a fact-checker's words
  kQuote = 4,        // the same in the words of whoever says it
  kTitle = 5,        // of a document that tells it, of a review
  kAbout = 6,        // a name of what a claim is about
  kSource = 7,       // a name of who says it
  kName = 8,         // a source's name, in whatever language
  kAlias = 9,
};

struct FieldText {
  Field field = Field::kStatement;
  std::string language;  // BCP 47; "und" where it is not known
  std::string text;
};

// A vector by which a claim is found. Rows tell two apart by their fingerprints; the vector itself
// stands in rows of its own (search/vectors/).
struct IndexedVector {
  std::string model;
  uint32_t dimensions = 0;
  uint64_t fingerprint = 0;  // of the packed vector
  std::string packed;        // empty where it was read from a row

  friend bool operator==(const IndexedVector& a, const IndexedVector& b) {
    return a.model == b.model && a.dimensions == b.dimensions && a.fingerprint == b.fingerprint;
  }
};

// A resource to be indexed.
struct IndexedText {
  std::string id;  // within its corpus; a claim's or a source's own id
  std::vector<FieldText> fields;
  // By what it is filtered, in bytes of the caller's own; each once. See FilterTerm.
  std::vector<std::string> filters;
  // Names by which a mistyped name is put right: as they are to be shown.
  std::vector<std::string> names;
  std::vector<IndexedVector> vectors;  // at most one a model
};

// A word of a field. As in Token.
struct IndexedWord {
  std::string stem;
  uint32_t position = 0;
  TokenKind kind = TokenKind::kWord;
  bool is_name = false;

  friend bool operator==(const IndexedWord&, const IndexedWord&) = default;
};

struct IndexedField {
  Field field = Field::kStatement;
  // FingerprintOf its words. The same words make the same, whatever language they are said to be
  // in.
  uint64_t fingerprint = 0;
  std::vector<IndexedWord> words;

  friend bool operator==(const IndexedField&, const IndexedField&) = default;
};

// The same taken apart: what the index keeps of a resource, to score it by and to take it out
// again.
//
//   varint, bytes     id
//   varint            how many fields; each:
//     1 byte            Field
//     8 bytes           its fingerprint
//     varint            how many words; each:
//       varint            16 times how many places it is behind the one before it (the first:
//       behind
//                         0), plus 8 for a name, plus its TokenKind
//       varint, bytes     its stem
//   varint            how many filters; each varint, bytes
//   varint            how many names; each varint, bytes
//   and where it has vectors:
//   varint            how many; each:
//     varint, bytes     model
//     varint            dimensions
//     8 bytes           its fingerprint
struct Indexed {
  std::string id;
  std::vector<IndexedField> fields;
  std::vector<std::string> filters;
  std::vector<std::string> names;
  std::vector<IndexedVector> vectors;

  friend bool operator==(const Indexed&, const Indexed&) = default;
};

Indexed TakeApart(const IndexedText& text, Analyzer* analyzer);

std::string EncodeIndexed(const Indexed& indexed);

// Reads such bytes in place, from front to end: the id first, then each field and after it its
// words. Its views are into the bytes. Once something was damaged all is.
class IndexedReader {
 public:
  struct FieldHead {
    Field field = Field::kStatement;
    uint64_t fingerprint = 0;
    uint64_t words = 0;  // how many; Word() is to be called as often
  };
  struct Word {
    absl::string_view stem;
    uint32_t position = 0;
    TokenKind kind = TokenKind::kWord;
    bool is_name = false;
  };

  // False where the bytes are damaged.
  bool Start(absl::string_view bytes);
  absl::string_view id() const { return id_; }
  uint64_t fields() const { return fields_; }  // how many; NextField() is to be called as often
  bool NextField(FieldHead* head);
  bool NextWord(Word* word);
  // What is behind the fields.
  absl::string_view rest() const { return in_; }

 private:
  absl::string_view in_;
  absl::string_view id_;
  uint64_t fields_ = 0;
  uint32_t position_ = 0;
};

// nullopt where the bytes are damaged.
std::optional<Indexed> DecodeIndexed(absl::string_view bytes);

// The terms of the index: of a word by its stem, and of a filter.
std::string WordTerm(absl::string_view stem);
std::string FilterTerm(absl::string_view filter);
// Of a whole statement, quote, name or alias, by the fingerprint of its words.
std::string TextTerm(uint64_t fingerprint);

// A digest of the folded words in their order. Different texts have different ones, as good as
// always.
uint64_t FingerprintOf(absl::Span<const Token> tokens);

// A term of a resource, with what it weighs in it: 0 for filters, 255 for whole texts; for words 1
// to 255, the more often and in the more telling and shorter fields.
struct TermImpact {
  std::string term;
  uint8_t impact = 0;
};

// The resource's terms, each once, ascending. They depend on nothing but the resource (BM25F with a
// fixed length to compare with), so they never have to be changed because of others.
std::vector<TermImpact> ImpactsOf(const Indexed& indexed);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_INDEXED_H_
