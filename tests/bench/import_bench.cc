// Import over loopback against RocksDB alone, which writes the same keys and values in batches of
// 1,000 records, each synced.
//
//   import_bench [--attributions N] [--rounds N] [--chunk N] [--imports N] [--follow] [--index]
//                [--alone] [--beside]
//
// Requests are made beforehand. Sources, documents and claims (a tenth as many rows as
// attributions) go in first and are not timed. In each round a share of the attributions is
// imported, and then what that wrote is written to the other store. Prints records a second by wall
// and by CPU, the rounds' ratios, and their median. With --alone there is no other store, and each
// round tells its own figures and the process's memory: how a long import goes. With --beside
// somebody makes one source after the other meanwhile: how long each waits, without and with the
// import. --index keeps the search index too, and tells how long after the import it was there.
#include <grpcpp/grpcpp.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "headwater/v1/exchange_service.grpc.pb.h"
#include "headwater/v1/source_service.grpc.pb.h"
#include "kv/rocksdb_engine.h"
#include "measure.h"
#include "request/methods.h"
#include "rpc/server.h"

namespace headwater::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Flags {
  int attributions = 100'000;
  int chunk = 1000;
  int imports = 1;
  int rounds = 5;
  bool follow = false;
  bool index = false;
  bool alone = false;
  bool beside = false;
  bool bulk = false;
};

double SecondsSince(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

// Keeps what is committed, to be written again.
class KeepingEngine final : public kv::Engine {
 public:
  KeepingEngine(std::unique_ptr<kv::Engine> within, std::vector<kv::Batch>* kept)
      : within_(std::move(within)), kept_(*kept) {}

  absl::StatusOr<std::shared_ptr<const kv::Snapshot>> TakeSnapshot() override {
    return within_->TakeSnapshot();
  }
  absl::Status Commit(const kv::Batch& batch, uint64_t expected_head, uint64_t new_head,
                      kv::Durability durability) override {
    if (new_head > expected_head) kept_.push_back(batch);
    return within_->Commit(batch, expected_head, new_head, durability);
  }
  absl::Status Sync() override { return within_->Sync(); }
  absl::Status Recover() override { return within_->Recover(); }
  absl::Status Checkpoint(const std::string& directory) override {
    return within_->Checkpoint(directory);
  }
  kv::Features features() const override { return within_->features(); }
  kv::Usage usage() const override { return within_->usage(); }
  uint64_t BlocksReadByThisThread() const override { return within_->BlocksReadByThisThread(); }

 private:
  const std::unique_ptr<kv::Engine> within_;
  std::vector<kv::Batch>& kept_;
};

std::string Id(const char* prefix, int number) { return absl::StrCat(prefix, 1'000'000 + number); }

std::vector<v1::Record> Ground(int attributions) {
  std::vector<v1::Record> rows;
  const int sources = attributions / 100 + 1;
  const int claims = attributions / 20 + 1;
  for (int i = 0; i < sources; ++i) {
    v1::Source* source = rows.emplace_back().mutable_source();
    source->set_name("sources/" + Id("s", i));
    source->set_display_name("The outlet " + Id("s", i));
    source->set_kind(v1::SOURCE_KIND_NEWS_OUTLET);
  }
  for (int i = 0; i < 4 * sources; ++i) {
    v1::Document* document = rows.emplace_back().mutable_document();
    document->set_name("documents/" + Id("d", i));
    document->set_title("What was told on day " + Id("d", i));
    document->set_publisher("sources/" + Id("s", i % sources));
    document->set_published_date("2025-08-05");
  }
  for (int i = 0; i < claims; ++i) {
    v1::Claim* claim = rows.emplace_back().mutable_claim();
    claim->set_name("claims/" + Id("c", i));
    claim->set_text("The engineers did not complete a training run, " + Id("c", i) + ".");
    claim->set_language("en");
    claim->set_nature(v1::CLAIM_NATURE_FACT);
  }
  return rows;
}

// The attributions from `from` up to `end` of so many in all. Each claim has 20.
std::vector<v1::Record> Attributions(int attributions, int from, int end) {
  std::vector<v1::Record> rows;
  const int sources = attributions / 100 + 1;
  for (int i = from; i < end; ++i) {
    v1::Attribution* attribution = rows.emplace_back().mutable_attribution();
    const std::string of = "claims/" + Id("c", i / 20) + "/attributions/";
    attribution->set_name(of + Id("a", i));
    attribution->set_source("sources/" + Id("s", i % sources));
    attribution->set_document("documents/" + Id("d", i % (4 * sources)));
    attribution->set_stance(i % 20 == 0 ? v1::STANCE_ASSERTS : v1::STANCE_RELAYS);
    attribution->set_said_date("2025-08-05");
    if (i % 20 != 0) attribution->add_cites()->set_attribution(of + Id("a", i - 1));
  }
  return rows;
}

std::vector<v1::ImportRequest> Chunks(std::vector<v1::Record> rows, int size) {
  std::vector<v1::ImportRequest> chunks;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i % static_cast<size_t>(size) == 0)
      chunks.emplace_back().set_offset(static_cast<int64_t>(i));
    *chunks.back().add_records() = std::move(rows[i]);
  }
  chunks.back().set_complete(true);
  return chunks;
}

