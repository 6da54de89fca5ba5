#include "records/reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/text_frame.h"

namespace headwater::records {
namespace {

using kv::Keyspace;

absl::Status Adopt(uint64_t sequence, std::optional<std::string> bytes, Stored* stored) {
  if (!bytes) return Damaged(absl::StrCat("log entry ", sequence, " is missing"));
  stored->entry_bytes = *std::move(bytes);
  std::optional<Entry> entry = ParseEntry(sequence, stored->entry_bytes);
  if (!entry) return Damaged(absl::StrCat("log entry ", sequence, " cannot be read"));
  stored->entry = *entry;
  stored->body = entry->stored;
  return absl::OkStatus();
}

// Where the live row stands that says which revision is the latest.
std::string LatestKey(const keys::Name& name) {
  static const std::string* const kTerm =
      new std::string(keys::Term(keys::Index::kAll, keys::NoValue()));
  return keys::LiveKey(*kTerm, name.Key());
}

absl::StatusOr<LiveRow> ParsedLatest(const keys::Name& name, absl::string_view value) {
  const std::optional<LiveRow> row = ParseLive(value);
  if (!row) return Damaged(absl::StrCat("the row of ", name.Text(), " cannot be read"));
  return *row;
}

// So many revisions of one attribution are stepped over before the walk leaps past the rest.
constexpr int kStepsBeforeLeap = 4;

// Whether the sequence of an edge's key is at or before `sequence`.
bool IsAt(absl::string_view key, uint64_t sequence) {
  return key.size() > sizeof(uint64_t) &&
         keys::ReadDescending(key.substr(key.size() - sizeof(uint64_t))) <= sequence;
}

}  // namespace

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the store is damaged: ", what,
                                          "; run 'headwaterd check' and restore a backup"));
}

absl::StatusOr<std::optional<LiveRow>> Reader::Latest(const keys::Name& name) const {
  HW_ASSIGN_OR_RETURN(std::optional<std::string> value,
                      snapshot_.Get(Keyspace::kIndexes, LatestKey(name), patience_));
  if (!value) return std::nullopt;
  return ParsedLatest(name, *value);
}

absl::StatusOr<std::vector<uint64_t>> Reader::RevisionsAt(absl::Span<const keys::Name> names,
                                                          uint64_t sequence) const {
  std::vector<std::string> latest_keys;
  latest_keys.reserve(names.size());
  for (const keys::Name& name : names) latest_keys.push_back(LatestKey(name));
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> values,
                      snapshot_.MultiGet(Keyspace::kIndexes, latest_keys, patience_));
  std::vector<uint64_t> revisions(names.size());
  for (size_t i = 0; i < names.size(); ++i) {
    if (!values[i]) continue;
    HW_ASSIGN_OR_RETURN(const LiveRow row, ParsedLatest(names[i], *values[i]));
    revisions[i] = row.head;
    if (row.head <= sequence) continue;
    HW_ASSIGN_OR_RETURN(const std::optional<uint64_t> then, RevisionAt(names[i], sequence));
    revisions[i] = then.value_or(0);
  }
  return revisions;
}

absl::StatusOr<std::optional<uint64_t>> Reader::RevisionAt(const keys::Name& name,
                                                           uint64_t sequence) const {
  const std::string key = name.Key();
  HW_ASSIGN_OR_RETURN(
      std::optional<kv::Row> row,
      snapshot_.Version(Keyspace::kNames, key, keys::VersionSuffix(sequence), patience_));
  if (!row) return std::nullopt;
  return keys::ReadDescending(absl::string_view(row->key).substr(key.size()));
}

absl::StatusOr<Stored> Reader::Load(uint64_t sequence) const {
  Stored stored;
  HW_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                      snapshot_.Get(Keyspace::kLog, keys::LogKey(sequence), patience_));
  HW_RETURN_IF_ERROR(Adopt(sequence, std::move(bytes), &stored));
  if (stored.entry.body_sequence != 0) HW_RETURN_IF_ERROR(LoadBodies({&stored}));
  return stored;
}

absl::StatusOr<std::vector<Stored>> Reader::LoadAll(absl::Span<const uint64_t> sequences) const {
  std::vector<std::string> log_keys;
  log_keys.reserve(sequences.size());
  for (uint64_t sequence : sequences) log_keys.push_back(keys::LogKey(sequence));
  HW_ASSIGN_OR_RETURN(std::vector<std::optional<std::string>> values,
                      snapshot_.MultiGet(Keyspace::kLog, log_keys, patience_));
  std::vector<Stored> all(sequences.size());
  std::vector<Stored*> elsewhere;
  for (size_t i = 0; i < sequences.size(); ++i) {
    HW_RETURN_IF_ERROR(Adopt(sequences[i], std::move(values[i]), &all[i]));
    if (all[i].entry.body_sequence != 0) elsewhere.push_back(&all[i]);
  }
  HW_RETURN_IF_ERROR(LoadBodies(std::move(elsewhere)));
  return all;
}

