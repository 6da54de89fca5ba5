// How headwaterd ends. The numbers are documented in --help and used by scripts: never change one.
#ifndef HEADWATER_DAEMON_EXIT_CODE_H_
#define HEADWATER_DAEMON_EXIT_CODE_H_

namespace headwater::daemon {

enum ExitCode {
  kStopped = 0,       // told to stop, and did
  kFailed = 1,        // anything not below
  kUsage = 2,         // the command line makes no sense
  kCannotListen = 3,  // the address is in use, or not this machine's
  kDataDirInUse = 4,  // another server has it
  kBadData =
      5,  // damaged, or written by a version whose format or keyspaces this one does not know
  kDiskFull = 6,
};

inline constexpr char kExitCodesHelp[] =
    "Exit codes: 0 stopped when told to (SIGTERM, SIGINT); 1 failed for another reason; 2 bad "
    "command line;\n3 cannot listen on the address; 4 the data directory is in use; 5 the data is "
    "damaged or of an unknown\nformat; 6 the disk is full.";

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_EXIT_CODE_H_