// Sends it all, two chunks ahead of the answers.
void Import(const std::string& address, const std::string& id,
            const std::vector<v1::ImportRequest>& chunks, bool bulk) {
  const auto stub = v1::ExchangeService::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const auto stream = stub->Import(&context);
  v1::ImportRequest config;
  config.mutable_config()->set_import_id(id);
  config.mutable_config()->set_bulk(bulk);
  v1::ImportResponse answer;
  stream->Write(config);
  stream->Read(&answer);
  std::thread reader([&] {
    while (stream->Read(&answer)) {
    }
  });
  for (const v1::ImportRequest& chunk : chunks) stream->Write(chunk);
  stream->WritesDone();
  reader.join();
  const grpc::Status status = stream->Finish();
  if (status.ok() && answer.done() && answer.counts().rejected() == 0) return;
  std::fprintf(stderr, "import_bench: %s %s\n", status.error_message().c_str(),
               answer.ShortDebugString().c_str());
  std::exit(1);
}

// How long something took, and of all cores.
struct Spent {
  double wall = 0;
  double cpu = 0;
  Spent& operator+=(const Spent& other) {
    wall += other.wall;
    cpu += other.cpu;
    return *this;
  }
};

template <class Work>
Spent Time(const Work& work) {
  const double cpu = CpuSeconds(getpid());
  const Clock::time_point begun = Clock::now();
  work();
  return {SecondsSince(begun), CpuSeconds(getpid()) - cpu};
}

// The store beside: RocksDB by itself.
class Bare {
 public:
  explicit Bare(const std::string& directory) {
    kv::RocksDbOptions options;
    options.directory = directory;
    engine_ = kv::OpenRocksDb(options).value();
  }

  // Writes what was kept, regrouped into batches of `size` records.
  Spent Write(const std::vector<kv::Batch>& kept, int size) {
    std::vector<kv::Batch> batches(1);
    int records = 0;
    for (const kv::Batch& batch : kept) {
      for (size_t i = 0; i < batch.size(); ++i) {
        const kv::Batch::Change change = batch[i];
        if (change.keyspace == kv::Keyspace::kRequests) continue;
        if (change.keyspace == kv::Keyspace::kLog && records++ % size == 0 && records > 1)
          batches.emplace_back();
        batches.back().Put(change.keyspace, change.key, change.value);
      }
    }
    return Time([&] {
      for (const kv::Batch& batch : batches) {
        if (!engine_->Commit(batch, head_, head_ + 1, kv::Durability::kSynced).ok()) std::abort();
        ++head_;
      }
    });
  }

 private:
  std::unique_ptr<kv::Engine> engine_;
  uint64_t head_ = 0;
};

// A round's imports as chunks, each of whole claims so that no chain of citations is cut.
std::vector<std::vector<v1::ImportRequest>> Shares(const Flags& flags, int round) {
  const int shares = flags.imports * flags.rounds;
  const int each = flags.attributions / shares / 20 * 20;
  std::vector<std::vector<v1::ImportRequest>> all;
  for (int i = round * flags.imports; i < (round + 1) * flags.imports; ++i) {
    const int end = i + 1 == shares ? flags.attributions : (i + 1) * each;
    all.push_back(Chunks(Attributions(flags.attributions, i * each, end), flags.chunk));
  }
  return all;
}

// The process's memory now, with what it has mapped of files.
double Mebibytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t pages = 0;
  statm >> pages >> pages;
  return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1048576;
}

// Somebody who makes one source after the other, from the beginning of its life to its end.
class Beside {
 public:
  explicit Beside(const std::string& address) : thread_([this, address] { Work(address); }) {}
  ~Beside() { Stop(); }

  // Ends it; how long each call took, in ascending order.
  const std::vector<double>& Stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    std::sort(millis_.begin(), millis_.end());
    return millis_;
  }

 private:
  void Work(const std::string& address) {
    const auto stub = v1::SourceService::NewStub(
        grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
    while (!stop_) {
      v1::CreateSourceRequest request;
      request.mutable_source()->set_display_name("The outlet beside");
      request.mutable_source()->set_kind(v1::SOURCE_KIND_NEWS_OUTLET);
      grpc::ClientContext context;
      v1::Source made;
      const Clock::time_point begun = Clock::now();
      if (!stub->CreateSource(&context, request, &made).ok()) std::abort();
      millis_.push_back(SecondsSince(begun) * 1000);
    }
  }

  std::atomic<bool> stop_ = false;
  std::vector<double> millis_;
  std::thread thread_;
};

