// What finding claims costs: service/search alone, beside the full-text search of SQLite and
// PostgreSQL over the same texts, asked in turns in the same run.
//
//   search_bench [--claims N] [--words N] [--queries N] [--step N] [--data-dir DIR] [--rows]
//                [--rivals-seconds S] [--postgres WHERE] [--only KIND] [--processor]
//
// Prints at what rate one thread indexes claims (in steps, each one batch) and what that takes of
// the processor, the bytes on disk for each claim as they were written and after compactions, and
// how long questions take, of which each is asked once to warm up and once for the record: Verify's
// ranking of a sentence (FindMatches), SearchClaims' of one to three words (Evaluate), any and all
// of them, and of the ten commonest. The others are asked the same, the best twenty by their own
// ranking, until they have had --rivals-seconds for a kind; "times" is how many of their time ours
// took for those questions. --data-dir keeps what was indexed for the next run with the same
// figures; --rows tells how the index's bytes are shared among its kinds of rows. --postgres takes
// libpq's words for a server that runs: search_postgres.py starts one. On a busy machine
// --processor counts this process's time on the processor, not the clock's; --only asks one kind
// alone.

#include <time.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "search_system.h"
#include "search_texts.h"

namespace headwater::bench {
namespace {

struct Flags {
  size_t claims = 20'000;
  size_t words = 100'000;
  size_t queries = 200;
  size_t step = 4'000;
  double rivals_seconds = 5;
  bool rows = false;
  bool processor = false;
  std::string only;
  std::string data_dir;
  std::string postgres;
};

struct Kind {
  std::string name;
  std::vector<Question> questions;
};

struct Asked {
  std::vector<double> took;  // seconds, by question
  double found = 0;
};

// Seconds, from some time on.
double Now(const Flags& flags) {
  timespec now{};
  clock_gettime(flags.processor ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double Sum(const std::vector<double>& took, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += took[i];
  return sum;
}

void Print(const SearchSystem& system, const Kind& kind, const Asked& asked, const Asked& ours) {
  std::vector<double> sorted = asked.took;
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) {
    return 1e3 * sorted[static_cast<size_t>(share * static_cast<double>(sorted.size() - 1))];
  };
  const size_t count = sorted.size();
  const double sum = Sum(asked.took, count);
  std::printf("%-10s %-16s p50 %9.3f ms  p99 %9.3f ms  %8.1f a second  %5.1f found  %4zu asked",
              system.name().c_str(), kind.name.c_str(), at(0.5), at(0.99),
              static_cast<double>(count) / sum, asked.found / static_cast<double>(count), count);
  if (&asked != &ours) std::printf("  %7.1f times", sum / Sum(ours.took, count));
  std::printf("\n");
  std::fflush(stdout);
}

// Ours is the first.
void Measure(const std::vector<std::unique_ptr<SearchSystem>>& systems, const Kind& kind,
             const Flags& flags) {
  std::vector<Asked> asked(systems.size());
  std::vector<double> used(systems.size(), 0);
  for (const Question& question : kind.questions) {
    for (size_t i = 0; i < systems.size(); ++i) {
      if (i > 0 && used[i] > flags.rivals_seconds) continue;
      const double begin = Now(flags);
      systems[i]->Ask(question);
      const double second = Now(flags);
      asked[i].found += static_cast<double>(systems[i]->Ask(question));
      asked[i].took.push_back(Now(flags) - second);
      used[i] += Now(flags) - begin;
    }
  }
  for (size_t i = 0; i < systems.size(); ++i) Print(*systems[i], kind, asked[i], asked[0]);
}

std::vector<Kind> MakeQuestions(const Flags& flags, const std::vector<std::string>& claims,
                                SearchTexts* texts) {
  std::vector<Kind> kinds = {{"sentence", {}},     {"1 word", {}},          {"2 words, any", {}},
                             {"3 words, any", {}}, {"2 words, all", {}},    {"3 words, all", {}},
                             {"commonest 10", {}}, {"commonest 2, all", {}}};
  for (size_t i = 0; i < flags.queries; ++i) {
    kinds[0].questions.push_back({texts->Retold(claims[i * 7919 % claims.size()]), true, false});
    for (size_t words = 1; words <= 3; ++words) {
      const std::string text = texts->Words(words);
      kinds[words].questions.push_back({text, false, false});
      if (words > 1) kinds[words + 2].questions.push_back({text, false, true});
    }
  }
  kinds[6].questions.assign(5, {texts->Commonest(10), false, false});
  kinds[7].questions.assign(5, {texts->Commonest(2), false, true});
  return kinds;
}

int Run(const Flags& flags) {
  SearchTexts texts(flags.words, 7);
  std::vector<std::string> claims;
  double bytes = 0;
  for (size_t i = 0; i < flags.claims; ++i) {
    claims.push_back(texts.Claim());
    bytes += static_cast<double>(claims.back().size());
  }
  const std::vector<Kind> kinds = MakeQuestions(flags, claims, &texts);
  std::printf("%zu claims of %.0f bytes\n", claims.size(),
              bytes / static_cast<double>(claims.size()));
  std::string directory = flags.data_dir;
  if (directory.empty()) {
    directory = (std::filesystem::temp_directory_path() / "search_bench_XXXXXX").string();
    if (mkdtemp(directory.data()) == nullptr) return 1;
  }
  {
    std::vector<std::unique_ptr<SearchSystem>> systems;
    systems.push_back(NewHeadwater(directory, flags.rows));
    if (flags.rivals_seconds > 0) {
      systems.push_back(NewSqlite(directory));
      if (!flags.postgres.empty()) systems.push_back(NewPostgres(flags.postgres));
    }
    for (const auto& system : systems) {
      system->Fill(claims, flags.step);
      std::fflush(stdout);
    }
    for (const Kind& kind : kinds) {
      if (flags.only.empty() || kind.name == flags.only) Measure(systems, kind, flags);
    }
  }
  if (flags.data_dir.empty()) std::filesystem::remove_all(directory);
  return 0;
}

}  // namespace

void Die(const std::string& what) {
  std::fprintf(stderr, "search_bench: %s\n", what.c_str());
  std::exit(1);
}

double BytesIn(const std::string& path) {
  if (!std::filesystem::is_directory(path)) {
    return static_cast<double>(std::filesystem::file_size(path));
  }
  double bytes = 0;
  std::error_code gone;  // files come and go meanwhile
  for (const auto& file : std::filesystem::directory_iterator(path)) {
    const auto size = file.file_size(gone);
    if (!gone) bytes += static_cast<double>(size);
  }
  return bytes;
}

}  // namespace headwater::bench

int main(int argc, char** argv) {
  headwater::bench::Flags flags;
  CLI::App app("What finding claims costs, beside the full-text search of SQLite and PostgreSQL.");
  app.add_option("--claims", flags.claims)->check(CLI::Range(10, 100'000'000));
  app.add_option("--words", flags.words, "different words")->check(CLI::Range(300, 10'000'000));
  app.add_option("--queries", flags.queries, "of each kind")->check(CLI::Range(1, 1'000'000));
  app.add_option("--step", flags.step, "claims in a batch")->check(CLI::Range(1, 1'000'000));
  app.add_option("--rivals-seconds", flags.rivals_seconds, "0: the others are left out");
  app.add_flag("--rows", flags.rows, "tell the bytes of each kind of row");
  app.add_option("--only", flags.only, "the kind of questions to ask, as it is printed");
  app.add_flag("--processor", flags.processor, "count the processor's time; leave the others out");
  app.add_option("--data-dir", flags.data_dir, "a folder for the indexes; else a temporary one");
  app.add_option("--postgres", flags.postgres, "where a server runs, in libpq's words");
  CLI11_PARSE(app, argc, argv);
  if (flags.processor) flags.rivals_seconds = 0;  // what PostgreSQL works is not this process's
  return headwater::bench::Run(flags);
}
