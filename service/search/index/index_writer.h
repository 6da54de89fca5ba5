// Brings an index up to date with what has changed.
#ifndef HEADWATER_SEARCH_INDEX_INDEX_WRITER_H_
#define HEADWATER_SEARCH_INDEX_INDEX_WRITER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "keys/register.h"
#include "kv/batch.h"
#include "kv/engine.h"
#include "search/index/indexed.h"
#include "search/vectors/vector_change.h"

namespace headwater::search {

// One step: what has changed since the snapshot is told first, then all of it becomes one batch.
// The more resources in a step, the fewer rows are written for each: a thousand and more is good,
// and a step of any size is right.
//
// Only one writer may be at work on a corpus, and its batch must be committed on the snapshot's
// state, at once with the watermark that says up to where the index goes. Belongs to one thread.
class IndexWriter {
 public:
  // The snapshot must outlive the writer.
  IndexWriter(const kv::Snapshot& snapshot, keys::Corpus corpus)
      : snapshot_(snapshot), corpus_(corpus) {}

  // The resource is to be found by this from now on. The last word on an id counts.
  void Put(Indexed indexed);
  // It is not to be found any more. Of no effect where it was not.
  void Remove(absl::string_view id);

  size_t size() const { return changed_.size(); }

  // Adds all rows to the batch; once. Errors: those of the snapshot, kDataLoss where rows are
  // damaged, kResourceExhausted where all numbers (four billion) have been given. After an error
  // the batch is not to be committed.
  absl::Status Finish(kv::Batch* batch);

  // After Finish(): what becomes of vectors, whose rows are the business of VectorIndex.
  const std::vector<VectorChange>& vector_changes() const { return vector_changes_; }

 private:
  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  std::map<std::string, std::optional<Indexed>> changed_;  // by id; nullopt: to be removed
  std::vector<VectorChange> vector_changes_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_INDEX_WRITER_H_