void PrintWaits(const char* when, const std::vector<double>& millis) {
  const auto at = [&](double share) {
    return millis.empty()
               ? 0
               : millis[static_cast<size_t>(share * static_cast<double>(millis.size() - 1))];
  };
  std::printf("a source made %s: %zu calls, p50 %.2f ms, p90 %.2f, p99 %.2f, longest %.2f\n", when,
              millis.size(), at(0.5), at(0.9), at(0.99), at(1));
}

void Run(const Flags& flags) {
  std::string directory = std::filesystem::temp_directory_path() / "headwater-import-XXXXXX";
  if (mkdtemp(directory.data()) == nullptr) std::abort();
  std::vector<kv::Batch> kept;
  {
    WorkerPool pool(std::max(2u, std::thread::hardware_concurrency()), 4096);
    kv::RocksDbOptions options;
    options.directory = directory + "/data";
    std::unique_ptr<kv::Engine> engine = kv::OpenRocksDb(options).value();
    if (!flags.alone) engine = std::make_unique<KeepingEngine>(std::move(engine), &kept);
    auto database =
        database::Database::Open(
            std::move(engine),
            {.pool = &pool, .follow = flags.follow || flags.index, .index = flags.index})
            .value();
    auto server =
        rpc::Server::Start(request::AllMethods(database.get()), &pool, {.listen = "127.0.0.1:0"})
            .value();
    std::optional<Bare> bare;
    if (!flags.alone) bare.emplace(directory + "/bare");
    Import(server->address(), "ground", Chunks(Ground(flags.attributions), 1000), false);
    if (bare) bare->Write(std::exchange(kept, {}), 1000);
    if (flags.beside) {
      Beside quiet(server->address());
      std::this_thread::sleep_for(std::chrono::seconds(3));
      PrintWaits("by itself", quiet.Stop());
    }
    std::optional<Beside> beside;
    if (flags.beside) beside.emplace(server->address());
    Spent ours, theirs;
    std::vector<double> ratios;
    for (int round = 0; round < flags.rounds; ++round) {
      const std::vector<std::vector<v1::ImportRequest>> shares = Shares(flags, round);
      const double mebibytes = Mebibytes();
      const Spent import = Time([&] {
        std::vector<std::thread> threads;
        for (int i = 0; i < flags.imports; ++i) {
          threads.emplace_back([&, i] {
            Import(server->address(), absl::StrCat("i", round * flags.imports + i), shares[i],
                   flags.bulk);
          });
        }
        for (std::thread& thread : threads) thread.join();
      });
      ours += import;
      if (bare) {
        const Spent alone = bare->Write(std::exchange(kept, {}), flags.bulk ? 10'000 : 1000);
        ratios.push_back(alone.wall / import.wall);
        theirs += alone;
      } else {
        const double rows = static_cast<double>(flags.attributions) / flags.rounds;
        std::printf(
            "round %d: %.0f attributions a second, %.1f us of CPU each; %.0f MiB, %.0f before\n",
            round + 1, rows / import.wall, import.cpu / rows * 1e6, Mebibytes(), mebibytes);
        std::fflush(stdout);
      }
    }
    if (beside) PrintWaits("beside the import", beside->Stop());
    if (flags.index) {
      const Spent behind = Time([&] {
        const bool is_there = database->WaitForIndex(database->head(), std::chrono::minutes(10));
        if (!is_there) std::abort();
      });
      std::printf("the search index was there %.1f s later\n", behind.wall);
    }
    const auto print = [&](const char* what, const Spent& spent) {
      std::printf("%s: %.0f attributions a second, %.1f us of CPU each\n", what,
                  flags.attributions / spent.wall, spent.cpu / flags.attributions * 1e6);
    };
    print("import over loopback", ours);
    if (bare) {
      print("RocksDB alone, the same rows", theirs);
      std::printf("ratios of the rounds:");
      for (double ratio : ratios) std::printf(" %.2f", ratio);
      std::printf("\nmedian: %.2f\n", Median(ratios));
    }
    server->Shutdown(absl::Seconds(5));
  }
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace headwater::bench

int main(int argc, char** argv) {
  headwater::bench::Flags flags;
  CLI::App app("Import against RocksDB alone");
  app.add_option("--attributions", flags.attributions)->check(CLI::Range(1000, 10'000'000));
  app.add_option("--chunk", flags.chunk, "rows a chunk")->check(CLI::Range(1, 10'000));
  app.add_option("--rounds", flags.rounds)->check(CLI::Range(1, 100));
  app.add_option("--imports", flags.imports, "streams at a time")->check(CLI::Range(1, 16));
  app.add_flag("--alone", flags.alone, "without the other store; each round tells its figures");
  app.add_flag("--beside", flags.beside, "somebody makes sources meanwhile")->needs("--alone");
  app.add_flag("--bulk", flags.bulk, "in bulk; RocksDB then gets 10,000 at a time as well");
  app.add_flag("--follow", flags.follow, "keep how claims stand meanwhile");
  app.add_flag("--index", flags.index, "keep that and the search index meanwhile");
  CLI11_PARSE(app, argc, argv);
  headwater::bench::Run(flags);
  return 0;
}
