#include "database/view.h"

#include <algorithm>

#include "base/status_macros.h"
#include "database/errors.h"

namespace headwater::database {
namespace {

absl::StatusOr<records::Entry> Times(const records::Reader& reader, uint64_t sequence) {
  HW_ASSIGN_OR_RETURN(records::Stored stored, reader.Load(sequence));
  records::Entry entry = stored.entry;
  entry.salt = entry.digest = entry.actor = entry.name = entry.stored = {};  // their bytes end here
  return entry;
}

// The last sequence committed at or before `micros`: a binary search over the log, whose times
// never go back.
absl::StatusOr<uint64_t> SequenceAt(int64_t micros, const View& view, kv::Patience patience) {
  if (micros >= view.head_micros) return view.head;
  const records::Reader reader(*view.snapshot, patience);
  uint64_t at_or_before = 0;
  uint64_t after = view.head + 1;
  while (at_or_before + 1 < after) {
    const uint64_t middle = at_or_before + (after - at_or_before) / 2;
    HW_ASSIGN_OR_RETURN(records::Entry entry, Times(reader, middle));
    (entry.commit_micros <= micros ? at_or_before : after) = middle;
  }
  return at_or_before;
}

}  // namespace

absl::StatusOr<View> Views::Take() const {
  View view;
  HW_ASSIGN_OR_RETURN(view.snapshot, engine_->TakeSnapshot());
  view.caches = caches_;
  view.head = view.snapshot->head();
  view.head_micros = last_micros_;
  return view;
}

absl::StatusOr<View> Views::Latest() const {
  std::lock_guard lock(mutex_);
  return Take();
}

absl::StatusOr<View> Views::ForTime(int64_t micros, kv::Patience patience) {
  std::unique_lock lock(mutex_);
  const auto clear = [&] { return committing_micros_ == 0 || committing_micros_ > micros; };
  if (!clear() && patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
  ended_.wait(lock, clear);
  read_micros_ = std::max(read_micros_, micros);
  return Take();
}

int64_t Views::BeginCommit(int64_t now_micros) {
  std::lock_guard lock(mutex_);
  last_micros_ = std::max({now_micros, last_micros_, read_micros_ + 1});
  return committing_micros_ = last_micros_;
}

void Views::EndCommit() {
  {
    std::lock_guard lock(mutex_);
    committing_micros_ = 0;
  }
  ended_.notify_all();
}

absl::StatusOr<uint64_t> RoundedDown(uint64_t sequence, const View& view, kv::Patience patience) {
  if (sequence == 0 || sequence == view.head) return sequence;
  HW_ASSIGN_OR_RETURN(records::Entry entry,
                      Times(records::Reader(*view.snapshot, patience), sequence));
  return entry.last_sequence == sequence ? sequence : entry.first_sequence - 1;
}

absl::StatusOr<ReadPoint> Resolve(const v1::ReadOptions& options, Views* views, Clock* clock,
                                  kv::Patience patience) {
  using Point = v1::ReadOptions::PointCase;
  ReadPoint point;
  if (options.point_case() == Point::kTime) {
    const absl::Time asked =
        absl::FromUnixSeconds(options.time().seconds()) + absl::Nanoseconds(options.time().nanos());
    const absl::Time now = clock->Now();
    if (asked > now) return TimeInFuture(asked, now);
    HW_ASSIGN_OR_RETURN(point.view, views->ForTime(absl::ToUnixMicros(asked), patience));
    HW_ASSIGN_OR_RETURN(const uint64_t sequence,
                        SequenceAt(absl::ToUnixMicros(asked), point.view, patience));
    HW_ASSIGN_OR_RETURN(point.sequence, RoundedDown(sequence, point.view, patience));
    return point;
  }

  HW_ASSIGN_OR_RETURN(point.view, views->Latest());
  const int64_t asked =
      options.point_case() == Point::kSequence ? options.sequence() : options.min_sequence();
  const auto asked_sequence = static_cast<uint64_t>(asked);
  if (asked < 0) {
    return InvalidField(
        options.point_case() == Point::kSequence ? "read.sequence" : "read.min_sequence",
        "is negative; sequences begin at 1");
  }
  if (options.point_case() == Point::kSequence) {
    if (asked_sequence > point.view.head) return SequenceNotThere(asked_sequence, point.view.head);
    HW_ASSIGN_OR_RETURN(point.sequence, RoundedDown(asked_sequence, point.view, patience));
    return point;
  }
  if (asked_sequence > point.view.head) return NotThereYet(asked_sequence, point.view.head);
  point.sequence = point.view.head;
  return point;
}

absl::StatusOr<ReadPoint> ResolveToken(uint64_t sequence, const Views& views,
                                       kv::Patience patience) {
  ReadPoint point;
  HW_ASSIGN_OR_RETURN(point.view, views.Latest());
  point.sequence = sequence;
  if (sequence <= point.view.head) {
    HW_ASSIGN_OR_RETURN(const uint64_t whole, RoundedDown(sequence, point.view, patience));
    if (whole == sequence) return point;
  }
  return InvalidField("page_token",
                      "is of a state that this server has never shown; begin the listing anew");
}

}  // namespace headwater::database
