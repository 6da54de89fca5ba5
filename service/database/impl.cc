#include "database/impl.h"

#include <algorithm>
#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/ids.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/queries.h"
#include "database/writing/answer.h"
#include "database/writing/preparer.h"
#include "database/writing/requests.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/suggestion.h"

namespace headwater::database {
namespace {

constexpr size_t kMostSwept = 1000;
constexpr size_t kMostSweptRows = 10'000;
constexpr size_t kMostWholeImports = 4;

// Creations without an id get one now, so that preparing again makes the same resource.
void SetIds(WriteRequest* request, const Options& options) {
  for (Operation& operation : request->operations) {
    if (operation.shape != Shape::kCreate || !operation.id.empty()) continue;
    const std::string own = records::StringField(*operation.resource, "name");
    const std::optional<keys::Name> name = keys::Name::Parse(own);
    operation.id = name ? name->id : NewUuidV7(*options.clock, *options.random);
  }
}

}  // namespace

Database::Impl::Impl(std::unique_ptr<kv::Engine> engine, const Options& options, uint64_t head,
                     int64_t head_micros)
    : options_(options),
      engine_(std::move(engine)),
      caches_(options.read_cache_bytes),
      views_(engine_.get(), head_micros, &caches_),
      kept_states_(options.clock),
      vectors_(options.vector_memory_bytes, options.vectors_left_out) {
  caches_.marks.AssumeAllWritten(head);
  Committer::Hooks hooks;
  hooks.prepare_again = [this](WritePtr write) {
    if (write->stale == nullptr) return Schedule(std::move(write));
    const std::function<void()> stale = std::move(write->stale);
    write.reset();
    stale();
    Release();
  };
  hooks.finished = [this](std::vector<WritePtr> writes, absl::Status status) {
    // Housekeeping on the spot, so that it never waits for a pool in which others wait for it.
    for (WritePtr& write : writes) {
      if (!write->housekeeping.empty() || write->imported != nullptr)
        Finish(std::move(write), status.ok() ? Reply("") : status);
    }
    std::erase(writes, nullptr);
    if (writes.empty()) return;
    auto shared = std::make_shared<std::vector<WritePtr>>(std::move(writes));
    auto finish = [this, shared, status] {
      for (WritePtr& write : *shared) {
        Reply reply = status.ok() ? Reply(AnswerTo(*write)) : Reply(status);
        Finish(std::move(write), std::move(reply));
      }
    };
    WorkerPool::Task task = finish;
    if (!options_.pool->TrySchedule(std::move(task))) finish();
  };
  hooks.committed = [this] {
    if (follower_ != nullptr) follower_->Wake();
    if (index_follower_ != nullptr) index_follower_->Wake();
  };
  hooks.recovering = [this] {
    if (follower_ != nullptr) follower_->Interrupt();
    if (index_follower_ != nullptr) index_follower_->Interrupt();
    if (suggester_ != nullptr) suggester_->Interrupt();
    kept_states_.Drop();
  };
  hooks.minute = [this] {
    kept_states_.Sweep();
    ScheduleSweep();
  };
  committer_ =
      std::make_unique<Committer>(engine_.get(), &views_, options_.clock, head, std::move(hooks));
  StartFollowers();
}

void Database::Impl::StartFollowers() {
  if (options_.follow) {
    follower_ = std::make_unique<Follower>(&views_, options_.follow_limits, [this](kv::Batch rows) {
      return CommitRows(std::move(rows));
    });
  }
  if (options_.follow && options_.index) {
    index_follower_ = std::make_unique<IndexFollower>(
        &views_, &vectors_, options_.index_limits, [this] { return OthersWrite(); },
        [this](kv::Batch rows) {
          absl::Status status = CommitRows(std::move(rows));
          if (suggester_ != nullptr) suggester_->Wake();
          return status;
        });
  }
  if (index_follower_ != nullptr && options_.suggest) {
    suggester_ = std::make_unique<Suggester>(
        &views_, options_.suggest_limits,
        [this](absl::Span<const SuggestionWrite> writes) { return WriteSuggestions(writes); },
        [this](kv::Batch rows) { return CommitRows(std::move(rows)); });
  }
  // The committer's thread knows all before it has anything to do.
  if (follower_ != nullptr) follower_->Start();
  if (index_follower_ != nullptr) index_follower_->Start();
  if (suggester_ != nullptr) suggester_->Start();
}

Database::Impl::~Impl() {
  if (suggester_ != nullptr) suggester_->Stop();
  if (index_follower_ != nullptr) index_follower_->Stop();
  if (follower_ != nullptr) follower_->Stop();
  std::unique_lock lock(mutex_);
  // The committer runs on for a moment: its housekeeping must not begin anything now.
  closing_ = true;
  idle_.wait(lock, [this] { return under_way_ == 0; });
  lock.unlock();
  committer_.reset();
}

void Database::Impl::Start(WriteRequest request, const Caller& caller, Done done,
                           bool is_background) {
  if (!Accept()) return done(TooManyWrites(options_.max_queued_writes));
  auto write = std::make_unique<PendingWrite>();
  write->request = std::move(request);
  write->caller = caller;
  write->is_background = is_background;
  SetIds(&write->request, options_);
  if (write->request.request_id.empty()) {
    write->done = std::move(done);
  } else {
    write->request_hash =
        RequestHash(caller.actor, write->request.method, write->request.request_id);
    if (!Join(*write, caller, &done)) return Release();
    // Sent again it is wanted still, though the first who sent it may have given up.
    write->caller.deadline = absl::InfiniteFuture();
    write->caller.cancelled = [this, hash = write->request_hash] { return IsGivenUp(hash); };
  }
  // On a thread that yields to others.
  if (is_background) return Advance(std::move(write), kv::Patience::kMayWait);
  // A request of many rows would hold up the caller's thread.
  if (write->request.operations.size() > kMostRowsOnTheSpot) return Schedule(std::move(write));
  Advance(std::move(write), kv::Patience::kCacheOnly);
}

bool Database::Impl::Accept() {
  std::lock_guard lock(mutex_);
  if (closing_ || under_way_ >= options_.max_queued_writes) return false;
  ++under_way_;
  return true;
}

void Database::Impl::Release() {
  std::lock_guard lock(mutex_);
  if (--under_way_ == 0) idle_.notify_all();
}

bool Database::Impl::Join(const PendingWrite& write, const Caller& caller, Done* done) {
  {
    std::lock_guard lock(mutex_);
    auto [entry, is_first] = in_flight_.try_emplace(write.request_hash);
    if (is_first) entry->second.fingerprint = write.request.fingerprint;
    if (entry->second.fingerprint == write.request.fingerprint) {
      entry->second.waiting.push_back({caller, std::move(*done)});
      return is_first;
    }
  }
  (*done)(InvalidField("request_id",
                       "was used for another request; each request needs an id of its own"));
  return false;
}

bool Database::Impl::IsGivenUp(const std::string& request_hash) {
  const absl::Time now = options_.clock->Now();
  std::lock_guard lock(mutex_);
  const std::vector<Waiter>& waiting = in_flight_.at(request_hash).waiting;
  return std::all_of(waiting.begin(), waiting.end(), [now](const Waiter& waiter) {
    const Caller& caller = waiter.caller;
    return now > caller.deadline || (caller.cancelled && caller.cancelled());
  });
}

std::vector<Database::Impl::Waiter> Database::Impl::Leave(const PendingWrite& write) {
  std::lock_guard lock(mutex_);
  auto found = in_flight_.find(write.request_hash);
  std::vector<Waiter> waiting = std::move(found->second.waiting);
  in_flight_.erase(found);
  return waiting;
}

void Database::Impl::Advance(WritePtr write, kv::Patience patience) {
  // What was read for it is let go before it is finished: whoever hears of that may close the
  // database.
  absl::StatusOr<std::optional<std::string>> reply = Prepare(write.get(), patience);
  if (kv::IsWouldBlock(reply.status())) return Schedule(std::move(write));
  if (!reply.ok()) return Finish(std::move(write), reply.status());
  if (*reply) return Finish(std::move(write), **std::move(reply));
  committer_->Enqueue(std::move(write));
}

absl::StatusOr<std::optional<std::string>> Database::Impl::Prepare(PendingWrite* write,
                                                                   kv::Patience patience) {
  HW_ASSIGN_OR_RETURN(const View view, views_.Latest());
  HW_ASSIGN_OR_RETURN(std::string recorded, Recorded(*write, view, patience));
  if (!recorded.empty()) return recorded;
  HW_ASSIGN_OR_RETURN(write->prepared,
                      database::Prepare(write->request, view, patience, options_.random));
  if (write->prepared.changes.empty() && write->request_hash.empty()) return AnswerTo(*write);
  return std::nullopt;
}

void Database::Impl::Schedule(WritePtr write) {
  auto shared = std::make_shared<WritePtr>(std::move(write));
  WorkerPool::Task task = [this, shared] { Advance(std::move(*shared), kv::Patience::kMayWait); };
  if (!options_.pool->TrySchedule(std::move(task)))
    Finish(std::move(*shared), TooManyWrites(options_.max_queued_writes));
}

absl::StatusOr<std::string> Database::Impl::Recorded(const PendingWrite& write, const View& view,
                                                     kv::Patience patience) {
  if (write.request_hash.empty()) return "";
  HW_ASSIGN_OR_RETURN(
      const std::optional<std::string> value,
      view.snapshot->Get(kv::Keyspace::kRequests, keys::RequestKey(write.request_hash), patience));
  if (!value) return "";
  const std::optional<RecordedAnswer> answer = ParseRecordedAnswer(*value);
  if (!answer) return records::Damaged("a request's record cannot be read");
  if (answer->fingerprint != write.request.fingerprint) {
    return InvalidField("request_id",
                        "was used for another request; each request needs an id of its own");
  }
  return AnswerAgain(*answer, write.request.batch, records::Reader(*view.snapshot, patience));
}

void Database::Impl::Finish(WritePtr write, Reply reply) {
  if (!write->request_hash.empty()) {
    const absl::Time now = options_.clock->Now();
    for (Waiter& waiter : Leave(*write)) {
      const bool late = absl::IsCancelled(reply.status()) && now > waiter.caller.deadline;
      waiter.done(late ? Reply(DroppedLate()) : reply);
    }
  } else if (write->imported) {
    const uint64_t last = write->first_sequence + write->prepared.changes.size() - 1;
    write->imported(reply.ok() ? absl::StatusOr<uint64_t>(last) : reply.status());
    // A thousand rows are not taken apart on the committer's thread.
    auto spent = std::make_shared<Prepared>(std::move(write->prepared));
    static_cast<void>(options_.pool->TrySchedule([spent = std::move(spent)] {},
                                                 WorkerPool::Priority::kBackground));
  } else if (write->done) {
    write->done(std::move(reply));
  }
  write.reset();
  Release();
}

void Database::Impl::ScheduleSweep() {
  if (sweeping_.exchange(true)) return;
  if (Accept()) {
    WorkerPool::Task task = [this] { SweepRequests(); };
    if (options_.pool->TrySchedule(std::move(task), WorkerPool::Priority::kBackground)) return;
    Release();
  }
  sweeping_ = false;
}

void Database::Impl::SweepRequests() {
  absl::StatusOr<kv::Batch> expired = ExpiredRequests();
  sweeping_ = false;
  if (!expired.ok() || expired->empty()) return Release();
  // Where as much has expired as is dropped at a time there may be more: once a minute would not
  // keep up with a busy store.
  const bool is_full = expired->size() >= 2 * kMostSwept;
  Housekeep(*std::move(expired), [this, is_full](const Reply& reply) {
    if (is_full && reply.ok()) ScheduleSweep();
  });
}

void Database::Impl::Housekeep(kv::Batch rows, Done done) {
  auto write = std::make_unique<PendingWrite>();
  write->housekeeping = std::move(rows);
  write->done = std::move(done);
  write->prepared.head = UINT64_MAX;  // housekeeping relies on nothing
  committer_->Enqueue(std::move(write));
}

absl::Status Database::Impl::CommitRows(kv::Batch rows) {
  {
    std::lock_guard lock(mutex_);
    ++under_way_;
  }
  // Shared, for whoever sets it may not have returned from that yet when this has.
  auto finished = std::make_shared<std::promise<absl::Status>>();
  std::future<absl::Status> status = finished->get_future();
  Housekeep(std::move(rows), [finished](Reply reply) { finished->set_value(reply.status()); });
  return status.get();
}

absl::Status Database::Impl::WriteSuggestions(absl::Span<const SuggestionWrite> writes) {
  WriteRequest write;
  write.method = "suggestions";  // by which nothing is looked up: it has no request id
  write.batch = true;
  for (size_t i = 0; i < writes.size(); ++i)
    write.operations.push_back(ToOperation(writes[i], absl::StrCat("requests[", i, "].")));
  auto finished = std::make_shared<std::promise<absl::Status>>();
  std::future<absl::Status> status = finished->get_future();
  Start(
      std::move(write), {.actor = std::string(records::kServerActor)},
      [finished](Reply reply) { finished->set_value(reply.status()); }, /*is_background=*/true);
  return status.get();
}

absl::Status Database::Impl::BeginImportStep(const std::string& hash) {
  std::lock_guard lock(mutex_);
  if (closing_ || under_way_ >= options_.max_queued_writes)
    return TooManyWrites(options_.max_queued_writes);
  if (!importing_.insert(hash).second) return ImportBusy();
  ++under_way_;
  return absl::OkStatus();
}

void Database::Impl::EndImportStep(const std::string& hash) {
  {
    std::lock_guard lock(mutex_);
    importing_.erase(hash);
  }
  Release();
}

bool Database::Impl::BeginWholeImport() {
  std::lock_guard lock(mutex_);
  if (whole_imports_ >= kMostWholeImports) return false;
  ++whole_imports_;
  return true;
}

void Database::Impl::EndWholeImport() {
  std::lock_guard lock(mutex_);
  --whole_imports_;
}

void Database::Impl::CommitImport(const Caller& caller, Prepared prepared, kv::Batch rows,
                                  std::function<void()> stale,
                                  std::function<void(absl::StatusOr<uint64_t>)> done) {
  {
    std::lock_guard lock(mutex_);
    ++under_way_;
  }
  auto write = std::make_unique<PendingWrite>();
  // Neither its deadline nor whether it is cancelled counts: what has come goes in.
  write->caller.actor = caller.actor;
  write->prepared = std::move(prepared);
  write->housekeeping = std::move(rows);
  write->stale = std::move(stale);
  write->imported = std::move(done);
  committer_->Enqueue(std::move(write));
}

absl::Status Database::Impl::AddExpiredImports(const View& view, kv::Batch* expired) {
  const std::string now = keys::ImportExpiryKey(absl::ToUnixMicros(options_.clock->Now()), "");
  std::unique_ptr<kv::Cursor> cursor = view.snapshot->Range(
      kv::Keyspace::kRequests, keys::ImportExpiryPrefix(), now, kv::Patience::kMayWait);
  for (; cursor->Valid() && expired->size() < kMostSweptRows; cursor->Next()) {
    const absl::string_view hash = keys::HashOfExpiryKey(cursor->key());
    const std::string prefix = keys::ImportRowPrefix(hash);
    std::unique_ptr<kv::Cursor> rows = view.snapshot->Range(
        kv::Keyspace::kRequests, prefix, keys::PrefixEnd(prefix), kv::Patience::kMayWait);
    for (; rows->Valid() && expired->size() < kMostSweptRows; rows->Next())
      expired->Delete(kv::Keyspace::kRequests, rows->key());
    HW_RETURN_IF_ERROR(rows->status());
    if (rows->Valid()) break;  // its other rows, and the import itself, go next time
    expired->Delete(kv::Keyspace::kRequests, keys::ImportKey(hash));
    expired->Delete(kv::Keyspace::kRequests, cursor->key());
  }
  return cursor->status();
}

absl::StatusOr<kv::Batch> Database::Impl::ExpiredRequests() {
  HW_ASSIGN_OR_RETURN(const View view, views_.Latest());
  const std::string now = keys::RequestExpiryKey(absl::ToUnixMicros(options_.clock->Now()), "");
  std::unique_ptr<kv::Cursor> cursor = view.snapshot->Range(
      kv::Keyspace::kRequests, keys::RequestExpiryPrefix(), now, kv::Patience::kMayWait);
  kv::Batch expired;
  for (; cursor->Valid() && expired.size() < 2 * kMostSwept; cursor->Next()) {
    expired.Delete(kv::Keyspace::kRequests, cursor->key());
    expired.Delete(kv::Keyspace::kRequests, keys::RequestKey(keys::HashOfExpiryKey(cursor->key())));
  }
  HW_RETURN_IF_ERROR(cursor->status());
  HW_RETURN_IF_ERROR(AddExpiredImports(view, &expired));
  return expired;
}

}  // namespace headwater::database
