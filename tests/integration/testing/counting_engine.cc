#include "testing/counting_engine.h"

#include <optional>
#include <vector>

namespace headwater::integration {
namespace {

using kv::Keyspace;
using kv::Patience;

// What one read cost, booked when it has ended.
class Bill {
 public:
  Bill(const kv::Engine& engine, ReadCosts* costs, Patience patience)
      : engine_(engine), costs_(*costs), patience_(patience) {}

  // Runs a part of the read.
  template <class Part>
  auto Run(const Part& part) {
    const uint64_t before = engine_.BlocksReadByThisThread();
    auto result = part();
    blocks_ += engine_.BlocksReadByThisThread() - before;
    return result;
  }

  void Close(const absl::Status& status) {
    if (patience_ == Patience::kMayWait) {
      costs_.blocks_patiently += blocks_;
    } else if (kv::IsWouldBlock(status)) {
      ++costs_.refused;
      costs_.blocks_before_refusal += blocks_;
    } else {
      ++costs_.answered_on_the_spot;
      costs_.blocks_on_the_spot += blocks_;
    }
  }

 private:
  const kv::Engine& engine_;
  ReadCosts& costs_;
  const Patience patience_;
  uint64_t blocks_ = 0;
};

// A whole read in one call.
template <class Read>
auto Billed(Bill bill, const Read& read) {
  auto answer = bill.Run(read);
  bill.Close(answer.status());
  return answer;
}

class CountingCursor final : public kv::Cursor {
 public:
  CountingCursor(Bill bill, std::unique_ptr<kv::Cursor> within)
      : bill_(bill), within_(std::move(within)) {}
  ~CountingCursor() override { bill_.Close(within_->status()); }

  bool Valid() const override { return within_->Valid(); }
  absl::string_view key() const override { return within_->key(); }
  absl::string_view value() const override { return within_->value(); }
  void Next() override {
    bill_.Run([this] {
      within_->Next();
      return true;
    });
  }
  void Seek(absl::string_view key) override {
    bill_.Run([this, key] {
      within_->Seek(key);
      return true;
    });
  }
  absl::Status status() const override { return within_->status(); }

 private:
  Bill bill_;
  const std::unique_ptr<kv::Cursor> within_;
};

class CountingSnapshot final : public kv::Snapshot {
 public:
  CountingSnapshot(std::shared_ptr<const kv::Snapshot> within, std::shared_ptr<kv::Engine> engine,
                   std::shared_ptr<ReadCosts> costs)
      : engine_(std::move(engine)), costs_(std::move(costs)), within_(std::move(within)) {}

  uint64_t head() const override { return within_->head(); }
  absl::StatusOr<std::optional<std::string>> Get(Keyspace keyspace, absl::string_view key,
                                                 Patience patience) const override {
    return Billed(NewBill(patience), [&] { return within_->Get(keyspace, key, patience); });
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Keyspace keyspace, absl::Span<const std::string> keys, Patience patience) const override {
    return Billed(NewBill(patience), [&] { return within_->MultiGet(keyspace, keys, patience); });
  }
  absl::StatusOr<std::optional<kv::Row>> Version(Keyspace keyspace, absl::string_view name,
                                                 absl::string_view from,
                                                 Patience patience) const override {
    return Billed(NewBill(patience),
                  [&] { return within_->Version(keyspace, name, from, patience); });
  }
  std::unique_ptr<kv::Cursor> Range(Keyspace keyspace, absl::string_view begin,
                                    absl::string_view end, Patience patience) const override {
    Bill bill = NewBill(patience);
    auto cursor = bill.Run([&] { return within_->Range(keyspace, begin, end, patience); });
    return std::make_unique<CountingCursor>(bill, std::move(cursor));
  }

 private:
  Bill NewBill(Patience patience) const { return {*engine_, costs_.get(), patience}; }

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
