// Drives a target where there is no libFuzzer: feeds it a corpus, then inputs made out of that by a
// generator that always starts alike. Usage: TARGET FOLDER ROUNDS [--print FROM]. HEADWATER_LONG=1
// makes it 50 times the rounds.
//
// A finding ends the process; stderr then holds the round. To see its input, run again with --print
// and the round.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz/fuzz.h"
#include "fuzz/mutate.h"

namespace headwater::fuzz {
namespace {

uint64_t round = 0;  // 0: the corpus itself

void TellRound() {
  std::fprintf(stderr, "in round %llu\n", static_cast<unsigned long long>(round));
}

std::vector<std::string> ReadCorpus(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> corpus;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

int Drive(const std::string& folder, uint64_t rounds, uint64_t print_from) {
  std::vector<std::string> corpus = ReadCorpus(folder);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s: no corpus\n", folder.c_str());
    return 1;
  }
  for (const std::string& input : corpus) Try(input);
  Try("");
  std::mt19937_64 random(1);
  for (round = 1; round <= rounds; ++round) {
    const std::string input = Mutated(corpus, &random);
    if (round >= print_from) std::fprintf(stderr, "\"%s\"\n", absl::CEscape(input).c_str());
    // An input that was changed once is now and then the start of further changes.
    if (random() % 64 == 0 && corpus.size() < 1000) corpus.push_back(input);
    Try(input);
  }
  std::printf("%zu inputs of the corpus or grown from it, %llu rounds\n", corpus.size(),
              static_cast<unsigned long long>(rounds));
  return 0;
}

}  // namespace
}  // namespace headwater::fuzz

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define HW_ON_DEATH(callback) __asan_set_death_callback(callback)
#else
#define HW_ON_DEATH(callback) static_cast<void>(0)
#endif

int main(int argc, char** argv) {
  if (argc != 3 && !(argc == 5 && std::strcmp(argv[3], "--print") == 0)) {
    std::fprintf(stderr, "usage: %s CORPUS-FOLDER ROUNDS [--print FROM-ROUND]\n", argv[0]);
    return 2;
  }
  std::signal(SIGABRT, [](int) { headwater::fuzz::TellRound(); });
  HW_ON_DEATH(headwater::fuzz::TellRound);
  const char* const is_long = std::getenv("HEADWATER_LONG");
  const bool times = is_long != nullptr && std::strcmp(is_long, "1") == 0;
  const uint64_t rounds = std::strtoull(argv[2], nullptr, 10) * (times ? 50 : 1);
  const uint64_t print_from = argc == 5 ? std::strtoull(argv[4], nullptr, 10) : UINT64_MAX;
  return headwater::fuzz::Drive(argv[1], rounds, print_from);
}
