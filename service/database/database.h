// The database: every use case of the API, without gRPC or HTTP. Requests and responses are the
// messages of proto/headwater/v1, and it is their comments that say what each does.
//
// Threads. Every method may be called from any thread at once. Read with Patience::kCacheOnly and
// Write never block: they are safe on gRPC's own threads.
//
// Errors. Statuses carry google.rpc details as payloads, keyed by
// "type.googleapis.com/google.rpc.…" with the serialized message as value. A call that fails has
// changed nothing, but for kUnavailable from a write, whose outcome is unknown: sent again with the
// same request_id it is answered as if sent once.
#ifndef HEADWATER_DATABASE_DATABASE_H_
#define HEADWATER_DATABASE_DATABASE_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/worker_pool.h"
#include "kv/engine.h"

namespace headwater::v1 {
class ExportRequest;
class ImportConfig;
}  // namespace headwater::v1

namespace headwater::database {

// Who calls, and until when the answer is wanted.
struct Caller {
  std::string actor;  // as claimed in the metadata; UTF-8, at most 200 bytes, may be empty
  absl::Time deadline =
      absl::InfiniteFuture();  // a write not sequenced by then is dropped: kDeadlineExceeded
  std::function<bool()>
      cancelled;  // may be null; asked from any thread before a write is sequenced
};

// A response message in wire format, or why there is none.
using Reply = absl::StatusOr<std::string>;
using Done = std::function<void(Reply)>;

// A piece of an export.
struct ExportPiece {
  std::string response;    // an ExportResponse in wire format
  std::string page_token;  // that in it: where the next piece begins; empty for the last piece
};

class ImportSession;  // import.h

// How much the follower that keeps how claims stand does at a time. Tests make it less.
struct FollowLimits {
  // A step ends with the request by which it has read so many entries or found so many claims.
  uint64_t entries = 1000;
  size_t claims = 100;
  // How often a claim is assessed in one step, at most; it is the last time that settles it.
  size_t assessments = 4;
  // The most claims in one batch: some thousand rows, a few milliseconds of the committer's. A
  // request that affects more is a step of its own.
  size_t piece = 200;
  // The most claims of one request that are held at a time (some 40 MB); it is gone through again
  // for the next.
  size_t held = 250'000;
  // The least time between two steps, so that changes of one claim gather, unless somebody waits or
  // there is more to do already.
  std::chrono::milliseconds gather{20};
};

// The same of the follower that keeps the search index.
struct IndexLimits {
  // A step ends with the request by which it has read so many entries or found a piece of names.
  uint64_t entries = 8000;
  // The most resources in one batch: some thirty thousand rows, less than a tenth of a second of
  // the committer's (a word's postings are written once for all of them: the more, the less each
  // takes); and where people are at work. A request that touches more is a step of its own.
  size_t piece = 4000;
  size_t small_piece = 150;
  // The most names of one request that are held at a time; it is gone through again for the next.
  size_t held = 250'000;
  std::chrono::milliseconds gather{20};
};

// The same of the follower that suggests which claims are the same.
struct SuggestLimits {
  // A step ends with the entry by which it has read so many or found so many claims.
  uint64_t entries = 2000;
  size_t claims = 100;
  // Where the index is further behind the log, it comes first.
  uint64_t index_behind = 2000;
  std::chrono::milliseconds gather{20};
};

struct Options {
  Clock* clock = SystemClock();     // not owned
  Random* random = SecureRandom();  // not owned
  WorkerPool* pool = nullptr;       // required, not owned: runs what must wait, and finishes writes
  size_t max_queued_writes = 4096;  // more are refused with kResourceExhausted
  // For parsed records and assessments, so that what is asked again is not worked out again; 0:
  // none.
  size_t read_cache_bytes = size_t{96} << 20;
  bool follow = true;  // keep how claims stand, on a thread of its own
  FollowLimits follow_limits;
  bool index = true;  // keep the search index, likewise; only where `follow` is set
  IndexLimits index_limits;
  // Write a suggested relation for claims that say the same (finding/suggester.h), on a thread of
  // its own; only where the index is kept. Off, so that nothing is in the log but what was sent.
  bool suggest = false;
  SuggestLimits suggest_limits;

  // For the graphs of vectors by which claims are found; what does not fit is left out of them, as
  // is told once, on a thread of the database's own, by `vectors_left_out` (may be null). Nothing
  // is taken where no claim has a vector.
  size_t vector_memory_bytes = size_t{1} << 30;
  std::function<void()> vectors_left_out;
};

class Database {
 public:
  // Opens the store behind `engine`, or founds one in it if it is empty.
  //   kUnimplemented  its on-disk format is one that this version does not know; nothing is written
  //   kDataLoss       it is damaged
  static absl::StatusOr<std::unique_ptr<Database>> Open(std::unique_ptr<kv::Engine> engine,
                                                        const Options& options);

  // Waits for the writes that were accepted, then closes. The pool must still run.
  ~Database();

  // Answers a request without side effects: Get…, List…, BatchGet…, LookupSource, TraceClaim,
  // AssessClaim, BatchAssessClaims, ListTimeline, AssessImpact, CompareSources, ProfileSource,
  // Verify, SearchClaims. Request is the request message's type; any other type fails to link.
  // kv::WouldBlock() only with kCacheOnly.
  template <class Request>
  Reply Read(const Request& request, kv::Patience patience);

  // Gives out the piece of an export that begins at the request's page_token. May wait.
  absl::StatusOr<ExportPiece> Export(const v1::ExportRequest& request);

  // Opens a stream of an import. kInvalidArgument where the config is wrong.
  absl::StatusOr<std::shared_ptr<ImportSession>> OpenImport(const v1::ImportConfig& config,
                                                            const Caller& caller);

  // Makes a change: Create…, Update…, Delete…, Undelete…, Withdraw…, their batch forms. Calls
  // `done` exactly once: from a thread of the pool, or from within when the request is refused at
  // first sight. An OK reply means that the change is on stable storage.
  template <class Request>
  void Write(Request request, const Caller& caller, Done done);

  // Write, and wait for its reply. Not on a thread of the pool.
  template <class Request>
  Reply WriteAndWait(Request request, const Caller& caller = {});

  // The last sequence that reads see.
  int64_t head() const;

  // How far how claims stand is kept (Options::follow).
  struct Standings {
    int64_t watermark = 0;     // right up to this sequence
    uint64_t assessments = 0;  // made for it since the start
  };
  Standings standings() const;
  // Waits up to `patience` until they are right up to `sequence`; whether they are. At most a few
  // may wait at a time, others are answered at once.
  bool WaitForStandings(int64_t sequence, std::chrono::milliseconds patience);

  // The same of the search index (Options::index).
  struct Index {
    int64_t watermark = 0;  // it shows the records as of this sequence; 0: it is being built
    uint64_t indexed = 0;   // resources worked out for it since the start
  };
  Index index() const;
  bool WaitForIndex(int64_t sequence, std::chrono::milliseconds patience);

  // The same of suggestions (Options::suggest).
  struct Suggestions {
    int64_t watermark = 0;   // what was written up to here has been looked at
    uint64_t looked_at = 0;  // claims since the start
    uint64_t suggested = 0;  // relations since the start
  };
  Suggestions suggestions() const;
  bool WaitForSuggestions(int64_t sequence, std::chrono::milliseconds patience);

  // What the engine holds.
  kv::Usage usage() const;

 private:
  friend class KeptImport;
  friend class WholeImport;
  class Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_DATABASE_H_
