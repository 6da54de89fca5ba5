// service/search alone, on RocksDB: without rpc, records and assessments.
#include <time.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "kv/rocksdb_engine.h"
#include "search/index/index_writer.h"
#include "search/query/evaluate.h"
#include "search/rank/matcher.h"
#include "search_system.h"

namespace headwater::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr keys::Corpus kClaims = keys::Corpus::kClaims;
constexpr kv::Patience kMayWait = kv::Patience::kMayWait;

template <class T>
T Check(absl::StatusOr<T> value) {
  if (!value.ok()) Die(value.status().ToString());
  return *std::move(value);
}

void Check(const absl::Status& status) {
  if (!status.ok()) Die(status.ToString());
}

// What this thread, or the whole process, has worked so far: on a busy machine the clock on the
// wall tells of others.
double Worked(clockid_t of) {
  timespec now{};
  clock_gettime(of, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Counts what a part of the writer's work takes.
class Part {
 public:
  template <class Work>
  void Do(const Work& work) {
    const double since = Worked(CLOCK_THREAD_CPUTIME_ID);
    work();
    seconds_ += Worked(CLOCK_THREAD_CPUTIME_ID) - since;
  }
  double seconds() const { return seconds_; }

 private:
  double seconds_ = 0;
};

class Headwater final : public SearchSystem {
 public:
  Headwater(const std::string& directory, bool tells_rows) : tells_rows_(tells_rows) {
    options_.directory = directory + "/headwater";
  }

  std::string name() const override { return "Headwater"; }

  void Fill(const std::vector<std::string>& claims, size_t step) override {
    const auto count = static_cast<double>(claims.size());
    if (!std::filesystem::exists(options_.directory)) {
      engine_ = Check(kv::OpenRocksDb(options_));
      Index(claims, step);
      std::printf("Headwater: %.0f bytes on disk for each claim as it was written\n",
                  BytesIn(options_.directory) / count);
      engine_.reset();
    }
    engine_ = Check(kv::OpenRocksDb(options_));
    Settle();
    std::printf("Headwater: %.0f bytes on disk for each claim\n",
                BytesIn(options_.directory) / count);
    snapshot_ = Check(engine_->TakeSnapshot());
    if (tells_rows_) TellRows(count);
  }

  size_t Ask(const Question& question) override {
    if (question.is_sentence) {
      return Check(search::FindMatches(*snapshot_, kClaims, question.text, "en", {.most = kWanted},
                                       &analyzer_, kMayWait))
          .size();
    }
    search::ParsedQuery query;
    query.text = question.text;
    if (question.all) query.phrases = absl::StrSplit(question.text, ' ');
    search::SearchOptions options;
    options.language = "en";
    options.most = kWanted;
    return Check(search::Evaluate(*snapshot_, kClaims, query, options, &analyzer_, kMayWait))
        .hits.size();
  }

 private:
  void Index(const std::vector<std::string>& claims, size_t step) {
    Part analysis;
    Part postings;
    Part commits;
    uint64_t bytes = 0;
    uint64_t rows = 0;
    uint64_t head = 0;
    const Clock::time_point begin = Clock::now();
    const double process = Worked(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t i = 0; i < claims.size();) {
      const auto snapshot = Check(engine_->TakeSnapshot());
      search::IndexWriter writer(*snapshot, kClaims);
      analysis.Do([&] {
        for (const size_t end = std::min(i + step, claims.size()); i < end; ++i) {
          search::IndexedText text;
          text.id = absl::StrCat("claim-", i);
          text.fields = {{search::Field::kStatement, "en", claims[i]}};
          writer.Put(search::TakeApart(text, &analyzer_));
        }
      });
      kv::Batch batch;
      postings.Do([&] { Check(writer.Finish(&batch)); });
      bytes += batch.bytes();
      rows += batch.size();
      commits.Do([&] { Check(engine_->Commit(batch, head, head + 1, kv::Durability::kBuffered)); });
      ++head;
    }
    Check(engine_->Sync());
    const double took = std::chrono::duration<double>(Clock::now() - begin).count();
    const auto all = static_cast<double>(claims.size());
    const auto micros = [&](double seconds) { return 1e6 * seconds / all; };
    std::printf("Headwater: %.0f claims a second indexed, %zu a step\n", all / took, step);
    std::printf(
        "  of the processor's time a claim takes %.1f us to take apart, %.1f for its "
        "postings, %.1f to commit; all threads together %.1f\n",
        micros(analysis.seconds()), micros(postings.seconds()), micros(commits.seconds()),
        micros(Worked(CLOCK_PROCESS_CPUTIME_ID) - process));
    std::printf("  %.1f rows and %.0f bytes are written for each\n",
                static_cast<double>(rows) / all, static_cast<double>(bytes) / all);
  }

  // Waits until compactions have nothing left to do.
  void Settle() {
    double before = -1;
    for (double now = BytesIn(options_.directory); now != before;) {
      before = now;
      std::this_thread::sleep_for(std::chrono::seconds(2));
      now = BytesIn(options_.directory);
    }
  }

  void TellRows(double claims) {
    static constexpr std::array kKinds = {
        "",      "heads of terms",   "blocks of postings", "what is indexed", "numbers of ids",
        "names", "letters of names", "statistics",         "watermark",       "counts of letters"};
    std::array<double, kKinds.size()> rows{};
    std::array<double, kKinds.size()> bytes{};
    const auto cursor =
        snapshot_->Range(kv::Keyspace::kPostings, "", std::string(1, '\xff'), kMayWait);
    for (; cursor->Valid(); cursor->Next()) {
      const auto kind = static_cast<size_t>(cursor->key()[0]);
      if (kind >= kKinds.size()) continue;
      ++rows[kind];
      bytes[kind] += static_cast<double>(cursor->key().size() + cursor->value().size());
    }
    Check(cursor->status());
    for (size_t kind = 1; kind < kKinds.size(); ++kind) {
      if (rows[kind] == 0) continue;
      std::printf("  %-18s %6.2f rows, %6.1f bytes for each claim before compression\n",
                  kKinds[kind], rows[kind] / claims, bytes[kind] / claims);
    }
  }

  kv::RocksDbOptions options_;
  const bool tells_rows_;
  std::unique_ptr<kv::Engine> engine_;
  std::shared_ptr<const kv::Snapshot> snapshot_;
  search::Analyzer analyzer_;
};

}  // namespace

std::unique_ptr<SearchSystem> NewHeadwater(const std::string& directory, bool tells_rows) {
  return std::make_unique<Headwater>(directory, tells_rows);
}

}  // namespace headwater::bench
