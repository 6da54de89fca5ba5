#include "database/follower.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "database/affected.h"
#include "keys/name.h"

namespace headwater::database {
namespace {

// A step ends with the request by which it has read so many entries or found so many claims.
constexpr size_t kStepEntries = 1000;
constexpr size_t kStepClaims = 500;
// How often a claim is assessed in one step, at most; it is the last time that settles it.
constexpr size_t kAssessments = 4;
// The most claims in one batch.
constexpr size_t kPieceClaims = 500;
constexpr auto kRetryEvery = std::chrono::milliseconds(200);
// How much the thread yields to those that answer people.
constexpr int kNice = 10;

Reading At(const View& view, uint64_t sequence) {
  return Reading{ReadPoint{view, sequence}, kv::Patience::kMayWait};
}

}  // namespace

Follower::Follower(Views* views, Commit commit)
    : views_(views), commit_(std::move(commit)), thread_([this] { Run(); }) {}

Follower::~Follower() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Follower::Wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

bool Follower::Stopping() {
  std::lock_guard lock(mutex_);
  return stopping_;
}

void Follower::Run() {
  // Of Linux alone: a thread has a niceness of its own. Without it the follower is no less right.
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNice);
  while (!Stopping()) {
    const absl::StatusOr<bool> stepped = Step();
    if (stepped.ok() && *stepped) continue;
    std::unique_lock lock(mutex_);
    const auto some = [this] { return stopping_ || woken_; };
    if (stepped.ok()) {
      changed_.wait(lock, some);
    } else {
      changed_.wait_for(lock, kRetryEvery, [this] { return stopping_; });
    }
    woken_ = false;
  }
}

absl::StatusOr<bool> Follower::Step() {
  HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
  HW_ASSIGN_OR_RETURN(const uint64_t watermark,
                      StandingsWatermark(*view.snapshot, kv::Patience::kMayWait));
  if (watermark >= view.head) return false;
  uint64_t next = watermark + 1;
  HW_ASSIGN_OR_RETURN(const Affecting affecting, ReadRequests(view, &next));
  kv::Batch batch;
  size_t claims = 0;
  for (const auto& [claim, ends] : affecting) {
    HW_RETURN_IF_ERROR(Settle(view, claim, ends, &batch));
    if (++claims % kPieceClaims != 0) continue;
    if (Stopping()) return absl::CancelledError("stopping");
    HW_RETURN_IF_ERROR(commit_(std::exchange(batch, {})));
  }
  AddWatermark(next - 1, &batch);
  HW_RETURN_IF_ERROR(commit_(std::move(batch)));
  return true;
}

absl::StatusOr<Follower::Affecting> Follower::ReadRequests(const View& view, uint64_t* sequence) {
  const records::Reader reader(*view.snapshot, kv::Patience::kMayWait);
  Affecting affecting;
  size_t entries = 0;
  while (*sequence <= view.head && entries < kStepEntries && affecting.size() < kStepClaims) {
    HW_ASSIGN_OR_RETURN(records::Stored stored, reader.Load(*sequence));
    const uint64_t first = *sequence;
    const uint64_t last = stored.entry.last_sequence;
    const Reading after = At(view, last);
    Affected affected(after);
    HW_RETURN_IF_ERROR(affected.Add(stored.entry));
    for (uint64_t s = first + 1; s <= last; ++s) {
      HW_ASSIGN_OR_RETURN(stored, reader.Load(s));
      HW_RETURN_IF_ERROR(affected.Add(stored.entry));
    }
    HW_RETURN_IF_ERROR(affected.Complete());
    // What is written in pieces must come out the same if it is begun anew: a step of its own.
    const bool large = affected.claims().size() > kPieceClaims;
    if (large && !affecting.empty()) break;
    for (const std::string& claim : affected.claims()) affecting[claim].push_back(last);
    entries += last - first + 1;
    *sequence = last + 1;
    if (large) break;
  }
  return affecting;
}

absl::Status Follower::Settle(const View& view, const std::string& claim,
                              const std::vector<uint64_t>& ends, kv::Batch* batch) {
  HW_ASSIGN_OR_RETURN(
      StandingSince standing,
      StandingAt(*view.snapshot, claim, ends.front() - 1, kv::Patience::kMayWait));
  const auto turn = [&](uint64_t sequence, const records::StandingRow& row) {
    if (row == standing.row) return;
    AddStanding(claim, standing, sequence, row, batch);
    standing = {row, sequence};
  };
  const bool all = ends.size() <= kAssessments;
  if (!all) {
    records::StandingRow unsettled;
    unsettled.unsettled = true;
    turn(ends.front(), unsettled);
  }
  for (uint64_t end : ends) {
    if (!all && end != ends.back()) continue;
    HW_ASSIGN_OR_RETURN(const records::StandingRow row, AssessStanding(At(view, end), claim));
    turn(end, row);
  }
  return absl::OkStatus();
}

}  // namespace headwater::database
