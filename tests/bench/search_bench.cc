// What finding claims costs: service/search alone, and SQLite's full-text search over the same
// texts in the same run.
//
//   search_bench [--claims N] [--words N] [--queries N] [--step N] [--data-dir DIR] [--texts DIR]
//
// Prints how many claims a second are indexed by one thread (in steps, each one batch), the bytes
// of the index on disk for each claim once all is flushed and the text's own for comparison, and
// how long queries take, alone: Verify's ranking of a sentence (FindMatches), SearchClaims' of one
// to three words (Evaluate), and of the ten commonest. SQLite (fts5, bm25, the best ten of what has
// any of the words) keeps its index in a file beside ours. --texts writes what was indexed and
// asked, for search_postgres.py. What this leaves out: rpc, records, assessments.

#include <CLI/CLI.hpp>

#include <sqlite3.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "kv/rocksdb_engine.h"
#include "search/index/index_writer.h"
#include "search/query/evaluate.h"
#include "search/rank/matcher.h"
#include "search_texts.h"

namespace headwater::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr keys::Corpus kClaims = keys::Corpus::kClaims;

struct Flags {
  size_t claims = 20'000;
  size_t words = 100'000;
  size_t queries = 200;
  size_t step = 2'000;
  std::string data_dir;
  std::string texts;
  bool sqlite = true;
};

struct Questions {
  std::string name;
  std::vector<std::string> texts;
};

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "search_bench: %s\n", status.ToString().c_str());
  std::exit(1);
}

