#include "database/scan.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/index_row.h"

namespace headwater::database {
namespace {

using kv::Keyspace;

constexpr int32_t kFirstDay = INT32_MIN;
constexpr int32_t kLastDay = INT32_MAX;
constexpr size_t kRowByte = 1;
constexpr size_t kSequenceBytes = sizeof(uint64_t);

// The live or the closed rows between two positions.
class Rows {
 public:
  Rows(const kv::Snapshot& snapshot, Keyspace keyspace, kv::Patience patience, bool closed,
       absl::string_view begin, absl::string_view end)
      : closed_(closed), cursor_(snapshot.Range(keyspace, Key(begin), Key(end), patience)) {}

  bool Valid() const { return cursor_->Valid(); }
  void Next() { cursor_->Next(); }
  absl::Status status() const { return cursor_->status(); }
  absl::string_view value() const { return cursor_->value(); }

  absl::string_view Position() const { return cursor_->key().substr(kRowByte); }
  // What the rows of one term and name share.
  absl::string_view Run() const {
    absl::string_view run = Position();
    if (closed_ && run.size() >= kSequenceBytes) run.remove_suffix(kSequenceBytes);
    return run;
  }
  // Of a closed row. Requires HasFrom().
  uint64_t From() const {
    const absl::string_view key = cursor_->key();
    return keys::ReadAscending(key.substr(key.size() - kSequenceBytes));
  }
  bool HasFrom() const { return cursor_->key().size() > kRowByte + kSequenceBytes; }

 private:
  std::string Key(absl::string_view position) const {
    return closed_ ? keys::ClosedPrefix(position) : keys::LivePrefix(position);
  }

  const bool closed_;
  std::unique_ptr<kv::Cursor> cursor_;
};

// Live and closed rows as one walk over the states at a sequence.
class Merge {
 public:
  // Without closed rows where `live_alone`.
  Merge(const ReadPoint& point, Keyspace keyspace, bool live_alone, kv::Patience patience,
        absl::string_view begin, absl::string_view end)
      : sequence_(point.sequence),
        live_(*point.view.snapshot, keyspace, patience, /*closed=*/false, begin, end) {
    if (live_alone) return;
    closed_.emplace(*point.view.snapshot, keyspace, patience, /*closed=*/true, begin, end);
  }

  bool Valid() const { return live_.Valid() || (closed_ && closed_->Valid()); }
  absl::string_view Position() const { return AtClosed() ? closed_->Position() : live_.Position(); }
  absl::string_view Run() const { return AtClosed() ? closed_->Run() : live_.Run(); }
  void Next() { AtClosed() ? closed_->Next() : live_.Next(); }
  absl::Status status() const {
    HW_RETURN_IF_ERROR(live_.status());
    return closed_ ? closed_->status() : absl::OkStatus();
  }

  // Sets the candidate's revision and deletion where the current row holds at the sequence; false
  // where it does not.
  absl::StatusOr<bool> Holds(Candidate* candidate) const {
    if (AtClosed()) {
      std::optional<records::ClosedRow> row = records::ParseClosed(closed_->value());
      if (!row || !closed_->HasFrom()) return records::Damaged("a closed index row cannot be read");
      candidate->deleted = row->deleted;
      return closed_->From() <= sequence_ && sequence_ < row->to;
    }
    std::optional<records::LiveRow> row = records::ParseLive(live_.value());
    if (!row) return records::Damaged("a live index row cannot be read");
    candidate->deleted = row->deleted;
    candidate->revision = row->head <= sequence_ ? row->head : 0;
    return row->from <= sequence_;
  }

 private:
  bool AtClosed() const {
    return closed_ && closed_->Valid() && (!live_.Valid() || closed_->Run() < live_.Run());
  }

  const uint64_t sequence_;
  Rows live_;
  std::optional<Rows> closed_;
};

// Behind a reference's target stand a field's byte and the referrer.
absl::string_view ReferrerIn(absl::string_view run) {
  absl::string_view in = run.substr(std::min<size_t>(1, run.size()));
  if (!keys::Name::TakeKey(&in) || in.empty()) return "";
  return in.substr(1);
}

}  // namespace

Scan::Scan(std::string begin, std::string end, size_t name_offset)
    : begin_(std::move(begin)), end_(std::move(end)), name_offset_(name_offset) {}

Scan::Scan(const Filter& filter, bool live_standings) : live_standings_(live_standings) {
  const std::string names = keys::NameKeyPrefix(filter.kind, filter.claim);
  if (filter.walks_standings()) {
    keyspace_ = Keyspace::kStandings;
    begin_ = filter.standing_terms.front();
    name_offset_ = begin_.size();
    begin_ += names;
    end_ = keys::PrefixEnd(begin_);
    return;
  }
  if (filter.walks_days()) {
    const int32_t from = filter.from_day.value_or(kFirstDay);
    const int32_t until = filter.until_day.value_or(kLastDay);
    begin_ = keys::Term(keys::Index::kDate, keys::DateValue(filter.kind, from));
    name_offset_ = begin_.size();
    end_ =
        from > until
            ? begin_
            : keys::PrefixEnd(keys::Term(keys::Index::kDate, keys::DateValue(filter.kind, until)));
    return;
  }
  begin_ =
      filter.terms.empty() ? keys::Term(keys::Index::kAll, keys::NoValue()) : filter.terms.front();
  name_offset_ = begin_.size();
  begin_ += names;
  end_ = keys::PrefixEnd(begin_);
}

Scan Scan::Referrers(const keys::Name& target) {
  std::string begin = keys::Term(keys::Index::kReference, keys::ReferenceValue(target));
  std::string end = keys::PrefixEnd(begin);
  return Scan(std::move(begin), std::move(end), 0);
}

absl::StatusOr<std::string> Scan::Run(const ReadPoint& point, kv::Patience patience,
                                      std::string position, size_t* budget,
                                      const std::function<bool(Candidate)>& take) const {
  if (position.empty() || position < begin_) position = begin_;
  if (position >= end_) return "";
  const bool live_alone = keyspace_ == Keyspace::kStandings ? live_standings_ : point.latest();
  Merge rows(point, keyspace_, live_alone, patience, position, end_);
  std::string found;  // the run in which the last candidate was: no other of its rows holds
  for (; rows.Valid(); rows.Next()) {
    Candidate candidate;
    candidate.position = std::string(rows.Position());
    const absl::string_view run = rows.Run();
    // Not the place inside a run that is done with: a live row that was closed meanwhile would be
    // found there again.
    if (*budget == 0) return run == found ? keys::PrefixEnd(found) : candidate.position;
    --*budget;
    HW_ASSIGN_OR_RETURN(const bool holds, rows.Holds(&candidate));
    if (!holds) continue;
    absl::string_view name = name_offset_ != 0
                                 ? run.substr(std::min(name_offset_, run.size()))  // if damaged
                                 : ReferrerIn(run);
    std::optional<keys::Name> parsed = keys::Name::TakeKey(&name);
    if (!parsed || !name.empty())
      return records::Damaged("the name in an index row cannot be read");
    candidate.name = *std::move(parsed);
    found = std::string(run);
    std::string here = candidate.position;
    if (!take(std::move(candidate))) return here;
  }
  HW_RETURN_IF_ERROR(rows.status());
  return "";
}

}  // namespace headwater::database
