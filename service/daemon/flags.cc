#include "daemon/flags.h"

namespace headwater::daemon {

void AddServeFlags(CLI::App* app, ServeFlags* flags) {
  app->add_option("--data-dir", flags->data_dir,
                  "Where the database is kept; made if missing. One server at a time may use it. "
                  "Required, but for the memory engine")
      ->type_name("DIR");
  app->add_option("--listen", flags->listen,
                  "The address to serve gRPC on; port 0 takes a free one")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app->add_option("--http-listen", flags->http_listen,
                  "The address to serve HTTP on, for browsers and curl; port 0 takes a free one, "
                  "empty serves none")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app->add_option("--web-root", flags->web_root,
                  "The directory of the page that HTTP serves to browsers. If not given: what was "
                  "built or installed with the program, if it was")
      ->type_name("DIR");
  app->add_option(
         "--http-allow-host", flags->http_allow_hosts,
         "A name besides localhost under which HTTP may be asked for, \"*\" for any; may be "
         "given more than once. With --allow-remote it may be asked for by its address too, "
         "but by a name only if it is given here: else any page could have its own name "
         "lead to the server")
      ->type_name("NAME");
  app->add_option("--http-allow-origin", flags->http_allow_origins,
                  "An origin whose pages may use the API over HTTP, as in https://desk.example; "
                  "may be given more than once. Without it only the server's own page may")
      ->type_name("ORIGIN");
  app->add_flag("--allow-remote", flags->allow_remote,
                "Listen where other machines can connect too. There is no authentication yet: "
                "whoever reaches the port can read and change everything");
  app->add_option("--engine", flags->engine,
                  "What keeps the data: rocksdb, on disk; or memory, gone when the server stops")
      ->check(CLI::IsMember({"rocksdb", "memory"}))
      ->capture_default_str();
  app->add_option(
         "--ready-file", flags->ready_file,
         "Written once the server answers, one NAME=HOST:PORT a line (grpc=..., http=...); "
         "removed when it stops")
      ->type_name("PATH");
  app->add_option("--block-cache-mib", flags->block_cache_mib,
                  "Memory for blocks of the database's files, in MiB")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 20))
      ->capture_default_str();
  app->add_option("--request-memory-mib", flags->request_memory_mib,
                  "Memory for requests under way, in MiB: a quarter for those that arrive by gRPC, "
                  "an eighth for those that arrive by HTTP, an eighth for the work on those of up "
                  "to 64 KiB, the rest for the work on larger ones, each counted at 8 times its "
                  "size. What would pass it is refused, to be tried again")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 20))
      ->capture_default_str();
  app->add_option(
         "--vector-memory-mib", flags->vector_memory_mib,
         "Memory for the graphs of the vectors that claims came with, in MiB; none is taken "
         "where none did. What does not fit is found by words alone")
      ->check(CLI::Range(uint64_t{0}, uint64_t{1} << 20))
      ->capture_default_str();
  app->add_option(
         "--threads", flags->threads,
         "Threads for what must wait or takes long: uncached reads, large requests, the ends "
         "of writes")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app->add_option("--grace-seconds", flags->grace_seconds,
                  "How long calls in flight may take to end once the server is told to stop")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  app->add_option("--suggest-same-as", flags->suggest_same_as,
                  "Whether to write a suggested SAME_AS relation for claims that say the same, for "
                  "people to confirm or refuse. Such relations are left out of exports until then")
      ->check(CLI::IsMember({"on", "off"}))
      ->capture_default_str();
  app->add_option("--log-level", flags->log_level, "What to log, on standard error")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
}

CLI::App* AddCheckCommand(CLI::App* app, CheckFlags* flags) {
  CLI::App* check =
      app->add_subcommand("check",
                          "Checks a data directory that no server uses: works every index out "
                          "again from the log and compares. Changes nothing.\n"
                          "Example: headwaterd check --data-dir /var/lib/headwater");
  check->add_option("--data-dir", flags->data_dir, "Where the database is kept")
      ->type_name("DIR")
      ->required();
  check->add_option("--output", flags->output, "How to say what was found")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  check
      ->add_option("--block-cache-mib", flags->block_cache_mib,
                   "Memory for blocks of the database's files, in MiB")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 20))
      ->capture_default_str();
  check->footer(
      "Exit codes: 0 sound; 5 something is wrong, and said; 4 a server uses the directory; 1 "
      "another reason.");
  return check;
}

CLI::App* AddRebuildCommand(CLI::App* app, RebuildFlags* flags) {
  CLI::App* rebuild = app->add_subcommand(
      "rebuild",
      "Drops what a follower keeps in a data directory that no server uses, and works it out again "
      "from what is on record. What is on record is not touched. Interrupted, it goes on when a "
      "server uses the directory.\n"
      "Example: headwaterd rebuild --data-dir /var/lib/headwater standings");
  rebuild
      ->add_option("WHAT", flags->what,
                   "What to rebuild: standings, how claims stand, or search, the search index")
      ->check(CLI::IsMember({"standings", "search"}))
      ->required();
  rebuild->add_option("--data-dir", flags->data_dir, "Where the database is kept")
      ->type_name("DIR")
      ->required();
  rebuild
      ->add_option("--block-cache-mib", flags->block_cache_mib,
                   "Memory for blocks of the database's files, in MiB")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 20))
      ->capture_default_str();
  rebuild
      ->add_option("--vector-memory-mib", flags->vector_memory_mib,
                   "Memory for the graphs of vectors, in MiB, as the server has it")
      ->check(CLI::Range(uint64_t{0}, uint64_t{1} << 20))
      ->capture_default_str();
  rebuild->footer(
      "Exit codes: 0 rebuilt; 4 a server uses the directory; 5 the data is damaged or of an "
      "unknown format; 6 the disk is full; 1 another reason.");
  return rebuild;
}

}  // namespace headwater::daemon
