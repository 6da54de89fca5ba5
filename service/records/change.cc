#include "records/change.h"

#include <utility>

#include "keys/register.h"

namespace headwater::records {
namespace {

void FillLog(const Change& change, const Placement& placement, kv::Batch* batch) {
  const std::string name = change.name.Text();
  Entry entry;
  entry.operation = change.operation;
  entry.commit_micros = placement.commit_micros;
  entry.create_micros = change.create_micros != 0 ? change.create_micros : placement.commit_micros;
  entry.sequence = placement.sequence;
  entry.first_sequence = placement.first_sequence;
  entry.last_sequence = placement.last_sequence;
  entry.body_sequence = change.body_sequence;
  entry.salt = change.salt;
  entry.digest = change.digest;
  entry.actor = placement.actor;
  entry.name = name;
  entry.stored = change.stored;
  std::string value;
  value.reserve(128 + name.size() + placement.actor.size() + change.stored.size());
  AppendEntry(entry, &value);
  batch->Put(kv::Keyspace::kLog, keys::LogKey(placement.sequence), value);
}

void FillTerm(const TermChange& term, absl::string_view name, bool deleted, uint64_t sequence,
              kv::Batch* batch) {
  using What = TermChange::What;
  const std::string live = keys::LiveKey(term.term, name);
  if (term.what == What::kClose || term.what == What::kTurn) {
    // What turns was, until now, what it no longer is; what is given up was of the state that
    // stays.
    const ClosedRow row{sequence, term.what == What::kTurn ? !deleted : deleted};
    batch->Put(kv::Keyspace::kIndexes, keys::ClosedKey(term.term, name, term.from),
               ClosedValue(row));
  }
  if (term.what == What::kClose) {
    batch->Delete(kv::Keyspace::kIndexes, live);
  } else {
    const uint64_t from = term.what == What::kKeep ? term.from : sequence;
    batch->Put(kv::Keyspace::kIndexes, live, LiveValue({from, sequence, deleted}));
  }
}

}  // namespace

void Fill(const Change& change, const Placement& placement, kv::Batch* batch) {
  FillLog(change, placement, batch);
  const std::string name = change.name.Key();
  const std::string version = keys::VersionSuffix(placement.sequence);
  batch->Put(kv::Keyspace::kNames, name + version,
             std::string(1, static_cast<char>(change.operation)));
  if (!change.edge.empty()) {
    batch->Put(kv::Keyspace::kEdges, keys::EdgePrefix(change.name.claim, change.name.id) + version,
               change.edge);
  }
  for (const TermChange& term : change.terms)
    FillTerm(term, name, change.deleted, placement.sequence, batch);
  for (const Blob& blob : change.blobs) batch->Put(kv::Keyspace::kBlobs, blob.sha256, blob.frame);
}

std::vector<TermChange> CompareTerms(std::vector<StandingTerm> before,
                                     std::vector<std::string> after, bool turned) {
  using What = TermChange::What;
  std::vector<TermChange> changes;
  auto old = before.begin();
  auto now = after.begin();
  while (old != before.end() || now != after.end()) {
    if (now == after.end() || (old != before.end() && old->term < *now)) {
      changes.push_back({What::kClose, std::move(old->term), old->from});
      ++old;
    } else if (old == before.end() || *now < old->term) {
      changes.push_back({What::kOpen, std::move(*now), 0});
      ++now;
    } else {
      changes.push_back({turned ? What::kTurn : What::kKeep, std::move(*now), old->from});
      ++old;
      ++now;
    }
  }
  return changes;
}

}  // namespace headwater::records
