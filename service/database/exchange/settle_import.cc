// What waited of an import, once all of its rows have come; and what was told before.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/exchange/import_limits.h"
#include "database/exchange/kept_import.h"
#include "database/exchange/settle_order.h"
#include "keys/encoding.h"
#include "keys/register.h"

namespace headwater::database {
void KeptImport::Complete() {
  if (state_.phase != ImportPhase::kOpen) {
    // It was complete before: what was rejected since is told again.
    told_ = 0;
    return RetellSettled();
  }
  absl::StatusOr<View> view = impl_->views().Latest();
  absl::Status status = view.ok() ? WorkOutOrder(*view) : view.status();
  On([&](Calls* calls) {
    if (!status.ok()) return Fail(std::move(status), calls);
    Settle();
    Group group;
    group.state = state_;
    group.state.phase = groups_.empty() ? ImportPhase::kDone : ImportPhase::kSettling;
    group.end = group_place_;
    PutState(&group.state, &group.rows);
    group.prepared.head = UINT64_MAX;  // it relies on nothing
    prepared_ = group.state;
    ahead_ = std::move(group);
  });
}

void KeptImport::Settle() {
  alone_ = false;
  settling_ = true;
  settled_ = 0;
  prepared_groups_ = group_place_;
}

absl::Status KeptImport::WorkOutOrder(const View& view) {
  SettleOrder order;
  waiting_.clear();
  groups_.clear();
  group_place_ = 0;
  if (state_.counts.waiting() == 0) return absl::OkStatus();
  const std::string prefix = keys::ImportRowPrefix(hash_);
  std::unique_ptr<kv::Cursor> cursor = view.snapshot->Range(
      kv::Keyspace::kRequests, prefix, keys::PrefixEnd(prefix), kv::Patience::kMayWait);
  for (; cursor->Valid(); cursor->Next()) {
    const std::optional<absl::string_view> record = WaitingRecord(cursor->value());
    if (!record) continue;
    const uint64_t number = keys::RowOfImportRowKey(cursor->key());
    HW_ASSIGN_OR_RETURN(const ReadyRow row, MakeReady(number, *record));
    if (!row.faults.empty()) return records::Damaged("a row that waits cannot be read");
    order.Add(row.name.Key(), ReferencesOf(row));
    waiting_.push_back(number);
  }
  HW_RETURN_IF_ERROR(cursor->status());
  groups_ = order.Groups();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ReadyRow>> KeptImport::LoadRows(
    const View& view, const std::vector<uint32_t>& places) const {
  std::vector<std::string> keys;
  for (uint32_t place : places) keys.push_back(keys::ImportRowKey(hash_, waiting_[place]));
  HW_ASSIGN_OR_RETURN(
      const std::vector<std::optional<std::string>> values,
      view.snapshot->MultiGet(kv::Keyspace::kRequests, keys, kv::Patience::kMayWait));
  std::vector<ReadyRow> rows;
  for (size_t i = 0; i < places.size(); ++i) {
    const std::optional<absl::string_view> record =
        values[i] ? WaitingRecord(*values[i]) : std::nullopt;
    if (!record) return ImportBusy();  // another stream has settled it
    HW_ASSIGN_OR_RETURN(ReadyRow row, MakeReady(waiting_[places[i]], *record));
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::StatusOr<KeptImport::Group> KeptImport::PrepareSettling(
    size_t place, const ImportState& state, std::shared_ptr<const Made> before) const {
  HW_ASSIGN_OR_RETURN(const View view, impl_->views().Latest());
  Preparation to(NoRequest(), view, kv::Patience::kMayWait, impl_->options().random,
                 std::move(before));
  const GroupBounds most = Bounds();
  Group group;
  group.state = state;
  const size_t begin = place;
  for (; place < groups_.size() && !IsFull(to, group.rows, most); ++place) {
    const std::vector<uint32_t>& places = groups_[place];
    if (places.size() > kMostImportRows) {
      for (uint32_t each : places) {
        ReadyRow row;
        row.number = waiting_[each];
        NoteSettled(row,
                    {Outcome::What::kRejected,
                     {{"", "CIRCLE_TOO_LARGE",
                       absl::StrCat("is one of ", places.size(),
                                    " rows that refer to one another; at most ", kMostImportRows,
                                    " can go in together")}}},
                    &group);
      }
      continue;
    }
    HW_ASSIGN_OR_RETURN(std::vector<ReadyRow> rows, LoadRows(view, places));
    const bool twice = std::any_of(rows.begin(), rows.end(),
                                   [&](const ReadyRow& row) { return to.HasRow(row.name); });
    if (twice) break;
    std::vector<ReadyRow*> pointers;
    for (ReadyRow& row : rows) pointers.push_back(&row);
    HW_ASSIGN_OR_RETURN(std::vector<Outcome> outcomes,
                        JudgeCircle(pointers, state.on_existing, &to));
    // Those of a circle that must go in alone do so next.
    std::vector<uint32_t> alone;
    for (size_t i = 0; i < rows.size(); ++i) {
      if (outcomes[i].what == Outcome::What::kAlone) {
        alone.push_back(places[i]);
      } else {
        NoteSettled(rows[i], std::move(outcomes[i]), &group);
      }
    }
    if (alone.size() == 1 && rows.size() == 1) break;
    if (!alone.empty()) {
      // What is left of the circle is one of its own, and ends this group.
      group.left = std::move(alone);
      break;
    }
  }
  group.empty = place == begin && group.left.empty();
  group.end = place;
  if (place == groups_.size()) group.state.phase = ImportPhase::kDone;
  PutState(&group.state, &group.rows);
  group.prepared = to.TakePrepared();
  group.made = to.TakeMade();
  return group;
}

void KeptImport::NoteSettled(const ReadyRow& row, Outcome outcome, Group* group) const {
  // Nothing more will come.
  if (outcome.what == Outcome::What::kMissing) outcome.what = Outcome::What::kRejected;
  v1::ImportCounts& counts = group->state.counts;
  counts.set_waiting(counts.waiting() - 1);
  Count(outcome.what, &counts);
  const std::string key = keys::ImportRowKey(hash_, row.number);
  if (outcome.what != Outcome::What::kRejected)
    return group->rows.Delete(kv::Keyspace::kRequests, key);
  v1::ImportResponse errors;
  AppendErrors(row, outcome.faults, &errors);
  group->rows.Put(kv::Keyspace::kRequests, key, RejectedRowValue(errors, /*waited=*/true));
  group->response.MergeFrom(errors);
}

absl::StatusOr<uint64_t> KeptImport::Retell(uint64_t from, uint64_t end, bool waited) {
  HW_ASSIGN_OR_RETURN(const View view, impl_->views().Latest());
  std::unique_ptr<kv::Cursor> cursor =
      view.snapshot->Range(kv::Keyspace::kRequests, keys::ImportRowKey(hash_, from),
                           keys::ImportRowKey(hash_, end), kv::Patience::kMayWait);
  for (; cursor->Valid(); cursor->Next()) {
    const std::optional<absl::string_view> errors = RejectedErrors(cursor->value(), waited);
    if (!errors) continue;
    if (response_.errors_size() >= kMostTold) return keys::RowOfImportRowKey(cursor->key());
    v1::ImportResponse told;
    if (!told.ParseFromArray(errors->data(), static_cast<int>(errors->size())))
      return records::Damaged("why a row was rejected cannot be read");
    response_.MergeFrom(told);
  }
  HW_RETURN_IF_ERROR(cursor->status());
  return end;
}

void KeptImport::RetellAsTheyCame() {
  const uint64_t end = state_.acknowledged;
  absl::StatusOr<uint64_t> told = told_ < end ? Retell(told_, end, /*waited=*/false) : told_;
  On([&](Calls* calls) {
    if (!told.ok()) return Fail(told.status(), calls);
    told_ = *told;
    next_ = told_ < end ? Next::kTellComing : Next::kNothing;
    Answer(told_ < end ? Last::kMore : Last::kAnswered, calls);
  });
}

void KeptImport::RetellSettled() {
  const uint64_t end = state_.acknowledged;
  absl::StatusOr<uint64_t> told = Retell(told_, end, /*waited=*/true);
  absl::Status status = told.status();
  const bool settles = told.ok() && *told >= end && state_.phase != ImportPhase::kDone;
  if (settles) {
    absl::StatusOr<View> view = impl_->views().Latest();
    status = view.ok() ? WorkOutOrder(*view) : view.status();
  }
  On([&](Calls* calls) {
    if (!status.ok()) return Fail(std::move(status), calls);
    if (settles) return Settle();
    told_ = *told;
    next_ = Next::kTellSettled;
    Answer(told_ < end ? Last::kMore : Last::kDone, calls);
  });
}

}  // namespace headwater::database
