// The main job against its parts: reads and durable creates through the whole server, beside a bare
// gRPC echo of the same sizes, bare RocksDB making the same gets and puts, and a bare handler that
// commits the same puts in groups. All in one process on loopback, taking turns.
//
//   main_job [--rounds N] [--seconds S] [--claims N] [--data-dir DIR]
//            [--only NAME] [--side NAME] [--json FILE] [--without-follower]
//
//   main_job --smoke    a moment of each, on a small store: only whether it runs

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bare.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "dataset.h"
#include "headwater/v1/attribution_service.pb.h"
#include "kv/rocksdb_engine.h"
#include "load.h"
#include "recorder.h"
#include "request/methods.h"
#include "rounds.h"
#include "rpc/server.h"

namespace headwater::bench {
namespace {

constexpr int kChannels = 4;
constexpr int kInFlight = 64;
// Claims of a batch: a page of them.
constexpr size_t kBatchClaims = 50;
constexpr char kCreate[] = "/headwater.v1.AttributionService/CreateAttribution";
constexpr char kEcho[] = "/headwater.v1.ClaimService/GetClaim";

struct Flags {
  int rounds = 7;
  double seconds = 1;
  int claims = 100'000;
  std::string data_dir;
  std::string only;
  std::string side;
  std::string json;
  bool without_follower = false;
  bool smoke = false;
};

template <class T>
T Check(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::fprintf(stderr, "main_job: %s\n", value.status().ToString().c_str());
  std::exit(1);
}

void Check(const absl::Status& status) { Check(status.ok() ? absl::StatusOr<int>(0) : status); }

// The directory of the run: one that stays, or one that goes with it.
class Directory {
 public:
  explicit Directory(const std::string& kept) : path_(kept) {
    if (!kept.empty()) return;
    std::string made = std::filesystem::temp_directory_path() / "headwater-bench-XXXXXX";
    if (mkdtemp(made.data()) == nullptr) std::abort();
    path_ = temporary_ = made;
  }
  ~Directory() {
    std::error_code error;
    if (!temporary_.empty()) std::filesystem::remove_all(temporary_, error);
  }
  std::string At(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
  std::string temporary_;
};

// Headwater, filled and warm, and all that it is held against.
class Bench {
 public:
  explicit Bench(const Flags& flags)
      : flags_(flags), directory_(flags.data_dir), dataset_(flags.claims), pool_(32, 8192) {
    OpenHeadwater();
    OpenBare();
  }
  ~Bench() { server_->Shutdown(absl::Seconds(5)); }

  std::vector<Comparison> Run() {
    std::vector<Comparison> all;
    Add(&all, Read("GetClaim", kEcho, &Dataset::AnyClaim, &Dataset::GetRequest,
                   &BareStore::GetClaim, 0.75));
    Add(&all, Read("ListAttributions", "/headwater.v1.AttributionService/ListAttributions",
                   &Dataset::FullClaim, &Dataset::ListRequest, &BareStore::ListAttributions, 0));
    Add(&all, Read("TraceClaim", "/headwater.v1.ProvenanceService/TraceClaim", &Dataset::ChainClaim,
                   &Dataset::TraceRequest, &BareStore::TraceClaim, 0));
    Add(&all, Assess());
    Add(&all, Create());
    return all;
  }

 private:
  using Next = std::function<std::string()>;

  void OpenHeadwater() {
    kv::RocksDbOptions options;
    options.directory = directory_.At("headwater");
    options.block_cache_bytes = uint64_t{2} << 30;
    auto engine = std::make_unique<RecordingEngine>(Check(kv::OpenRocksDb(options)), &recorded_);
    engine_ = engine.get();
    database_ = Check(database::Database::Open(
        std::move(engine), {.pool = &pool_, .follow = !flags_.without_follower}));
    std::fprintf(stderr, "filling %d claims\n", flags_.claims);
    Check(dataset_.Fill(database_.get()));
    server_ = Check(rpc::Server::Start(request::AllMethods(database_.get()), &pool_,
                                       {.listen = "127.0.0.1:0"}));
    RecordACreate();
    std::fprintf(stderr, "reading it all once\n");
    Check(dataset_.Warm(database_.get()));
  }

