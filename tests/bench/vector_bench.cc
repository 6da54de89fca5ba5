// What vectors cost: service/search/vectors alone.
//
//   vector_bench [--vectors N] [--dimensions N] [--step N] [--queries N] [--data-dir DIR]
//
// Prints how many vectors a second are put into the graph and its rows by one thread (in steps,
// each one batch), the bytes that each takes on disk once all is flushed and in memory, how long a
// search for the 200 nearest takes, how many of the true ten nearest are among its first ten, and
// how long the graph takes to come back from its rows. Vectors lie around a thousand centres, as
// statements around subjects do. What this leaves out: rpc, records, words.

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "kv/rocksdb_engine.h"
#include "search/vectors/packed_vector.h"
#include "search/vectors/testing.h"
#include "search/vectors/vector_index.h"

namespace headwater::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kNearest = 200;
constexpr size_t kCompared = 10;
constexpr size_t kCentres = 1000;

struct Flags {
  size_t vectors = 20'000;
  size_t dimensions = 384;
  size_t step = 1'000;
  size_t queries = 500;
  std::string data_dir;
};

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "vector_bench: %s\n", status.ToString().c_str());
  std::exit(1);
}

template <class T>
T Check(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

class Bench {
 public:
  explicit Bench(const Flags& flags)
      : flags_(flags), clusters_(flags.dimensions, kCentres, 1), index_(NewIndex()) {
    for (size_t i = 0; i < flags.vectors; ++i) vectors_.push_back(clusters_.Packed());
  }

  void Run() {
    Open();
    Fill();
    engine_.reset();  // flushes
    std::printf("on disk               %8.0f bytes a vector\n", BytesOnDisk() / Count());
    Open();
    index_ = NewIndex();
    const Clock::time_point begin = Clock::now();
    Nearest(vectors_[0]);
    std::printf("the graph comes back  %8.2f s\n", SecondsSince(begin));
    std::printf("in memory             %8.0f bytes a vector\n",
                static_cast<double>(index_->memory()) / Count());
    Ask();
  }

 private:
  double Count() const { return static_cast<double>(vectors_.size()); }

  static std::unique_ptr<search::VectorIndex> NewIndex() {
    return std::make_unique<search::VectorIndex>(size_t{8} << 30);
  }

  void Open() {
    kv::RocksDbOptions options;
    options.directory = flags_.data_dir;
    engine_ = Check(kv::OpenRocksDb(options));
  }

  double BytesOnDisk() const {
    uint64_t bytes = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(flags_.data_dir)) {
      if (file.is_regular_file()) bytes += file.file_size();
    }
    return static_cast<double>(bytes);
  }

  void Fill() {
    const Clock::time_point begin = Clock::now();
    for (size_t i = 0; i < vectors_.size(); i += flags_.step) {
      std::vector<search::VectorChange> changes;
      for (size_t j = i; j < std::min(vectors_.size(), i + flags_.step); ++j) {
        changes.push_back({static_cast<uint32_t>(j), "m", static_cast<uint32_t>(flags_.dimensions),
                           false, vectors_[j]});
      }
      kv::Batch batch;
      const auto snapshot = Check(engine_->TakeSnapshot());
      Check(index_->Apply(*snapshot, changes, &batch));
      const uint64_t head = snapshot->head();
      Check(engine_->Commit(batch, head, head, kv::Durability::kBuffered));
    }
    std::printf("indexed               %8.0f vectors a second\n", Count() / SecondsSince(begin));
  }

  std::vector<search::Neighbour> Nearest(const std::string& to) {
    const auto snapshot = Check(engine_->TakeSnapshot());
    return Check(index_->Nearest(
                     *snapshot, [this] { return engine_->TakeSnapshot(); }, "m", to, kNearest))
        .nearest;
  }

  std::vector<uint32_t> TrueNearest(const std::string& to) const {
    std::vector<std::pair<double, uint32_t>> all;
    for (size_t i = 0; i < vectors_.size(); ++i)
      all.emplace_back(-search::PackedCosine(vectors_[i], to), static_cast<uint32_t>(i));
    const size_t count = std::min(kCompared, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<ptrdiff_t>(count), all.end());
    std::vector<uint32_t> nearest;
    for (size_t i = 0; i < count; ++i) nearest.push_back(all[i].second);
    return nearest;
  }

  void Ask() {
    std::vector<double> times;
    size_t found = 0;
    size_t compared = 0;
    for (size_t i = 0; i < flags_.queries; ++i) {
      const std::string to = clusters_.Packed();
      const Clock::time_point begin = Clock::now();
      std::vector<search::Neighbour> nearest = Nearest(to);
      times.push_back(SecondsSince(begin) * 1e3);
      if (i >= 100) continue;  // comparing takes long
      nearest.resize(std::min(nearest.size(), kCompared));
      for (const uint32_t number : TrueNearest(to)) {
        ++compared;
        found += std::any_of(nearest.begin(), nearest.end(),
                             [&](const search::Neighbour& each) { return each.number == number; })
                     ? 1
                     : 0;
      }
    }
    std::sort(times.begin(), times.end());
    std::printf("searched              %8.2f ms p50, %.2f ms p99\n", times[times.size() / 2],
                times[times.size() * 99 / 100]);
    std::printf("recall@10             %8.3f\n",
                static_cast<double>(found) / static_cast<double>(compared));
  }

  const Flags flags_;
  search::testing::Clusters clusters_;
  std::vector<std::string> vectors_;
  std::unique_ptr<kv::Engine> engine_;
  std::unique_ptr<search::VectorIndex> index_;
};

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("What vectors cost.");
  app.add_option("--vectors", flags.vectors)->check(CLI::Range(1, 10'000'000));
  app.add_option("--dimensions", flags.dimensions)->check(CLI::Range(1, 4096));
  app.add_option("--step", flags.step)->check(CLI::Range(1, 100'000));
  app.add_option("--queries", flags.queries)->check(CLI::Range(1, 1'000'000));
  app.add_option("--data-dir", flags.data_dir);
  CLI11_PARSE(app, argc, argv);
  const bool is_own = flags.data_dir.empty();
  if (is_own) {
    std::string name = std::filesystem::temp_directory_path() / "headwater-vector-bench-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) return 1;
    flags.data_dir = name;
  }
  Bench(flags).Run();
  if (is_own) std::filesystem::remove_all(flags.data_dir);
  return 0;
}

}  // namespace
}  // namespace headwater::bench

int main(int argc, char** argv) { return headwater::bench::Main(argc, argv); }
