// The key register: the layout of every key of every keyspace. Nobody else puts a key together.
//
//   keyspace  key                                            value
//   meta      "format"                                       varint: the on-disk format's version
//   meta      "head"                                         8, ascending: the last sequence
//   log       sequence (8, ascending)                        an entry: records/entry.h
//   names     name, sequence (8, descending)                 the operation's byte
//   edges     claim id 00 attribution id 00
//             sequence (8, descending)                       an edge: records/edge.h
//   indexes   01 index, value, name                          a live row: records/index_row.h
//   indexes   02 index, value, name, from (8, ascending)     a closed row: records/index_row.h
//   blobs     SHA-256 of the text (32)                       the text, one zstd frame
//   requests  01 SHA-256 of principal, method and id (32)    an answer: database/requests.h
//   requests  02 expiry in microseconds (8, ascending),
//             that hash                                      nothing
//   requests  03 SHA-256 of principal, method and import id  how far an import is:
//             (32)                                           database/import_state.h
//   requests  04 that hash, row (8, ascending)               a row of it that waits, or was
//                                                            rejected: database/import_state.h
//   requests  05 expiry in microseconds (8, ascending),
//             that hash                                      nothing
//   standings 01 index, value, name                          a live row, as in indexes; head is 0
//   standings 02 index, value, name, from (8, ascending)     a closed row, as in indexes
//   standings 03 claim id 00, sequence (8, descending)       how it stands: records/standing_row.h
//   standings 04                                             how far these go:
//                                                            database/watermark.h
//   postings  01 corpus, term                                a term's head:
//                                                            search/index/posting_list.h
//   postings  02 corpus, term, last number (4, ascending)    a block of its postings: likewise
//   postings  03 corpus, number (4, ascending)               what is indexed:
//                                                            search/index/indexed.h
//   postings  04 corpus, id                                  its number: varint
//   postings  05 corpus, name                                how many bear the name: varint
//   postings  06 corpus, three letters of it, name           nothing
//   postings  07 corpus                                      search/index/statistics.h
//   postings  08                                             how far the index goes:
//                                                            database/finding/index_watermark.h
//   postings  09 corpus, row (2, ascending)                  search/index/letter_counts.h
//   postings  0a                                             how far suggestions go:
//                                                            database/finding/suggester.h
//   postings  10 model, dimensions (2, ascending)            the space of its vectors: varint
//   postings  11 space (4, ascending), node (4, ascending)   search/vectors/vector_rows.h
//   postings  12 space (4, ascending), node (4, ascending)   search/vectors/vector_graph.h
//   postings  13 space (4, ascending), number (4, ascending) search/vectors/vector_rows.h
//
// In postings, terms, ids, names, letters and models are closed.
//
// "head" is the engine's own.
//
// "name" is keys::Name::Key(). An index's value is closed (keys/encoding.h) or of a fixed length,
// so that equal values lie together and in the order of their names. Test vectors:
// register_test.cc.
#ifndef HEADWATER_KEYS_REGISTER_H_
#define HEADWATER_KEYS_REGISTER_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "keys/name.h"