absl::Status Reader::LoadBodies(std::vector<Stored*> stored) const {
  if (stored.empty()) return absl::OkStatus();
  std::vector<std::string> log_keys;
  for (const Stored* one : stored) log_keys.push_back(keys::LogKey(one->entry.body_sequence));
  HW_ASSIGN_OR_RETURN(std::vector<std::optional<std::string>> values,
                      snapshot_.MultiGet(Keyspace::kLog, log_keys, patience_));
  for (size_t i = 0; i < stored.size(); ++i) {
    Stored body;
    HW_RETURN_IF_ERROR(Adopt(stored[i]->entry.body_sequence, std::move(values[i]), &body));
    stored[i]->body_bytes = std::move(body.entry_bytes);
    stored[i]->body = body.body;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Edge>> Reader::Edges(absl::string_view claim, uint64_t sequence,
                                                size_t most, bool* truncated) const {
  *truncated = false;
  std::vector<Edge> edges;
  HW_RETURN_IF_ERROR(ForEachEdge(claim, sequence, [&](Edge edge) {
    *truncated = edges.size() == most;
    if (!*truncated) edges.push_back(std::move(edge));
    return !*truncated;
  }));
  return edges;
}

absl::Status Reader::ForEachEdge(absl::string_view claim, uint64_t sequence,
                                 const std::function<bool(Edge)>& take) const {
  const std::string prefix = keys::EdgePrefix(claim);
  std::unique_ptr<kv::Cursor> cursor =
      snapshot_.Range(Keyspace::kEdges, prefix, keys::PrefixEnd(prefix), patience_);
  std::string taken;  // the attribution whose revision has been found
  int passed = 0;     // revisions in a row that were not asked for
  while (cursor->Valid()) {
    const absl::string_view key = cursor->key();
    const absl::string_view attribution = key.substr(0, key.size() - sizeof(uint64_t));
    const bool is_older = attribution == taken;
    if (IsAt(key, sequence) && !is_older) {
      std::optional<Edge> edge = ParseEdge(key, cursor->value());
      if (!edge) return Damaged(absl::StrCat("an edge of claims/", claim, " cannot be read"));
      taken = std::string(attribution);
      if (!take(*std::move(edge))) return absl::OkStatus();
      passed = 0;
    } else if (++passed >= kStepsBeforeLeap && attribution.size() < key.size()) {
      // Behind the last revision of it, or to the newest that is not too new.
      passed = 0;
      std::string next = absl::StrCat(attribution, keys::VersionSuffix(is_older ? 0 : sequence));
      if (is_older) next.push_back('\0');
      cursor->Seek(next);
      continue;
    }
    cursor->Next();
  }
  return cursor->status();
}

absl::StatusOr<std::vector<Edge>> Reader::EdgesAt(absl::Span<const keys::Name> attributions,
                                                  absl::Span<const uint64_t> revisions) const {
  std::vector<std::string> edge_keys;
  edge_keys.reserve(attributions.size());
  for (size_t i = 0; i < attributions.size(); ++i) {
    edge_keys.push_back(keys::EdgePrefix(attributions[i].claim, attributions[i].id) +
                        keys::VersionSuffix(revisions[i]));
  }
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> values,
                      snapshot_.MultiGet(Keyspace::kEdges, edge_keys, patience_));
  std::vector<Edge> edges;
  edges.reserve(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    std::optional<Edge> edge = values[i] ? ParseEdge(edge_keys[i], *values[i]) : std::nullopt;
    if (!edge) return Damaged(absl::StrCat("the edge of ", attributions[i].Text(), " is missing"));
    edges.push_back(*std::move(edge));
  }
  return edges;
}

absl::StatusOr<std::string> Reader::Text(absl::string_view sha256) const {
  HW_ASSIGN_OR_RETURN(std::optional<std::string> frame,
                      snapshot_.Get(Keyspace::kBlobs, sha256, patience_));
  if (!frame) return Damaged("a document's text is missing");
  std::optional<std::string> text = Decompress(*frame);
  if (!text) return Damaged("a document's text cannot be unpacked");
  return *std::move(text);
}

}  // namespace headwater::records
