#include "database/log_follower.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace headwater::database {
namespace {

using std::chrono::steady_clock;

// It pauses for as long as it worked, so that others have the machine, but no longer than this.
constexpr steady_clock::duration kLongestPause = std::chrono::seconds(1);
constexpr steady_clock::duration kRetryEvery = std::chrono::milliseconds(200);
// The most who wait for the watermark at a time.
constexpr size_t kMostWaiting = 8;
// How much the thread yields to those that answer people.
constexpr int kNice = 10;

}  // namespace

LogFollower::LogFollower(std::chrono::milliseconds gather, Commit commit)
    : gather_(gather), commit_(std::move(commit)) {}

LogFollower::~LogFollower() { Stop(); }

void LogFollower::Start() {
  thread_ = std::thread([this] { Run(); });
}

void LogFollower::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  moved_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LogFollower::Wake() {
  std::lock_guard lock(mutex_);
  woken_ = true;
  if (idle_) changed_.notify_one();
}

void LogFollower::Interrupt() { interrupted_ = true; }

absl::Status LogFollower::MayGoOn() const {
  if (stopping_) return absl::CancelledError("stopping");
  return interrupted_ ? absl::AbortedError("the store is being opened again") : absl::OkStatus();
}

bool LogFollower::IsHurried() const { return waiting_ > 0 && wanted_ > watermark_; }

bool LogFollower::WaitFor(uint64_t sequence, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto there = [&] { return watermark_ >= sequence; };
  if (there() || stopping_ || waiting_ >= kMostWaiting) return there();
  ++waiting_;
  wanted_ = std::max(wanted_, sequence);
  changed_.notify_one();
  moved_.wait_for(lock, patience, [&] { return there() || stopping_; });
  --waiting_;
  return there();
}

uint64_t LogFollower::watermark() const {
  std::lock_guard lock(mutex_);
  return watermark_;
}

absl::Status LogFollower::CommitRows(kv::Batch batch) {
  HW_RETURN_IF_ERROR(MayGoOn());
  return commit_(std::move(batch));
}

void LogFollower::Publish(uint64_t watermark) {
  {
    std::lock_guard lock(mutex_);
    if (watermark_ == watermark) return;
    watermark_ = watermark;
  }
  moved_.notify_all();
}

void LogFollower::Pause(steady_clock::duration duration) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, duration, [this] { return stopping_ || IsHurried(); });
}

void LogFollower::Run() {
  // Of Linux alone: a thread has a niceness of its own. Without it the follower is no less right.
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNice);
  while (!stopping_) {
    const auto begin = steady_clock::now();
    interrupted_ = false;
    const absl::StatusOr<bool> more = Step();
    if (more.ok() && *more) {
      const double ease = Ease();
      if (ease > 0) {
        const auto worked = steady_clock::now() - begin;
        Pause(std::min(std::chrono::duration_cast<steady_clock::duration>(ease * worked),
                       kLongestPause));
      }
      continue;
    }
    if (more.ok()) {
      Pause(std::max<steady_clock::duration>(gather_,
                                             std::min(steady_clock::now() - begin, kLongestPause)));
      std::unique_lock lock(mutex_);
      idle_ = true;
      changed_.wait(lock, [this] { return stopping_ || woken_ || IsHurried(); });
      idle_ = false;
      woken_ = false;
    } else {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kRetryEvery, [this] { return stopping_.load(); });
    }
  }
}

}  // namespace headwater::database
