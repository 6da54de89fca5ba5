// The largest claims there are, and the busiest sources: a rumour with very many attributions in
// long chains and loops, and a source that speaks on very many other claims.
//
//   viral [--attributions N] [--depth N] [--spoken N] [--rounds N] [--data-dir DIR]
//
// Prints how long an assessment and a trace of the rumour take, what memory they take, and what a
// typical claim's assessment costs without and with the busy source in the store. By itself it
// compares nothing with another system: the same reads in turns, on the same store.

#include <CLI/CLI.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/document_service.pb.h"
#include "headwater/v1/provenance_service.pb.h"
#include "headwater/v1/source_service.pb.h"
#include "kv/rocksdb_engine.h"

namespace headwater::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Flags {
  int attributions = 100'000;
  int depth = 1'000;
  int spoken = 1'000'000;
  int speakers = 1;
  int rounds = 5;
  std::string data_dir;
};

constexpr int kBatch = 5'000;
constexpr int kOutlets = 1'000;
constexpr int kSpokenPerClaim = 20;
constexpr char kRumour[] = "claims/rumour";
constexpr char kTypical[] = "claims/typical";

template <class T>
T Check(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::fprintf(stderr, "viral: %s\n", value.status().ToString().c_str());
  std::exit(1);
}

std::string Outlet(int i) { return absl::StrFormat("sources/outlet-%05d", i % kOutlets); }
std::string Speaker(int i) { return absl::StrFormat("sources/busy-%06d", i); }
std::string Document(int i) { return absl::StrFormat("documents/told-%05d", i % kOutlets); }

// Collects requests and sends them in batches.
template <class Batch>
class Batches {
 public:
  explicit Batches(database::Database* database) : database_(database) {}
  ~Batches() { Send(); }
  auto* Add() {
    if (batch_.requests_size() == kBatch) Send();
    return batch_.add_requests();
  }

 private:
  void Send() {
    if (batch_.requests_size() > 0)
      Check(database_->WriteAndWait<Batch>(std::exchange(batch_, Batch())));
  }
  database::Database* const database_;
  Batch batch_;
};

void AddClaim(const std::string& name, Batches<v1::BatchCreateClaimsRequest>* claims) {
  v1::Claim* const claim = claims->Add()->mutable_claim();
  claim->set_name(name);
  claim->set_text(absl::StrCat("The dam at ", name, " will not hold."));
  claim->set_language("en");
  claim->set_nature(v1::CLAIM_NATURE_FACT);
}

v1::Attribution* AddAttribution(const std::string& claim, const std::string& id, int outlet,
                                Batches<v1::BatchCreateAttributionsRequest>* attributions) {
  auto* const request = attributions->Add();
  request->set_parent(claim);
  v1::Attribution* const attribution = request->mutable_attribution();
  attribution->set_name(absl::StrCat(claim, "/attributions/", id));
  attribution->set_source(Outlet(outlet));
  attribution->set_document(Document(outlet));
  attribution->set_stance(v1::STANCE_ASSERTS);
  return attribution;
}

std::string ChainId(int i) { return absl::StrFormat("a-%07d", i); }

// Chains of `depth`, each attribution citing the one before it; every tenth chain's first cites its
// last, a loop. All in requests small enough, so a loop is closed by an update of its first.
void FillRumour(database::Database* database, const Flags& flags) {
  {
    Batches<v1::BatchCreateAttributionsRequest> attributions(database);
    for (int i = 0; i < flags.attributions; ++i) {
      v1::Attribution* const said =
          AddAttribution(kRumour, ChainId(i), i * 7 + i / flags.depth, &attributions);
      if (i % flags.depth == 0) {
        said->set_basis(v1::BASIS_FIRST_HAND);
      } else {
        said->add_cites()->set_attribution(absl::StrCat(kRumour, "/attributions/", ChainId(i - 1)));
      }
    }
  }
  for (int chain = 0; (chain + 1) * flags.depth <= flags.attributions; chain += 10) {
    v1::UpdateAttributionRequest update;
    v1::Attribution* const first = update.mutable_attribution();
    first->set_name(absl::StrCat(kRumour, "/attributions/", ChainId(chain * flags.depth)));
    first->add_cites()->set_attribution(
        absl::StrCat(kRumour, "/attributions/", ChainId((chain + 1) * flags.depth - 1)));
    update.mutable_update_mask()->add_paths("cites");
    Check(database->WriteAndWait(update));
  }
}