  void RecordACreate() {
    v1::CreateAttributionRequest request;
    if (!request.ParseFromString(dataset_.CreateRequest(dataset_.EmptyClaim()))) std::abort();
    keys::Name name{keys::Kind::kAttribution, request.parent().substr(sizeof("claims/") - 1),
                    request.attribution_id()};
    Check(database_->WriteAndWait(std::move(request)));
    recorded_.Locate(name, static_cast<uint64_t>(database_->head()));
    engine_->Stop();
  }

  void OpenBare() {
    const std::string copy = directory_.At("bare");
    std::filesystem::remove_all(copy);
    Check(engine_->Checkpoint(copy));
    bare_ = std::make_unique<BareStore>(copy);
    group_ = std::make_unique<GroupCommitter>(bare_.get(), &recorded_);
    echo_server_ = std::make_unique<BareServer>(&echo_);
    group_server_ = std::make_unique<BareServer>(group_.get());
    for (int i = 0; i < flags_.claims; ++i) {
      bare_->GetClaim(dataset_.AnyClaim());
      if (i % 4 == 0) bare_->ListAttributions(dataset_.FullClaim());
      if (i % 2 == 0) bare_->TraceClaim(dataset_.ChainClaim());
    }
    WaitUntilQuiet();
  }

  void Add(std::vector<Comparison>* all, Comparison comparison) {
    if (!flags_.only.empty() && comparison.name != flags_.only) return;
    if (!flags_.side.empty()) {
      comparison.ratios.clear();
      std::erase_if(comparison.sides,
                    [this](const Side& side) { return side.name.find(flags_.side) != 0; });
    }
    RunRounds(flags_.rounds, &comparison);
    Print(comparison);
    all->push_back(std::move(comparison));
  }

  Side LoadSide(std::string name, std::shared_ptr<const Load> load, int in_flight,
                Next next) const {
    return {std::move(name),
            [=, seconds = flags_.seconds] { return load->Run(seconds, in_flight, next); },
            {}};
  }

  // A side that repeats `once` in this thread.
  Side LoopSide(std::string name, std::function<void()> once) const {
    return {std::move(name),
            [once = std::move(once), seconds = flags_.seconds] {
              return Measure([&] {
                const auto end = absl::Now() + absl::Seconds(seconds);
                double done = 0;
                for (; absl::Now() < end; ++done) once();
                return done;
              });
            },
            {}};
  }

  // One of the requests, made before the clock runs.
  static Next AnyOf(std::vector<std::string> requests) {
    auto all = std::make_shared<const std::vector<std::string>>(std::move(requests));
    return [all] {
      thread_local std::minstd_rand random(std::random_device{}());
      return (*all)[random() % all->size()];
    };
  }

  // The method behind a path, as the server calls it.
  request::Method MethodAt(absl::string_view path) const {
    for (request::Method& method : request::AllMethods(database_.get())) {
      const std::string name = absl::StrCat("/", method.descriptor->service()->full_name(), "/",
                                            method.descriptor->name());
      if (name == path) return std::move(method);
    }
    std::abort();
  }

  std::shared_ptr<const Load> EchoLoad(int channels) const {
    return std::make_shared<Load>(echo_server_->address(), kEcho, channels);
  }