template <class T>
T Check(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

// What this thread, or the whole process, has worked so far: on a busy machine the clock on the wall
// tells of others.
double WorkedSeconds(clockid_t of) {
  timespec now{};
  clock_gettime(of, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

uint64_t BytesIn(const std::string& path) {
  if (!std::filesystem::is_directory(path)) return std::filesystem::file_size(path);
  uint64_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(path)) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  return bytes;
}

// Asks each question once to warm up and once for the record.
void Measure(const std::string& system, const Questions& questions,
             const std::function<size_t(const std::string&)>& ask) {
  size_t found = 0;
  for (const std::string& text : questions.texts) found += ask(text);
  std::vector<double> took;
  for (const std::string& text : questions.texts) {
    const Clock::time_point begin = Clock::now();
    ask(text);
    took.push_back(SecondsSince(begin));
  }
  double sum = 0;
  for (const double each : took) sum += each;
  std::sort(took.begin(), took.end());
  const auto at = [&](double share) {
    return 1e3 * took[static_cast<size_t>(share * static_cast<double>(took.size() - 1))];
  };
  std::printf("%-10s %-16s p50 %8.3f ms  p99 %8.3f ms  %8.0f a second  %5.1f found\n",
              system.c_str(), questions.name.c_str(), at(0.5), at(0.99),
              static_cast<double>(took.size()) / sum,
              static_cast<double>(found) / static_cast<double>(took.size()));
  std::fflush(stdout);
}

void IndexOurs(kv::Engine& engine, const std::vector<std::string>& claims, size_t step) {
  search::Analyzer analyzer;
  uint64_t head = 0;
  double analysed = 0;
  double written = 0;
  double committed = 0;
  uint64_t bytes = 0;
  uint64_t rows = 0;
  const Clock::time_point begin = Clock::now();
  const double process = WorkedSeconds(CLOCK_PROCESS_CPUTIME_ID);
  for (size_t i = 0; i < claims.size();) {
    const auto snapshot = Check(engine.TakeSnapshot());
    search::IndexWriter writer(*snapshot, kClaims);
    double since = WorkedSeconds(CLOCK_THREAD_CPUTIME_ID);
    for (const size_t end = std::min(i + step, claims.size()); i < end; ++i) {
      search::IndexedText text;
      text.id = absl::StrCat("claim-", i);
      text.fields = {{search::Field::kStatement, "en", claims[i]}};
      writer.Put(search::TakeApart(text, &analyzer));
    }
    analysed += WorkedSeconds(CLOCK_THREAD_CPUTIME_ID) - since;
    since = WorkedSeconds(CLOCK_THREAD_CPUTIME_ID);
    kv::Batch batch;
    Check(writer.Finish(&batch));
    written += WorkedSeconds(CLOCK_THREAD_CPUTIME_ID) - since;
    since = WorkedSeconds(CLOCK_THREAD_CPUTIME_ID);
    Check(engine.Commit(batch, head, head + 1, kv::Durability::kBuffered));
    committed += WorkedSeconds(CLOCK_THREAD_CPUTIME_ID) - since;
    bytes += batch.bytes();
    rows += batch.size();
    ++head;
  }
  Check(engine.Sync());
  const double took = SecondsSince(begin);
  const auto all = static_cast<double>(claims.size());
  std::printf("Headwater: %.0f claims a second indexed; a claim takes %.1f us of the writer (%.1f taking apart, "
              "%.1f postings, %.1f commit) and %.1f of all threads, and writes %.1f rows, %.0f bytes\n",
              all / took, 1e6 * (analysed + written + committed) / all, 1e6 * analysed / all,
              1e6 * written / all, 1e6 * committed / all,
              1e6 * (WorkedSeconds(CLOCK_PROCESS_CPUTIME_ID) - process) / all,
              static_cast<double>(rows) / all, static_cast<double>(bytes) / all);
}

void Sql(sqlite3* database, const std::string& statement) {
  char* error = nullptr;
  if (sqlite3_exec(database, statement.c_str(), nullptr, nullptr, &error) == SQLITE_OK) return;
  std::fprintf(stderr, "search_bench: %s\n", error);
  std::exit(1);
}

void IndexSqlite(sqlite3* database, const std::vector<std::string>& claims, size_t step) {
  const Clock::time_point begin = Clock::now();
  Sql(database, "PRAGMA synchronous = off; PRAGMA cache_size = -500000");
  Sql(database, "CREATE VIRTUAL TABLE claims USING fts5(text, content='')");
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(database, "INSERT INTO claims(rowid, text) VALUES (?, ?)", -1, &insert,
                     nullptr);
  for (size_t i = 0; i < claims.size(); ++i) {
    if (i % step == 0) Sql(database, i == 0 ? "BEGIN" : "COMMIT; BEGIN");
    sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(i + 1));
    sqlite3_bind_text(insert, 2, claims[i].c_str(), -1, SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  Sql(database, "COMMIT");
  std::printf("SQLite: %.0f claims a second indexed\n",
              static_cast<double>(claims.size()) / SecondsSince(begin));
}

size_t AskSqlite(sqlite3_stmt* select, const std::string& text) {
  const std::string any = absl::StrJoin(absl::StrSplit(text, ' '), " OR ");
  sqlite3_bind_text(select, 1, any.c_str(), -1, SQLITE_TRANSIENT);
  size_t found = 0;
  while (sqlite3_step(select) == SQLITE_ROW) ++found;
  sqlite3_reset(select);
  return found;
}

void MeasureOurs(const std::string& directory, const std::vector<std::string>& claims,
                 const Flags& flags, const std::vector<Questions>& all) {
  kv::RocksDbOptions options;
  options.directory = directory;
  {
    const auto engine = Check(kv::OpenRocksDb(options));
    IndexOurs(*engine, claims, flags.step);
  }
  const auto engine = Check(kv::OpenRocksDb(options));
  std::printf("Headwater: %.0f bytes on disk for each claim\n",
              static_cast<double>(BytesIn(directory)) / static_cast<double>(claims.size()));
  const auto snapshot = Check(engine->TakeSnapshot());
  search::Analyzer analyzer;
  for (const Questions& questions : all) {
    Measure("Headwater", questions, [&](const std::string& text) {
      if (questions.name == "sentence") {
        return Check(search::FindMatches(*snapshot, kClaims, text, "en", {}, &analyzer,
                                         kv::Patience::kMayWait))
            .size();
      }
      search::ParsedQuery query;
      query.text = text;
      search::SearchOptions search;
      search.language = "en";
      search.most = 10;
      return Check(search::Evaluate(*snapshot, kClaims, query, search, &analyzer,
                                    kv::Patience::kMayWait))
          .hits.size();
    });
  }
}

void MeasureSqlite(const std::string& path, const std::vector<std::string>& claims,
                   const Flags& flags, const std::vector<Questions>& all) {
  sqlite3* database = nullptr;
  if (sqlite3_open(path.c_str(), &database) != SQLITE_OK) std::exit(1);
  IndexSqlite(database, claims, flags.step);
  std::printf("SQLite: %.0f bytes on disk for each claim\n",
              static_cast<double>(BytesIn(path)) / static_cast<double>(claims.size()));
  sqlite3_stmt* select = nullptr;
  sqlite3_prepare_v2(database,
                     "SELECT rowid FROM claims WHERE claims MATCH ? ORDER BY bm25(claims) LIMIT 10",
                     -1, &select, nullptr);
  for (const Questions& questions : all) {
    Measure("SQLite", questions, [&](const std::string& text) { return AskSqlite(select, text); });
  }
  sqlite3_finalize(select);
  sqlite3_close(database);
}

void WriteTexts(const std::string& directory, const std::vector<std::string>& claims,
                const std::vector<Questions>& all) {
  std::ofstream texts(absl::StrCat(directory, "/claims.tsv"));
  for (size_t i = 0; i < claims.size(); ++i) texts << i << '\t' << claims[i] << '\n';
  std::ofstream questions(absl::StrCat(directory, "/questions.tsv"));
  for (const Questions& each : all) {
    for (const std::string& text : each.texts) questions << each.name << '\t' << text << '\n';
  }
}

int Run(const Flags& flags) {
  SearchTexts texts(flags.words, 7);
  std::vector<std::string> claims;
  uint64_t bytes = 0;
  for (size_t i = 0; i < flags.claims; ++i) {
    claims.push_back(texts.Claim());
    bytes += claims.back().size();
  }
  std::vector<Questions> all = {
      {"sentence", {}}, {"1 word", {}}, {"2 words", {}}, {"3 words", {}}, {"commonest 10", {}}};
  for (size_t i = 0; i < flags.queries; ++i) {
    all[0].texts.push_back(texts.Retold(claims[i * 7919 % claims.size()]));
    for (size_t words = 1; words <= 3; ++words) all[words].texts.push_back(texts.Words(words));
  }
  all[4].texts.assign(5, texts.Commonest(10));
  std::printf("%zu claims of %.0f bytes\n", claims.size(),
              static_cast<double>(bytes) / static_cast<double>(claims.size()));
  if (!flags.texts.empty()) WriteTexts(flags.texts, claims, all);
  std::string directory = flags.data_dir;
  const bool is_temporary = directory.empty();
  if (is_temporary) {
    directory = (std::filesystem::temp_directory_path() / "search_bench_XXXXXX").string();
    if (mkdtemp(directory.data()) == nullptr) return 1;
  }
  MeasureOurs(directory + "/index", claims, flags, all);
  if (flags.sqlite) MeasureSqlite(directory + "/fts5.db", claims, flags, all);
  if (is_temporary) std::filesystem::remove_all(directory);
  return 0;
}

}  // namespace
}  // namespace headwater::bench

int main(int argc, char** argv) {
  headwater::bench::Flags flags;
  CLI::App app("What finding claims costs, beside SQLite's full-text search.");
  app.add_option("--claims", flags.claims)->check(CLI::Range(10, 100'000'000));
  app.add_option("--words", flags.words, "different words")->check(CLI::Range(300, 10'000'000));
  app.add_option("--queries", flags.queries, "of each kind")->check(CLI::Range(1, 1'000'000));
  app.add_option("--step", flags.step, "claims in a batch")->check(CLI::Range(1, 1'000'000));
  app.add_option("--data-dir", flags.data_dir, "an empty folder; else a temporary one");
  app.add_option("--texts", flags.texts, "a folder to write what is indexed and asked to");
  app.add_flag("!--no-sqlite", flags.sqlite);
  CLI11_PARSE(app, argc, argv);
  return headwater::bench::Run(flags);
}
