#include "kv/fault_snapshot.h"

namespace headwater::kv {
namespace {

// A range that was refused before its first row.
class RefusedCursor final : public Cursor {
 public:
  explicit RefusedCursor(absl::Status why) : why_(std::move(why)) {}
  bool Valid() const override { return false; }
  absl::string_view key() const override { return {}; }
  absl::string_view value() const override { return {}; }
  void Next() override {}
  void Seek(absl::string_view) override {}
  absl::Status status() const override { return why_; }

 private:
  const absl::Status why_;
};

}  // namespace

absl::StatusOr<std::optional<std::string>> FaultSnapshot::Get(Keyspace keyspace,
                                                              absl::string_view key,
                                                              Patience patience) const {
  if (absl::Status refusal = engine_.BeforeRead(patience); !refusal.ok()) return refusal;
  return within_->Get(keyspace, key, patience);
}

absl::StatusOr<std::vector<std::optional<std::string>>> FaultSnapshot::MultiGet(
    Keyspace keyspace, absl::Span<const std::string> keys, Patience patience) const {
  if (absl::Status refusal = engine_.BeforeRead(patience); !refusal.ok()) return refusal;
  return within_->MultiGet(keyspace, keys, patience);
}

absl::StatusOr<std::optional<Row>> FaultSnapshot::Version(Keyspace keyspace, absl::string_view name,
                                                          absl::string_view from,
                                                          Patience patience) const {
  if (absl::Status refusal = engine_.BeforeRead(patience); !refusal.ok()) return refusal;
  return within_->Version(keyspace, name, from, patience);
}

std::unique_ptr<Cursor> FaultSnapshot::Range(Keyspace keyspace, absl::string_view begin,
                                             absl::string_view end, Patience patience) const {
  if (absl::Status refusal = engine_.BeforeRead(patience); !refusal.ok()) {
    return std::make_unique<RefusedCursor>(std::move(refusal));
  }
  return within_->Range(keyspace, begin, end, patience);
}

}  // namespace headwater::kv
