#include "kv/engine.h"

#include "absl/strings/cord.h"

namespace headwater::kv {
namespace {

// The mark that tells WouldBlock() from every other kUnavailable.
constexpr absl::string_view kWouldBlockMark = "headwater.kv/would-block";

}  // namespace

absl::Status WouldBlock() {
  // Copies share one allocation, so a refusal costs a reference count.
  static const absl::Status& refusal = *new absl::Status([] {
    absl::Status made = absl::UnavailableError("memory alone cannot answer this read");
    made.SetPayload(kWouldBlockMark, absl::Cord());
    return made;
  }());
  return refusal;
}

bool IsWouldBlock(const absl::Status& status) {
  return absl::IsUnavailable(status) && status.GetPayload(kWouldBlockMark).has_value();
}

}  // namespace headwater::kv
