// What headwaterd is told on its command line.
#ifndef HEADWATER_DAEMON_FLAGS_H_
#define HEADWATER_DAEMON_FLAGS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"

namespace headwater::daemon {

struct ServeFlags {
  std::string data_dir;
  std::string listen = "127.0.0.1:7411";
  std::string http_listen = "127.0.0.1:7412";  // empty for no HTTP
  std::string web_root;  // empty for where the build or the installation puts the page
  std::vector<std::string> http_allow_hosts;
  std::vector<std::string> http_allow_origins;
  std::string engine = "rocksdb";  // or "memory"
  std::string ready_file;          // empty for none
  std::string log_level = "info";
  uint64_t block_cache_mib = 512;
  uint64_t request_memory_mib = 512;
  uint64_t vector_memory_mib = 1024;
  size_t threads = 32;
  uint32_t grace_seconds = 30;
  std::string suggest_same_as = "on";  // or "off"
  bool allow_remote = false;
};

struct CheckFlags {
  std::string data_dir;
  std::string output = "text";  // or "json"
  uint64_t block_cache_mib = 512;
};

struct RebuildFlags {
  std::string data_dir;
  std::string what;  // "standings" or "search"
  uint64_t block_cache_mib = 512;
  uint64_t vector_memory_mib = 1024;
};

// Adds the subcommand `rebuild`, likewise.
CLI::App* AddRebuildCommand(CLI::App* app, RebuildFlags* flags);

// Adds the subcommand `check`, with its help, to `app`, and returns it; parsing fills `flags`,
// which must outlive it.
CLI::App* AddCheckCommand(CLI::App* app, CheckFlags* flags);

// Adds the flags of serving, with their help, to `app`; parsing fills `flags`, which must outlive
// it.
void AddServeFlags(CLI::App* app, ServeFlags* flags);

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_FLAGS_H_
