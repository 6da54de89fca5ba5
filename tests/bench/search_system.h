// Systems that search the same claims, each asked the same questions.
#ifndef HEADWATER_TESTS_BENCH_SEARCH_SYSTEM_H_
#define HEADWATER_TESTS_BENCH_SEARCH_SYSTEM_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace headwater::bench {

// So many of the best are wanted.
inline constexpr int kWanted = 20;

struct Question {
  std::string text;          // words with a space between
  bool is_sentence = false;  // ours is asked as Verify asks
  bool all = false;          // all words have to be there; else one is enough
};

// Errors end the process. Belongs to one thread.
class SearchSystem {
 public:
  virtual ~SearchSystem() = default;

  virtual std::string name() const = 0;
  // Indexes the claims, `step` in a batch, unless a run before has; says at what rate, and how
  // large it has become.
  virtual void Fill(const std::vector<std::string>& claims, size_t step) = 0;
  // How many of the best it found.
  virtual size_t Ask(const Question& question) = 0;
};

// Each keeps its files in `directory`, which need not be there.
std::unique_ptr<SearchSystem> NewHeadwater(const std::string& directory, bool tells_rows);
std::unique_ptr<SearchSystem> NewSqlite(const std::string& directory);
// A server that runs: libpq's words for where.
std::unique_ptr<SearchSystem> NewPostgres(const std::string& where);

// Says what happened and ends the process.
[[noreturn]] void Die(const std::string& what);
// The bytes of a file, or of all files in a folder.
double BytesIn(const std::string& path);

}  // namespace headwater::bench

#endif  // HEADWATER_TESTS_BENCH_SEARCH_SYSTEM_H_
