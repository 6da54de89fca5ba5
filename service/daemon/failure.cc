#include "daemon/failure.h"

#include <spdlog/spdlog.h>

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"

namespace headwater::daemon {

ExitCode Fail(ExitCode code, absl::string_view what) {
  spdlog::debug("exiting with {}", static_cast<int>(code));
  std::fprintf(stderr, "headwaterd: %s\n", std::string(what).c_str());
  return code;
}

ExitCode CannotOpen(const absl::Status& status) {
  const std::string what = absl::StrCat("cannot open the database: ", status.message());
  switch (status.code()) {
    case absl::StatusCode::kFailedPrecondition:
      return Fail(kDataDirInUse, absl::StrCat(what, "; stop it, or choose another --data-dir"));
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kDataLoss:
      return Fail(kBadData, what);
    case absl::StatusCode::kResourceExhausted:
      return Fail(kDiskFull, what);
    default:
      return Fail(kFailed, what);
  }
}

}  // namespace headwater::daemon
