#include "keys/register.h"

#include "absl/strings/str_cat.h"
#include "keys/closed.h"
#include "keys/encoding.h"

namespace headwater::keys {
namespace {

constexpr char kLive = '\x01';
constexpr char kClosed = '\x02';
constexpr char kStandingVersion = '\x03';
constexpr char kStandingsWatermark = '\x04';
constexpr char kTermHead = '\x01';
constexpr char kTermBlock = '\x02';
constexpr char kIndexed = '\x03';
constexpr char kIndexedNumber = '\x04';
constexpr char kIndexedName = '\x05';
constexpr char kIndexedLetters = '\x06';
constexpr char kIndexStatistics = '\x07';
constexpr char kIndexWatermark = '\x08';
constexpr char kLetterCounts = '\x09';
constexpr char kSuggestionsWatermark = '\x0a';
constexpr char kRequest = '\x01';
constexpr char kRequestExpiry = '\x02';
constexpr char kImport = '\x03';
constexpr char kImportRow = '\x04';
constexpr char kImportExpiry = '\x05';

std::string Joined(char first, absl::string_view second, absl::string_view third) {
  std::string key;
  key.reserve(1 + second.size() + third.size() + sizeof(uint64_t));
  key.push_back(first);
  key.append(second.data(), second.size());
  key.append(third.data(), third.size());
  return key;
}

std::string CorpusKey(char first, Corpus corpus) {
  return std::string{first, static_cast<char>(corpus)};
}

std::string CorpusKey(char first, Corpus corpus, absl::string_view closed) {
  std::string key = CorpusKey(first, corpus);
  AppendClosed(closed, &key);
  return key;
}

void AppendNumber(uint32_t number, std::string* out) {
  for (int shift = 24; shift >= 0; shift -= 8) out->push_back(static_cast<char>(number >> shift));
}

std::string ExpiryKey(char first, int64_t expiry_micros, absl::string_view hash) {
  std::string time;
  AppendAscending(static_cast<uint64_t>(expiry_micros), &time);
  return Joined(first, time, hash);
}

}  // namespace

std::string LogKey(uint64_t sequence) {
  std::string key;
  AppendAscending(sequence, &key);
  return key;
}

std::string VersionSuffix(uint64_t sequence) {
  std::string suffix;
  AppendDescending(sequence, &suffix);
  return suffix;
}

std::string EdgePrefix(absl::string_view claim) {
  std::string key(claim);
  key.push_back('\0');
  return key;
}

std::string EdgePrefix(absl::string_view claim, absl::string_view attribution) {
  std::string key = EdgePrefix(claim);
  key.append(attribution.data(), attribution.size());
  key.push_back('\0');
  return key;
}

std::string NoValue() { return ""; }

std::string NumberValue(uint8_t number) { return std::string(1, static_cast<char>(number)); }

std::string TextValue(absl::string_view text) {
  std::string value;
  AppendClosed(text, &value);
  return value;
}

std::string DateValue(Kind kind, int32_t day) {
  std::string value(1, static_cast<char>(kind));
  AppendOrdered(day, &value);
  return value;
}

std::string ReferenceValue(const Name& target) { return target.Key(); }

std::string ReferenceValue(const Name& target, Reference field) {
  return absl::StrCat(target.Key(), std::string(1, static_cast<char>(field)));
}

std::string Term(Index index, absl::string_view value) {
  return Joined(static_cast<char>(index), value, "");
}

std::string LiveKey(absl::string_view term, absl::string_view name_key) {
  return Joined(kLive, term, name_key);
}

std::string ClosedKey(absl::string_view term, absl::string_view name_key, uint64_t from) {
  std::string key = Joined(kClosed, term, name_key);
  AppendAscending(from, &key);
  return key;
}

std::string LivePrefix(absl::string_view term, absl::string_view name_prefix) {
  return Joined(kLive, term, name_prefix);
}

std::string ClosedPrefix(absl::string_view term, absl::string_view name_prefix) {
  return Joined(kClosed, term, name_prefix);
}

std::string StandingPrefix(absl::string_view claim) {
  return Joined(kStandingVersion, claim, absl::string_view("\0", 1));
}

std::string StandingPrefix() { return std::string(1, kStandingVersion); }

std::string StandingsWatermarkKey() { return std::string(1, kStandingsWatermark); }

std::string TermHeadKey(Corpus corpus, absl::string_view term) {
  return CorpusKey(kTermHead, corpus, term);
}

std::string TermHeadPrefix(Corpus corpus, absl::string_view term_prefix) {
  std::string key = CorpusKey(kTermHead, corpus, term_prefix);
  key.resize(key.size() - 2);  // not closed
  return key;
}

bool TermOfHeadKey(absl::string_view key, std::string* term) {
  if (key.size() < 2) return false;
  key.remove_prefix(2);
  return TakeClosed(&key, term) && key.empty();
}

std::string TermBlockPrefix(Corpus corpus, absl::string_view term) {
  return CorpusKey(kTermBlock, corpus, term);
}

std::string TermBlockKey(Corpus corpus, absl::string_view term, uint32_t last) {
  std::string key = TermBlockPrefix(corpus, term);
  AppendNumber(last, &key);
  return key;
}

std::string IndexedPrefix(Corpus corpus) { return CorpusKey(kIndexed, corpus); }

std::string IndexedKey(Corpus corpus, uint32_t number) {
  std::string key = IndexedPrefix(corpus);
  AppendNumber(number, &key);
  return key;
}

std::string IndexedNumberKey(Corpus corpus, absl::string_view id) {
  return CorpusKey(kIndexedNumber, corpus, id);
}

std::string IndexedNameKey(Corpus corpus, absl::string_view name) {
  return CorpusKey(kIndexedName, corpus, name);
}

std::string IndexedLettersPrefix(Corpus corpus, absl::string_view letters) {
  return CorpusKey(kIndexedLetters, corpus, letters);
}

std::string IndexedLettersKey(Corpus corpus, absl::string_view letters, absl::string_view name) {
  std::string key = IndexedLettersPrefix(corpus, letters);
  AppendClosed(name, &key);
  return key;
}

bool NameOfLettersKey(absl::string_view key, std::string* name) {
  if (key.size() < 2) return false;
  key.remove_prefix(2);
  return TakeClosed(&key, name) && TakeClosed(&key, name) && key.empty();
}

std::string IndexStatisticsKey(Corpus corpus) { return CorpusKey(kIndexStatistics, corpus); }

std::string IndexWatermarkKey() { return std::string(1, kIndexWatermark); }

std::string SuggestionsWatermarkKey() { return std::string(1, kSuggestionsWatermark); }

std::string LetterCountsKey(Corpus corpus, uint16_t row) {
  std::string key = CorpusKey(kLetterCounts, corpus);
  key.push_back(static_cast<char>(row >> 8));
  key.push_back(static_cast<char>(row));
  return key;
}

uint32_t NumberOfKey(absl::string_view key) {
  uint32_t number = 0;
  for (const char c : key.substr(key.size() - sizeof(number))) {
    number = number << 8 | static_cast<uint8_t>(c);
  }
  return number;
}

std::string RequestKey(absl::string_view hash) { return Joined(kRequest, hash, ""); }

std::string RequestExpiryKey(int64_t expiry_micros, absl::string_view hash) {
  return ExpiryKey(kRequestExpiry, expiry_micros, hash);
}

std::string RequestExpiryPrefix() { return std::string(1, kRequestExpiry); }

std::string ImportKey(absl::string_view hash) { return Joined(kImport, hash, ""); }

std::string ImportRowKey(absl::string_view hash, uint64_t row) {
  std::string key = ImportRowPrefix(hash);
  AppendAscending(row, &key);
  return key;
}

std::string ImportRowPrefix(absl::string_view hash) { return Joined(kImportRow, hash, ""); }

uint64_t RowOfImportRowKey(absl::string_view key) {
  return ReadAscending(key.substr(key.size() - sizeof(uint64_t)));
}

std::string ImportExpiryKey(int64_t expiry_micros, absl::string_view hash) {
  return ExpiryKey(kImportExpiry, expiry_micros, hash);
}

std::string ImportExpiryPrefix() { return std::string(1, kImportExpiry); }

absl::string_view HashOfExpiryKey(absl::string_view key) {
  return key.substr(1 + sizeof(uint64_t));
}

int64_t MicrosOfExpiryKey(absl::string_view key) {
  return static_cast<int64_t>(ReadAscending(key.substr(1, sizeof(uint64_t))));
}

}  // namespace headwater::keys
