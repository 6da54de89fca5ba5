// Reads records out of a snapshot: where revisions are, and what they hold.
#ifndef HEADWATER_RECORDS_READER_H_
#define HEADWATER_RECORDS_READER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "keys/name.h"
#include "kv/engine.h"
#include "records/edge.h"
#include "records/entry.h"
#include "records/index_row.h"

namespace headwater::records {

// One revision: its entry and the resource's bytes. May be moved; the views stay good because
// entries are longer than what a string keeps inside itself. Not copied.
struct Stored {
  Stored() = default;
  Stored(Stored&&) = default;
  Stored& operator=(Stored&&) = default;

  Entry entry;
  absl::string_view body;  // the resource as stored

  std::string entry_bytes;  // what the views look at
  std::string body_bytes;   // likewise, where the body stands in another entry
};

// Belongs to one thread; the snapshot must outlive it. Errors of all methods: kv::WouldBlock()
// where `patience` forbids to wait, kDataLoss where a row that must be there is missing or damaged,
// and those of kv::Snapshot.
class Reader {
 public:
  Reader(const kv::Snapshot& snapshot, kv::Patience patience)
      : snapshot_(snapshot), patience_(patience) {}

  const kv::Snapshot& snapshot() const { return snapshot_; }
  kv::Patience patience() const { return patience_; }

  // The latest revision: the resource's live row in keys::Index::kAll; nullopt where it was never
  // made.
  absl::StatusOr<std::optional<LiveRow>> Latest(const keys::Name& name) const;

  // The sequence of the resource's revision as of `sequence`; nullopt where it was not made yet.
  absl::StatusOr<std::optional<uint64_t>> RevisionAt(const keys::Name& name,
                                                     uint64_t sequence) const;

  // The same for several, each in its name's place; 0 where it was not made yet. Two batches of
  // point reads, but for what has been changed since `sequence`.
  absl::StatusOr<std::vector<uint64_t>> RevisionsAt(absl::Span<const keys::Name> names,
                                                    uint64_t sequence) const;

  // The revision at `sequence`, which must exist. Bodies held elsewhere are read too.
  absl::StatusOr<Stored> Load(uint64_t sequence) const;
  // Several, in the order asked for.
  absl::StatusOr<std::vector<Stored>> LoadAll(absl::Span<const uint64_t> sequences) const;

  // The edges of a claim as of `sequence`, one an attribution, in the order of their ids; deleted
  // ones too. At most `most`; more are cut off and `*truncated` set.
  absl::StatusOr<std::vector<Edge>> Edges(absl::string_view claim, uint64_t sequence, size_t most,
                                          bool* truncated) const;

  // The same one after the other, until `take` returns false.
  absl::Status ForEachEdge(absl::string_view claim, uint64_t sequence,
                           const std::function<bool(Edge)>& take) const;
  // The edges of attributions' revisions, which must exist, in the order asked for.
  absl::StatusOr<std::vector<Edge>> EdgesAt(absl::Span<const keys::Name> attributions,
                                            absl::Span<const uint64_t> revisions) const;

  // A document's text by its SHA-256 (32 bytes).
  absl::StatusOr<std::string> Text(absl::string_view sha256) const;

 private:
  absl::Status LoadBodies(std::vector<Stored*> stored) const;

  const kv::Snapshot& snapshot_;
  const kv::Patience patience_;
};

// What a damaged or missing row is told as.
absl::Status Damaged(absl::string_view what);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_READER_H_
