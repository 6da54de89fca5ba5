#include "testing/counting_engine.h"

#include <optional>
#include <vector>

namespace headwater::integration {
namespace {

using kv::Keyspace;
using kv::Patience;

// Books what happened between its making and its end.
class Bill {
 public:
  Bill(const kv::Engine& engine, ReadCosts* costs, Patience patience)
      : engine_(engine),
        costs_(*costs),
        patience_(patience),
        before_(engine.BlocksReadByThisThread()) {}
  ~Bill() {
    const uint64_t read = engine_.BlocksReadByThisThread() - before_;
    if (patience_ == Patience::kMayWait) {
      costs_.blocks_patiently += read;
    } else {
      costs_.blocks_on_the_spot += read;
    }
  }

  void Answered(const absl::Status& status) {
    if (patience_ == Patience::kCacheOnly) {
      ++(kv::IsWouldBlock(status) ? costs_.refused : costs_.answered_on_the_spot);
    }
  }

 private:
  const kv::Engine& engine_;
  ReadCosts& costs_;
  const Patience patience_;
  const uint64_t before_;
};

class CountingCursor final : public kv::Cursor {
 public:
  CountingCursor(std::unique_ptr<kv::Cursor> within, const kv::Engine& engine, ReadCosts* costs,
                 Patience patience)
      : within_(std::move(within)), engine_(engine), costs_(costs), patience_(patience) {}
  ~CountingCursor() override { Bill(engine_, costs_, patience_).Answered(within_->status()); }

  bool Valid() const override { return within_->Valid(); }
  absl::string_view key() const override { return within_->key(); }
  absl::string_view value() const override { return within_->value(); }
  void Next() override {
    const Bill bill(engine_, costs_, patience_);
    within_->Next();
  }
  void Seek(absl::string_view key) override {
    const Bill bill(engine_, costs_, patience_);
    within_->Seek(key);
  }
  absl::Status status() const override { return within_->status(); }

 private:
  const std::unique_ptr<kv::Cursor> within_;
  const kv::Engine& engine_;
  ReadCosts* const costs_;
  const Patience patience_;
};

class CountingSnapshot final : public kv::Snapshot {
 public:
  CountingSnapshot(std::shared_ptr<const kv::Snapshot> within, std::shared_ptr<kv::Engine> engine,
                   std::shared_ptr<ReadCosts> costs)
      : engine_(std::move(engine)), costs_(std::move(costs)), within_(std::move(within)) {}

  uint64_t head() const override { return within_->head(); }
  absl::StatusOr<std::optional<std::string>> Get(Keyspace keyspace, absl::string_view key,
                                                 Patience patience) const override {
    Bill bill(*engine_, costs_.get(), patience);
    auto answer = within_->Get(keyspace, key, patience);
    bill.Answered(answer.status());
    return answer;
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Keyspace keyspace, absl::Span<const std::string> keys, Patience patience) const override {
    Bill bill(*engine_, costs_.get(), patience);
    auto answer = within_->MultiGet(keyspace, keys, patience);
    bill.Answered(answer.status());
    return answer;
  }
  absl::StatusOr<std::optional<kv::Row>> Version(Keyspace keyspace, absl::string_view name,
                                                 absl::string_view from,
                                                 Patience patience) const override {
    Bill bill(*engine_, costs_.get(), patience);
    auto answer = within_->Version(keyspace, name, from, patience);
    bill.Answered(answer.status());
    return answer;
  }
  std::unique_ptr<kv::Cursor> Range(Keyspace keyspace, absl::string_view begin,
                                    absl::string_view end, Patience patience) const override {
    const Bill bill(*engine_, costs_.get(), patience);
    return std::make_unique<CountingCursor>(within_->Range(keyspace, begin, end, patience),
                                            *engine_, costs_.get(), patience);
  }

 private:
  const std::shared_ptr<kv::Engine> engine_;  // outlives the snapshot within
  const std::shared_ptr<ReadCosts> costs_;
  const std::shared_ptr<const kv::Snapshot> within_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const kv::Snapshot>> CountingEngine::TakeSnapshot() {
  auto taken = within_->TakeSnapshot();
  if (!taken.ok()) return taken.status();
  return std::make_shared<const CountingSnapshot>(*std::move(taken), within_, costs_);
}

}  // namespace headwater::integration
