#include "cli/import_trail.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace headwater::cli {
namespace {

constexpr size_t kBlock = 4096;

// Giving room back is worth a call for so many bytes.
constexpr uint64_t kMuch = uint64_t{16} << 20;

absl::Status OpenOnce(std::optional<exchange::Spool>* spool) {
  if (spool->has_value()) return absl::OkStatus();
  absl::StatusOr<exchange::Spool> opened = exchange::Spool::Open();
  if (!opened.ok()) return opened.status();
  spool->emplace(*std::move(opened));
  return absl::OkStatus();
}

// The last of them, in their order, that begins at the record or before it.
template <class Entries>
auto LastUpTo(const Entries& entries, int64_t record) {
  return std::prev(
      std::upper_bound(entries.begin(), entries.end(), record,
                       [](int64_t number, const auto& entry) { return number < entry.record; }));
}

}  // namespace

absl::Status RowTrail::Add(int64_t row, int64_t records, absl::string_view raw) {
  const bool plain = records == 1 && !keep_raw_;
  if (plain && !last_.empty() && last_.back().in_run == 1 &&
      row - last_.back().row == records_ - last_.back().record) {
    ++records_;
    return absl::OkStatus();
  }
  if (last_.size() == kBlock) {
    if (absl::Status status = PutBy(); !status.ok()) return status;
  }
  Entry entry{.record = records_, .row = row, .in_run = plain ? 1U : 0U};
  if (keep_raw_) {
    if (absl::Status status = OpenOnce(&texts_); !status.ok()) return status;
    absl::StatusOr<exchange::SpoolPlace> place = texts_->WriteBytes(raw);
    if (!place.ok()) return place.status();
    entry.text = place->offset;
    entry.length = place->length;
    text_end_ = place->offset + place->length;
  }
  last_.push_back(entry);
  records_ += records;
  return absl::OkStatus();
}

absl::Status RowTrail::PutBy() {
  if (absl::Status status = OpenOnce(&entries_); !status.ok()) return status;
  // The file is read by this process alone: the entries go in as they lie in memory.
  const absl::string_view bytes(reinterpret_cast<const char*>(last_.data()),
                                last_.size() * sizeof(Entry));
  absl::StatusOr<exchange::SpoolPlace> place = entries_->WriteBytes(bytes);
  if (!place.ok()) return place.status();
  blocks_.push_back({last_.front().record, *place});
  last_.clear();
  return absl::OkStatus();
}

absl::StatusOr<RowTrail::Entry> RowTrail::EntryOf(int64_t record) {
  if (record < 0 || record >= records_) {
    return absl::InternalError("the server speaks of a record that was not sent");
  }
  if (record >= last_.front().record) return *LastUpTo(last_, record);
  if (blocks_.empty() || record < blocks_.front().record) {
    return absl::InternalError("the server speaks of a record that was done with");
  }
  const Block& block = *LastUpTo(blocks_, record);
  if (loaded_record_ != block.record) {
    std::string bytes;
    if (absl::Status status = entries_->ReadBytes(block.place, &bytes); !status.ok()) return status;
    loaded_.resize(bytes.size() / sizeof(Entry));
    std::memcpy(loaded_.data(), bytes.data(), bytes.size());
    loaded_record_ = block.record;
  }
  return *LastUpTo(loaded_, record);
}

absl::StatusOr<RowTrail::Origin> RowTrail::Find(int64_t record) {
  absl::StatusOr<Entry> entry = EntryOf(record);
  if (!entry.ok()) return entry.status();
  Origin origin{entry->row + (entry->in_run == 1 ? record - entry->record : 0), {}};
  if (!keep_raw_) return origin;
  absl::Status status = texts_->ReadBytes({entry->text, entry->length}, &origin.raw);
  if (!status.ok()) return status;
  return origin;
}

void RowTrail::Forget(int64_t record) {
  while (blocks_.size() > 1 && blocks_[1].record <= record) {
    blocks_.pop_front();
    entries_->Forget(blocks_.front().place.offset);
  }
  if (text_end_ - text_forgotten_ < kMuch) return;
  const absl::StatusOr<Entry> entry = EntryOf(std::min(record, records_ - 1));
  if (!entry.ok() || entry->text - text_forgotten_ < kMuch) return;
  texts_->Forget(entry->text);
  text_forgotten_ = entry->text;
}

}  // namespace headwater::cli