  Comparison Read(std::string name, const char* path, keys::Name (Dataset::*claim)() const,
                  std::string (*request)(const keys::Name&),
                  void (BareStore::*bare)(const keys::Name&) const, double aim) {
    std::vector<std::string> requests;
    for (int i = 0; i < 16'384; ++i) requests.push_back(request((dataset_.*claim)()));
    const auto one = std::make_shared<Load>(server_->address(), path, 1);
    const auto many = std::make_shared<Load>(server_->address(), path, kChannels);
    const size_t answer = one->Call(requests.front()).size();
    const size_t asked = requests.front().size();
    const Next echo = AnyOf(std::vector<std::string>(16'384, Echo::Request(asked)));
    const Next next = AnyOf(std::move(requests));

    Comparison comparison{std::move(name), {}, {}};
    const auto echo_side = [&](std::string side, int channels, int in_flight) {
      Side made = LoadSide(std::move(side), EchoLoad(channels), in_flight, echo);
      made.measure = [this, answer, measure = std::move(made.measure)] {
        echo_.SetAnswerBytes(answer);
        return measure();
      };
      return made;
    };
    comparison.sides = {
        LoadSide("headwater, 64 in flight", many, kInFlight, next),
        echo_side(absl::StrCat("echo of ", asked, " B, ", answer, " B, 64 in flight"), kChannels,
                  kInFlight),
        LoadSide("headwater, 1 in flight", one, 1, next),
        echo_side("echo, 1 in flight", 1, 1),
        LoopSide("headwater without gRPC, 1 thread",
                 [method = MethodAt(path), next] {
                   if (!method.read(next(), kv::Patience::kMayWait).ok()) std::abort();
                 }),
        LoopSide("RocksDB alone, 1 thread",
                 [this, claim, bare] { (bare_.get()->*bare)((dataset_.*claim)()); }),
    };
    comparison.ratios = {{"headwater / echo, 64 in flight", 0, 1, aim},
                         {"headwater / echo, 1 in flight", 2, 3},
                         {"headwater without gRPC / RocksDB alone", 4, 5}};
    return comparison;
  }

  // The side's figures for each of the `count` that a call is for.
  static Side Each(size_t count, Side side) {
    side.measure = [count, measure = std::move(side.measure)] {
      Sample sample = measure();
      sample.rate *= static_cast<double>(count);
      sample.cpu_micros /= static_cast<double>(count);
      return sample;
    };
    return side;
  }

  // A claim with a chain of 4 and 5 voices. Beside it a plain read of the same claim.
  Comparison Assess() {
    constexpr char kAssess[] = "/headwater.v1.ProvenanceService/AssessClaim";
    constexpr char kBatch[] = "/headwater.v1.ProvenanceService/BatchAssessClaims";
    std::vector<std::string> assess;
    std::vector<std::string> get;
    std::vector<keys::Name> claims;
    for (int i = 0; i < 16'384; ++i) {
      claims.push_back(dataset_.ChainClaim());
      assess.push_back(Dataset::AssessRequest(claims.back()));
      get.push_back(Dataset::GetRequest(claims.back()));
    }
    std::vector<std::string> batches;
    for (size_t i = 0; i + kBatchClaims <= claims.size(); i += kBatchClaims)
      batches.push_back(Dataset::BatchAssessRequest({&claims[i], kBatchClaims}));
    const auto load = [this](const char* path, int channels) {
      return std::make_shared<Load>(server_->address(), path, channels);
    };
    const size_t asked = assess.front().size();
    const size_t answer = load(kAssess, 1)->Call(assess.front()).size();
    const Next next = AnyOf(std::move(assess));
    const Next next_get = AnyOf(std::move(get));
    const Next echo = AnyOf({Echo::Request(asked)});
    // What gRPC alone takes for messages of these sizes, more of which is not to be had.
    Side echo_side = LoadSide(absl::StrCat("echo of ", asked, " B, ", answer, " B, 64 in flight"),
                              EchoLoad(kChannels), kInFlight, echo);
    echo_side.measure = [this, answer, measure = std::move(echo_side.measure)] {
      echo_.SetAnswerBytes(answer);
      return measure();
    };
    Comparison comparison{"AssessClaim", {}, {}};
    comparison.sides = {
        LoadSide("assess, 64 in flight", load(kAssess, kChannels), kInFlight, next),
        LoadSide("get, 64 in flight", load(kEcho, kChannels), kInFlight, next_get),
        LoadSide("assess, 8 in flight", load(kAssess, kChannels), 8, next),
        LoopSide("assess without gRPC, 1 thread",
                 [method = MethodAt(kAssess), next] {
                   if (!method.read(next(), kv::Patience::kMayWait).ok()) std::abort();
                 }),
        LoopSide("get without gRPC, 1 thread",
                 [method = MethodAt(kEcho), next_get] {
                   if (!method.read(next_get(), kv::Patience::kMayWait).ok()) std::abort();
                 }),
        std::move(echo_side),
        Each(kBatchClaims, LoadSide(absl::StrCat("assess, ", kBatchClaims, " a call, 8 in flight"),
                                    load(kBatch, kChannels), 8, AnyOf(std::move(batches)))),
    };
    comparison.ratios = {{"assess / get, 64 in flight", 0, 1, 0.5},
                         {"assess / get, without gRPC", 3, 4},
                         {"assess / echo, 64 in flight", 0, 5}};
    return comparison;
  }

  Comparison Create() {
    const Next next = [this] { return dataset_.CreateRequest(dataset_.EmptyClaim()); };
    const auto one = std::make_shared<Load>(server_->address(), kCreate, 1);
    const std::string request = next();
    const size_t answer = one->Call(request).size();
    // Making a request takes the client time, so the echo's caller makes one as well.
    const Next echo = [next, filler = Echo::Request(request.size())] {
      next();
      return filler;
    };
    const auto bare_load = [this](int channels) {
      return std::make_shared<Load>(group_server_->address(), kCreate, channels);
    };
    Comparison comparison{"CreateAttribution", {}, {}};
    Side echo_side = LoadSide(absl::StrCat("echo of ", request.size(), " B, ", answer, " B, 64"),
                              EchoLoad(kChannels), kInFlight, echo);
    echo_side.measure = [this, answer, measure = std::move(echo_side.measure)] {
      echo_.SetAnswerBytes(answer);
      return measure();
    };
    comparison.sides = {
        LoadSide("headwater, 64 callers",
                 std::make_shared<Load>(server_->address(), kCreate, kChannels), kInFlight, next),
        LoadSide("bare group commit, 64 callers", bare_load(kChannels), kInFlight, next),
        LoadSide("headwater, 1 caller", one, 1, next),
        LoadSide("bare group commit, 1 caller", bare_load(1), 1, next),
        LoopSide("RocksDB alone, a synced create after another",
                 [this] {
                   bare_->Create(recorded_,
                                 {{keys::Kind::kAttribution, dataset_.EmptyClaim().id, FreshId()}});
                 }),
        std::move(echo_side),
    };
    comparison.ratios = {{"headwater / bare group commit, 64 callers", 0, 1, 0.70},
                         {"headwater, 64 callers / one after another", 0, 4, 3},
                         {"headwater / bare group commit, 1 caller", 2, 3},
                         {"headwater / echo, 64 callers", 0, 5}};
    return comparison;
  }

  // As long as those in requests.
  static std::string FreshId() {
    static uint64_t count = 0;
    std::string id = absl::StrCat(++count);
    return "r-" + std::string(16 - id.size(), '0') + id;
  }

  const Flags flags_;
  const Directory directory_;
  const Dataset dataset_;
  RecordedWrite recorded_;
  WorkerPool pool_;
  RecordingEngine* engine_ = nullptr;  // the database's
  std::unique_ptr<database::Database> database_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<BareStore> bare_;
  Echo echo_;
  std::unique_ptr<GroupCommitter> group_;
  std::unique_ptr<BareServer> echo_server_;
  std::unique_ptr<BareServer> group_server_;
};

int Main(Flags flags) {
  if (flags.smoke) {
    flags.rounds = 1;
    flags.seconds = 0.1;
    flags.claims = 200;
  }
  const std::vector<Comparison> all = Bench(flags).Run();
  if (flags.json.empty()) return 0;
  std::ofstream file(flags.json);
  file << ToJson(all);
  return file.good() ? 0 : 1;
}

}  // namespace
}  // namespace headwater::bench

int main(int argc, char** argv) {
  headwater::bench::Flags flags;
  CLI::App app("Headwater's main job against its parts");
  app.add_option("--rounds", flags.rounds, "How often each side takes its turn");
  app.add_option("--seconds", flags.seconds, "How long a turn is");
  app.add_option("--claims", flags.claims, "How large the store is, in claims");
  app.add_option("--data-dir", flags.data_dir, "Keep the store here, and use it if it is there");
  app.add_option("--only", flags.only, "Measure only this: GetClaim, CreateAttribution, ...");
  app.add_option("--side", flags.side, "And of that only sides so called: \"headwater, 64\"");
  app.add_option("--json", flags.json, "Write all figures to this file");
  app.add_flag("--without-follower", flags.without_follower,
               "Do not keep how claims stand: what that costs those who write");
  app.add_flag("--smoke", flags.smoke, "A moment of each, on a small store");
  CLI11_PARSE(app, argc, argv);
  return headwater::bench::Main(std::move(flags));
}
