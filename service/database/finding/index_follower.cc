#include "database/finding/index_follower.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "database/finding/record_index.h"
#include "database/finding/touched.h"
#include "keys/register.h"
#include "search/index/index_writer.h"

namespace headwater::database {
namespace {

constexpr size_t kRowsDropped = 5000;
// An import is going on where the log grows by so many entries in a step.
constexpr uint64_t kImported = 200;
// While people write beside an import the follower works a sixth of the time, until it is so many
// entries behind, which it makes up for in a minute once the import is over.
constexpr double kEase = 5;
constexpr uint64_t kMostBehind = 400'000;
constexpr keys::Corpus kCorpora[] = {keys::Corpus::kClaims, keys::Corpus::kSources,
                                     keys::Corpus::kDocuments};

Reading At(const View& view, uint64_t sequence) {
  return Reading{ReadPoint{view, sequence}, kv::Patience::kMayWait};
}

// The rows of the resources that are indexed, in the order of their names.
std::unique_ptr<kv::Cursor> ResourcesBehind(const kv::Snapshot& snapshot, const std::string& name) {
  const std::string all = keys::LivePrefix(keys::Term(keys::Index::kAll, keys::NoValue()));
  const std::string begin = name.empty() ? all : all + name + '\0';
  return snapshot.Range(kv::Keyspace::kIndexes, begin,
                        all + keys::NameKeyPrefix(keys::Kind::kAttribution),
                        kv::Patience::kMayWait);
}

// What stays when the index is made anew: how far suggestions go does not depend on its rules.
bool IsKept(absl::string_view key) {
  return key == keys::IndexWatermarkKey() || key == keys::SuggestionsWatermarkKey();
}

}  // namespace

IndexFollower::IndexFollower(Views* views, search::VectorIndex* vectors, const IndexLimits& limits,
                             std::function<bool()> others_write, Commit commit)
    : LogFollower(limits.gather, std::move(commit)),
      views_(views),
      vectors_(vectors),
      limits_(limits),
      others_write_(std::move(others_write)) {}

IndexFollower::~IndexFollower() { Stop(); }

absl::StatusOr<bool> IndexFollower::Step() {
  absl::StatusOr<bool> more = WorkOff();
  // The graphs of vectors may have what the rows have not.
  if (!more.ok()) vectors_->Discard();
  return more;
}

double IndexFollower::Ease() const {
  return grown_ >= kImported && behind_ < kMostBehind && others_write_() ? kEase : 0;
}

absl::StatusOr<bool> IndexFollower::WorkOff() {
  Work work;
  IndexWatermark watermark;
  kv::Batch batch;
  {
    HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
    HW_ASSIGN_OR_RETURN(watermark, ReadIndexWatermark(*view.snapshot, kv::Patience::kMayWait));
    Publish(watermark.sequence);
    vectors_->Expect(watermark.version);
    grown_ = view.head - std::exchange(head_, view.head);
    behind_ = view.head - std::min(view.head, watermark.sequence);
    if (!watermark.is_stale) {
      if (watermark.sequence >= view.head) return false;
      if (watermark.sequence == 0) {
        HW_RETURN_IF_ERROR(BuildPiece(view, &watermark, &batch));
        work.full = true;
      } else {
        HW_ASSIGN_OR_RETURN(work, ReadRequests(view, watermark.sequence + 1));
        if (!work.is_large) {
          watermark.sequence = work.last;
          watermark.last = work.last;
          auto next = work.names.cbegin();
          HW_RETURN_IF_ERROR(Index(view, work.last, SIZE_MAX, work.names.cend(), &next, &batch));
        }
      }
    }
  }
  if (watermark.is_stale) {
    HW_RETURN_IF_ERROR(DropRows());
    return true;
  }
  const bool full = work.full;
  if (work.is_large) {
    HW_RETURN_IF_ERROR(IndexInPieces(watermark, std::move(work)));
  } else {
    HW_RETURN_IF_ERROR(CommitUpTo(std::move(watermark), std::move(batch)));
  }
  return full;
}

absl::Status IndexFollower::CommitUpTo(IndexWatermark watermark, kv::Batch batch) {
  ++watermark.version;
  AddIndexWatermark(watermark, &batch);
  HW_RETURN_IF_ERROR(CommitRows(std::move(batch)));
  vectors_->Committed(watermark.version);
  Publish(watermark.sequence);
  return absl::OkStatus();
}

// The watermark says that they are stale until none is left.
absl::Status IndexFollower::DropRows() {
  kv::Batch batch;
  std::string last;
  {
    HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
    const std::unique_ptr<kv::Cursor> rows = view.snapshot->Range(
        kv::Keyspace::kPostings, dropped_, std::string(1, '\xff'), kv::Patience::kMayWait);
    for (; rows->Valid() && batch.size() < kRowsDropped; rows->Next()) {
      if (IsKept(rows->key())) continue;
      last = std::string(rows->key());
      batch.Delete(kv::Keyspace::kPostings, rows->key());
    }
    HW_RETURN_IF_ERROR(rows->status());
  }
  if (!batch.empty()) {
    HW_RETURN_IF_ERROR(CommitRows(std::move(batch)));
    dropped_ = last + '\0';
    return absl::OkStatus();
  }
  // An engine that failed may have lost what was not synced: gone are all where none is seen from
  // the front.
  if (dropped_.empty()) return CommitUpTo({}, {});
  dropped_.clear();
  return absl::OkStatus();
}

absl::Status IndexFollower::BuildPiece(const View& view, IndexWatermark* watermark,
                                       kv::Batch* batch) {
  if (watermark->last == 0) watermark->last = view.head;
  std::set<std::string> names;
  const size_t piece = Piece();
  const std::unique_ptr<kv::Cursor> rows = ResourcesBehind(*view.snapshot, watermark->built);
  const size_t all = keys::LivePrefix(keys::Term(keys::Index::kAll, keys::NoValue())).size();
  for (; rows->Valid() && names.size() < piece; rows->Next())
    names.insert(std::string(rows->key().substr(all)));
  HW_RETURN_IF_ERROR(rows->status());
  const bool done = !rows->Valid();
  auto next = names.cbegin();
  HW_RETURN_IF_ERROR(Index(view, watermark->last, SIZE_MAX, names.cend(), &next, batch));
  if (done) {
    watermark->sequence = watermark->last;
    watermark->built.clear();
  } else {
    watermark->built = *names.rbegin();
  }
  return absl::OkStatus();
}

absl::StatusOr<IndexFollower::Work> IndexFollower::ReadRequests(const View& view,
                                                                uint64_t first) const {
  const records::Reader reader(*view.snapshot, kv::Patience::kMayWait);
  const size_t piece = Piece();
  Work work;
  uint64_t next = first;
  while (next <= view.head && next - first < limits_.entries && work.names.size() < piece) {
    HW_ASSIGN_OR_RETURN(records::Stored stored, reader.Load(next));
    const uint64_t last = stored.entry.last_sequence;
    const Reading after = At(view, last);
    Touched touched(after, "", limits_.held, [this] { return MayGoOn(); });
    HW_RETURN_IF_ERROR(touched.Add(stored.entry));
    for (uint64_t s = next + 1; s <= last; ++s) {
      HW_ASSIGN_OR_RETURN(stored, reader.Load(s));
      HW_RETURN_IF_ERROR(touched.Add(stored.entry));
    }
    // What is written in pieces must come out the same if it is begun anew: a step of its own.
    const bool is_large = touched.names().size() > piece || touched.more();
    if (is_large && next != first) break;
    work.names.insert(touched.names().begin(), touched.names().end());
    work.is_large = is_large;
    work.more = touched.more();
    work.last = last;
    next = last + 1;
    if (is_large) break;
  }
  work.full = next <= view.head;
  return work;
}

absl::StatusOr<IndexFollower::Work> IndexFollower::ReadBehind(uint64_t first, uint64_t last,
                                                              std::string behind) const {
  HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
  const records::Reader reader(*view.snapshot, kv::Patience::kMayWait);
  const Reading after = At(view, last);
  Touched touched(after, std::move(behind), limits_.held, [this] { return MayGoOn(); });
  for (uint64_t s = first; s <= last; ++s) {
    HW_ASSIGN_OR_RETURN(const records::Stored stored, reader.Load(s));
    HW_RETURN_IF_ERROR(touched.Add(stored.entry));
  }
  Work work;
  work.names = touched.names();
  work.last = last;
  work.more = touched.more();
  return work;
}

absl::Status IndexFollower::IndexInPieces(IndexWatermark watermark, Work work) {
  const uint64_t first = watermark.sequence + 1;
  watermark.last = work.last;
  while (true) {
    auto next = work.names.cbegin();
    while (next != work.names.cend()) {
      kv::Batch batch;
      {
        HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
        HW_RETURN_IF_ERROR(Index(view, work.last, Piece(), work.names.cend(), &next, &batch));
      }
      if (!work.more && next == work.names.cend()) watermark.sequence = work.last;
      HW_RETURN_IF_ERROR(CommitUpTo(watermark, std::move(batch)));
      ++watermark.version;
    }
    if (!work.more) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(work, ReadBehind(first, work.last, *work.names.rbegin()));
    if (!work.names.empty()) continue;
    watermark.sequence = work.last;
    return CommitUpTo(std::move(watermark), {});
  }
}

absl::Status IndexFollower::Index(const View& view, uint64_t sequence, size_t most, NamePlace end,
                                  NamePlace* next, kv::Batch* batch) {
  const Reading reading = At(view, sequence);
  std::array<search::IndexWriter, 3> writers = {search::IndexWriter(*view.snapshot, kCorpora[0]),
                                                search::IndexWriter(*view.snapshot, kCorpora[1]),
                                                search::IndexWriter(*view.snapshot, kCorpora[2])};
  for (size_t i = 0; i < most && *next != end; ++i, ++*next) {
    HW_RETURN_IF_ERROR(MayGoOn());
    absl::string_view key = **next;
    const std::optional<keys::Name> name = keys::Name::TakeKey(&key);
    if (!name) return records::Damaged("the name in an index row cannot be read");
    search::IndexWriter& writer = writers[static_cast<size_t>(*CorpusOf(name->kind)) - 1];
    HW_ASSIGN_OR_RETURN(const std::optional<search::IndexedText> text, TextAt(reading, *name));
    if (text) {
      writer.Put(search::TakeApart(*text, &analyzer_));
    } else {
      writer.Remove(name->id);
    }
    ++indexed_;
  }
  for (search::IndexWriter& writer : writers) {
    if (writer.size() == 0) continue;
    HW_RETURN_IF_ERROR(writer.Finish(batch));
    if (!writer.vector_changes().empty())
      HW_RETURN_IF_ERROR(vectors_->Apply(*view.snapshot, writer.vector_changes(), batch));
  }
  return absl::OkStatus();
}

}  // namespace headwater::database