namespace headwater::keys {

// The version of all layouts on disk, those of values included. A store with another is not opened.
inline constexpr uint64_t kFormatVersion = 2;
inline constexpr absl::string_view kFormatKey = "format";

// The secondary indexes. Do not change these numbers: they are on disk.
enum class Index : uint8_t {
  kAll = 1,             // no value: every resource, by name
  kReference = 2,       // name of what is referred to, Reference: who refers to it
  kSourceKind = 3,      // enum number: sources
  kCountry = 4,         // closed: sources
  kDomain = 5,          // closed: sources
  kSourceNameKey = 6,   // closed FoldKey of every name and alias: sources
  kLanguage = 7,        // closed: documents, claims
  kAbout = 8,           // closed URI, or FoldKey of the name: claims
  kTag = 9,             // closed: claims
  kNature = 10,         // enum number: claims
  kStance = 11,         // enum number: attributions
  kDate = 12,           // kind, first day (4, ordered): published, subject and said dates
  kRelationKind = 13,   // enum number: relations
  kRelationState = 14,  // enum number: relations
  kSameAs = 15,         // closed URI: sources
  kStanding = 16,       // enum number: claims, in standings
  kFlag = 17,           // enum number: claims, in standings
};

// The fields that refer to another resource. Do not change these numbers: they are on disk.
enum class Reference : uint8_t {
  kSourcePartOf = 1,
  kSourceOwner = 2,
  kSourceKnownDistinctFrom = 3,
  kEvidenceAuthor = 4,
  kEvidenceAuthenticatedBy = 5,
  kDocumentPublisher = 6,
  kDocumentDerivedFrom = 7,
  kWithdrawalDocument = 8,
  kAttributionSource = 9,
  kAttributionDocument = 10,
  kCitedAttribution = 11,
  kCitedSource = 12,
  kNoCommentAskedBy = 13,
  kRelationTarget = 14,
  kReviewAuthor = 15,
};

std::string LogKey(uint64_t sequence);

// In names: the part before the sequence is Name::Key(); this is the rest.
std::string VersionSuffix(uint64_t sequence);

// Where the edges of a claim begin; of one of its attributions.
std::string EdgePrefix(absl::string_view claim);
std::string EdgePrefix(absl::string_view claim, absl::string_view attribution);

// An index's value.
std::string NoValue();
std::string NumberValue(uint8_t number);
std::string TextValue(absl::string_view text);
std::string DateValue(Kind kind, int32_t day);
// What all references to `target` begin with, by whatever field.
std::string ReferenceValue(const Name& target);
std::string ReferenceValue(const Name& target, Reference field);

// A term is an index and a value: what a row stands under. Live and closed rows of one term and
// name share all but the first byte and the closed row's end.
std::string Term(Index index, absl::string_view value);
std::string LiveKey(absl::string_view term, absl::string_view name_key);
std::string ClosedKey(absl::string_view term, absl::string_view name_key, uint64_t from);
// Where the live (closed) rows that begin with `term` and then `name_prefix` begin.
std::string LivePrefix(absl::string_view term, absl::string_view name_prefix = "");
std::string ClosedPrefix(absl::string_view term, absl::string_view name_prefix = "");

// In standings: the part before the sequence (VersionSuffix), and what all of these begin with.
std::string StandingPrefix(absl::string_view claim);
std::string StandingPrefix();
std::string StandingsWatermarkKey();

// What is searched apart. Do not change these numbers: they are on disk.
enum class Corpus : uint8_t {
  kClaims = 1,
  kSources = 2,
  kDocuments = 3,  // by their addresses alone
};

// In postings. A number is that of an indexed resource.
std::string TermHeadKey(Corpus corpus, absl::string_view term);
// Where the heads of terms begin that begin so; the term in such a key (false: malformed, or one
// that is too long to be read back).
std::string TermHeadPrefix(Corpus corpus, absl::string_view term_prefix = "");
bool TermOfHeadKey(absl::string_view key, std::string* term);
std::string TermBlockPrefix(Corpus corpus, absl::string_view term);
std::string TermBlockKey(Corpus corpus, absl::string_view term, uint32_t last);
std::string IndexedKey(Corpus corpus, uint32_t number);
std::string IndexedPrefix(Corpus corpus);
std::string IndexedNumberKey(Corpus corpus, absl::string_view id);
std::string IndexedNameKey(Corpus corpus, absl::string_view name);
std::string IndexedLettersPrefix(Corpus corpus, absl::string_view letters);
std::string IndexedLettersKey(Corpus corpus, absl::string_view letters, absl::string_view name);
// The name in a key made by IndexedLettersKey. False: malformed.
bool NameOfLettersKey(absl::string_view key, std::string* name);
std::string IndexStatisticsKey(Corpus corpus);
std::string IndexWatermarkKey();

// How far the log was looked at for claims that are the same.
std::string SuggestionsWatermarkKey();
std::string LetterCountsKey(Corpus corpus, uint16_t row);
// The number at the end of a key made by TermBlockKey, IndexedKey, VectorKey, VectorLinksKey or
// VectorNodeKey.
uint32_t NumberOfKey(absl::string_view key);

std::string RequestKey(absl::string_view hash);
std::string RequestExpiryKey(int64_t expiry_micros, absl::string_view hash);
std::string RequestExpiryPrefix();

// An import; its rows, by their numbers in it; when to forget it.
std::string ImportKey(absl::string_view hash);
std::string ImportRowKey(absl::string_view hash, uint64_t row);
std::string ImportRowPrefix(absl::string_view hash);
uint64_t RowOfImportRowKey(absl::string_view key);
std::string ImportExpiryKey(int64_t expiry_micros, absl::string_view hash);
std::string ImportExpiryPrefix();

// The hash in a key made by RequestExpiryKey or ImportExpiryKey, and its expiry.
absl::string_view HashOfExpiryKey(absl::string_view key);
int64_t MicrosOfExpiryKey(absl::string_view key);

}  // namespace headwater::keys

#endif  // HEADWATER_KEYS_REGISTER_H_
