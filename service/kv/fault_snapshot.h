// Reads of the fault engine. Private to kv/.
#ifndef HEADWATER_KV_FAULT_SNAPSHOT_H_
#define HEADWATER_KV_FAULT_SNAPSHOT_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kv/engine.h"
#include "kv/fault_engine.h"

namespace headwater::kv {

class FaultSnapshot final : public Snapshot {
 public:
  FaultSnapshot(const FaultEngine& engine, std::shared_ptr<const Snapshot> within)
      : engine_(engine), within_(std::move(within)) {}

  uint64_t head() const override { return within_->head(); }
  absl::StatusOr<std::optional<std::string>> Get(Keyspace keyspace, absl::string_view key,
                                                 Patience patience) const override;
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Keyspace keyspace, absl::Span<const std::string> keys, Patience patience) const override;
  absl::StatusOr<std::optional<Row>> Version(Keyspace keyspace, absl::string_view name,
                                             absl::string_view from,
                                             Patience patience) const override;
  std::unique_ptr<Cursor> Range(Keyspace keyspace, absl::string_view begin, absl::string_view end,
                                Patience patience) const override;

 private:
  const FaultEngine& engine_;
  const std::shared_ptr<const Snapshot> within_;
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_FAULT_SNAPSHOT_H_
