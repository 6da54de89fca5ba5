// How far an import is, while it runs: on a terminal one line that is written over, elsewhere a
// line now and then.
#ifndef HEADWATER_CLI_IMPORT_PROGRESS_H_
#define HEADWATER_CLI_IMPORT_PROGRESS_H_

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "cli/terminal.h"

namespace headwater::cli {

class ImportProgress {
 public:
  struct State {
    int64_t rows = 0;         // read
    int64_t bytes = 0;        // of the file, as it lies there
    int64_t total_bytes = 0;  // 0 where it is not known
    int64_t rejected = 0;
    int64_t waiting = 0;  // more than 0: all is read, and so many records are still to be settled
  };

  // `err` must outlive it; `now` tells the time.
  ImportProgress(std::ostream* err, Terminal terminal, std::function<absl::Time()> now);

  // Begins anew: rates and times left count from this state on.
  void Begin(const State& state);

  // Shows the state, where it was shown last some time ago: on a terminal a fifth of a second,
  // elsewhere ten.
  void Show(const State& state);

  // Takes the line away. To be called before anything else is written.
  void Clear();

  // "[=====>    ] 45 %  1,234,567 rows  45,210/s  512 of 1,024 MiB  12 s left  3 rejected"
  std::string Line(const State& state) const;

 private:
  std::ostream* err_;
  Terminal terminal_;
  std::function<absl::Time()> now_;
  State first_;
  absl::Time began_;
  absl::Time last_;
  bool shown_ = false;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_PROGRESS_H_
