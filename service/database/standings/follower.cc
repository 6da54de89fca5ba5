#include "database/standings/follower.h"

#include <memory>
#include <utility>

#include "base/status_macros.h"
#include "database/standings/affected.h"
#include "keys/register.h"

namespace headwater::database {
namespace {

constexpr size_t kRowsDropped = 1000;

Reading At(const View& view, uint64_t sequence) {
  return Reading{ReadPoint{view, sequence}, kv::Patience::kMayWait};
}

}  // namespace

Follower::Follower(Views* views, const FollowLimits& limits, Commit commit)
    : LogFollower(limits.gather, std::move(commit)), views_(views), limits_(limits) {
  Start();
}

Follower::~Follower() { Stop(); }

absl::StatusOr<bool> Follower::Step() {
  Work work;
  Watermark watermark;
  kv::Batch batch;
  {
    HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
    HW_ASSIGN_OR_RETURN(watermark, ReadWatermark(*view.snapshot, kv::Patience::kMayWait));
    Publish(watermark.sequence);
    if (!watermark.stale) {
      if (watermark.sequence >= view.head) return false;
      HW_ASSIGN_OR_RETURN(work, ReadRequests(view, watermark.sequence + 1));
      if (!work.large) {
        for (const auto& [claim, ends] : work.claims)
          HW_RETURN_IF_ERROR(Settle(view, claim, ends, &batch));
      }
    }
  }
  if (watermark.stale) {
    HW_RETURN_IF_ERROR(DropRows());
    return true;
  }
  const bool full = work.full;
  if (work.large) {
    HW_RETURN_IF_ERROR(SettleInPieces(watermark.sequence, std::move(work)));
  } else {
    HW_RETURN_IF_ERROR(CommitUpTo({work.last, work.last}, std::move(batch)));
  }
  return full;
}

absl::Status Follower::CommitUpTo(const Watermark& watermark, kv::Batch batch) {
  AddWatermark(watermark, &batch);
  HW_RETURN_IF_ERROR(CommitRows(std::move(batch)));
  Publish(watermark.sequence);
  return absl::OkStatus();
}

// The watermark says that they are stale until none is left.
absl::Status Follower::DropRows() {
  kv::Batch batch;
  {
    HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
    const std::unique_ptr<kv::Cursor> rows = view.snapshot->Range(
        kv::Keyspace::kStandings, "", keys::StandingsWatermarkKey(), kv::Patience::kMayWait);
    for (; rows->Valid() && batch.size() < kRowsDropped; rows->Next())
      batch.Delete(kv::Keyspace::kStandings, rows->key());
    HW_RETURN_IF_ERROR(rows->status());
  }
  if (batch.empty()) return CommitUpTo({}, {});
  return CommitRows(std::move(batch));
}

absl::StatusOr<Follower::Work> Follower::ReadRequests(const View& view, uint64_t first) const {
  const records::Reader reader(*view.snapshot, kv::Patience::kMayWait);
  Work work;
  uint64_t next = first;
  while (next <= view.head && next - first < limits_.entries &&
         work.claims.size() < limits_.claims) {
    HW_ASSIGN_OR_RETURN(records::Stored stored, reader.Load(next));
    const uint64_t last = stored.entry.last_sequence;
    const Reading after = At(view, last);
    Affected affected(after, "", limits_.held, [this] { return MayGoOn(); });
    HW_RETURN_IF_ERROR(affected.Add(stored.entry));
    for (uint64_t s = next + 1; s <= last; ++s) {
      HW_ASSIGN_OR_RETURN(stored, reader.Load(s));
      HW_RETURN_IF_ERROR(affected.Add(stored.entry));
    }
    // What is written in pieces must come out the same if it is begun anew: a step of its own.
    const bool large = affected.claims().size() > limits_.piece || affected.more();
    if (large && next != first) break;
    for (const std::string& claim : affected.claims()) work.claims[claim].push_back(last);
    work.large = large;
    work.more = affected.more();
    work.last = last;
    next = last + 1;
    if (large) break;
  }
  work.full = next <= view.head;
  return work;
}

absl::Status Follower::SettleInPieces(uint64_t watermark, Work work) {
  const uint64_t last = work.last;
  const std::vector<uint64_t> ends = {last};
  while (true) {
    std::string behind;
    auto next = work.claims.begin();
    while (next != work.claims.end()) {
      kv::Batch batch;
      {
        HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
        for (size_t i = 0; i < limits_.piece && next != work.claims.end(); ++i, ++next) {
          HW_RETURN_IF_ERROR(Settle(view, next->first, ends, &batch));
          behind = next->first;
        }
      }
      const bool done = !work.more && next == work.claims.end();
      HW_RETURN_IF_ERROR(CommitUpTo({done ? last : watermark, last}, std::move(batch)));
    }
    if (!work.more) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(work, ReadBehind(watermark + 1, last, std::move(behind)));
    if (work.claims.empty()) return CommitUpTo({last, last}, {});
  }
}

absl::StatusOr<Follower::Work> Follower::ReadBehind(uint64_t first, uint64_t last,
                                                    std::string behind) const {
  HW_ASSIGN_OR_RETURN(const View view, views_->Latest());
  const records::Reader reader(*view.snapshot, kv::Patience::kMayWait);
  const Reading after = At(view, last);
  Affected affected(after, std::move(behind), limits_.held, [this] { return MayGoOn(); });
  for (uint64_t s = first; s <= last; ++s) {
    HW_ASSIGN_OR_RETURN(const records::Stored stored, reader.Load(s));
    HW_RETURN_IF_ERROR(affected.Add(stored.entry));
  }
  Work work;
  for (const std::string& claim : affected.claims()) work.claims[claim];
  work.last = last;
  work.more = affected.more();
  return work;
}

absl::Status Follower::Settle(const View& view, const std::string& claim,
                              const std::vector<uint64_t>& ends, kv::Batch* batch) {
  HW_RETURN_IF_ERROR(MayGoOn());
  const auto standing_at = [&](uint64_t sequence) {
    return StandingAt(*view.snapshot, claim, sequence, kv::Patience::kMayWait);
  };
  HW_ASSIGN_OR_RETURN(StandingSince standing, standing_at(ends.front() - 1));
  const auto turn = [&](uint64_t sequence, const records::StandingRow& row) {
    if (row == standing.row) return;
    AddStanding(claim, standing, sequence, row, batch);
    standing = {row, sequence};
  };
  const bool all = ends.size() <= limits_.assessments;
  if (!all) {
    // One long unsettled time rather than many short ones: rows do not grow with an import's steps.
    if (standing.since > 0 && ends.front() - standing.since <= limits_.entries) {
      HW_ASSIGN_OR_RETURN(StandingSince before, standing_at(standing.since - 1));
      if (before.row.unsettled()) {
        RemoveStanding(claim, standing.since, batch);
        standing = before;
      }
    }
    turn(ends.front(), {.state = records::StandingState::kUnsettled});
  }
  for (uint64_t end : ends) {
    if (!all && end != ends.back()) continue;
    ++assessments_;
    HW_ASSIGN_OR_RETURN(const records::StandingRow row, AssessStanding(At(view, end), claim));
    turn(end, row);
  }
  return absl::OkStatus();
}

}  // namespace headwater::database