void FillRest(database::Database* database, int speakers) {
  {
    Batches<v1::BatchCreateSourcesRequest> sources(database);
    for (int i = 0; i < kOutlets + speakers; ++i) {
      v1::Source* const source = sources.Add()->mutable_source();
      source->set_name(i < kOutlets ? Outlet(i) : Speaker(i - kOutlets));
      source->set_kind(v1::SOURCE_KIND_NEWS_OUTLET);
      source->set_display_name(absl::StrCat("Outlet ", i));
    }
  }
  {
    Batches<v1::BatchCreateDocumentsRequest> documents(database);
    for (int i = 0; i < kOutlets; ++i) {
      v1::Document* const document = documents.Add()->mutable_document();
      document->set_name(Document(i));
      document->set_publisher(Outlet(i));
      document->set_title("What is said of the dam");
    }
  }
  {
    Batches<v1::BatchCreateClaimsRequest> claims(database);
    AddClaim(kRumour, &claims);
    AddClaim(kTypical, &claims);
  }
  Batches<v1::BatchCreateAttributionsRequest> attributions(database);
  for (int i = 0; i < 5; ++i) {
    v1::Attribution* const said = AddAttribution(kTypical, ChainId(i), i, &attributions);
    if (i == 0) said->set_basis(v1::BASIS_FIRST_HAND);
    if (i > 0)
      said->add_cites()->set_attribution(absl::StrCat(kTypical, "/attributions/", ChainId(i - 1)));
  }
}

void FillBusy(database::Database* database, const Flags& flags) {
  const int claims = flags.spoken / kSpokenPerClaim;
  const auto name = [](int claim) { return absl::StrFormat("claims/busy-%06d", claim); };
  {
    Batches<v1::BatchCreateClaimsRequest> made(database);
    for (int claim = 0; claim < claims; ++claim) AddClaim(name(claim), &made);
  }
  Batches<v1::BatchCreateAttributionsRequest> attributions(database);
  for (int i = 0; i < flags.spoken; ++i) {
    AddAttribution(name(i / kSpokenPerClaim), ChainId(i % kSpokenPerClaim), i, &attributions)
        ->set_source(Speaker(i % flags.speakers));
  }
}

double Mebibytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// The least time of some, in milliseconds: what it takes where nothing else happens.
template <class Request>
double Least(database::Database* database, const Request& request, int rounds) {
  double least = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const Clock::time_point begin = Clock::now();
    Check(database->Read(request, kv::Patience::kMayWait));
    const std::chrono::duration<double, std::milli> took = Clock::now() - begin;
    least = std::min(least, took.count());
  }
  return least;
}

v1::AssessClaimRequest Assess(const char* claim) {
  v1::AssessClaimRequest request;
  request.set_name(claim);
  return request;
}

void Run(const Flags& flags, const std::string& directory) {
  WorkerPool pool(2, 8192);
  kv::RocksDbOptions engine;
  engine.directory = directory;
  engine.block_cache_bytes = uint64_t{2} << 30;
  database::Options options{.pool = &pool, .follow = false};
  options.read_cache_bytes = 0;  // each assessment worked out anew
  const std::unique_ptr<database::Database> database =
      Check(database::Database::Open(Check(kv::OpenRocksDb(engine)), options));
  FillRest(database.get(), flags.speakers);
  FillRumour(database.get(), flags);
  const double typical = Least(database.get(), Assess(kTypical), 2000);
  const double before = Mebibytes();
  v1::TraceClaimRequest trace;
  trace.set_name(kRumour);
  std::printf("%d attributions in chains of %d, a tenth of them loops\n", flags.attributions,
              flags.depth);
  std::printf("  assess %8.0f ms\n", Least(database.get(), Assess(kRumour), flags.rounds));
  std::printf("  trace  %8.0f ms\n", Least(database.get(), trace, flags.rounds));
  std::printf("  memory %8.0f MiB more at the peak than %.0f before\n", Mebibytes() - before,
              before);
  FillBusy(database.get(), flags);
  Least(database.get(), Assess(kTypical), 2000);  // the blocks it needs are in memory again
  std::printf(
      "a typical claim, assessed anew: %.1f us; beside %d attributions of %d source(s): %.1f us\n",
      1000 * typical, flags.spoken, flags.speakers,
      1000 * Least(database.get(), Assess(kTypical), 2000));
}

}  // namespace
}  // namespace headwater::bench

int main(int argc, char** argv) {
  headwater::bench::Flags flags;
  CLI::App app("A rumour with very many attributions, and a source that speaks everywhere");
  app.add_option("--attributions", flags.attributions, "Of the rumour")
      ->check(CLI::Range(10, 250'000));
  app.add_option("--depth", flags.depth, "How long its chains are")->check(CLI::Range(2, 100'000));
  app.add_option("--spoken", flags.spoken, "Attributions of the busy source");
  app.add_option("--speakers", flags.speakers, "Sources that share them: the control")
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--rounds", flags.rounds, "How often each read is made; the best counts");
  app.add_option("--data-dir", flags.data_dir, "An empty directory for the store; it stays");
  CLI11_PARSE(app, argc, argv);
  std::string directory = flags.data_dir;
  if (directory.empty()) {
    directory = std::filesystem::temp_directory_path() / "headwater-viral-XXXXXX";
    if (mkdtemp(directory.data()) == nullptr) std::abort();
  }
  headwater::bench::Run(flags, directory + "/db");
  if (flags.data_dir.empty()) std::filesystem::remove_all(directory);
}
