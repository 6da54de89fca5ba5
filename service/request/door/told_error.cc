#include "request/door/told_error.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "base/text.h"
#include "kv/engine.h"
#include "request/door/details.h"

namespace headwater::request {
namespace {

std::string Bounded(absl::string_view message, size_t most) {
  std::string text = IsValidUtf8(message) ? std::string(message) : absl::CHexEscape(message);
  constexpr absl::string_view kMark = " …";
  if (text.size() <= most) return text;
  size_t end = most - kMark.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  text.append(kMark.data(), kMark.size());
  return text;
}

}  // namespace

google::rpc::Status ToldError(const absl::Status& status, const ToldErrorLimits& limits) {
  google::rpc::Status told;
  if (kv::IsWouldBlock(status)) {
    told.set_code(static_cast<int>(absl::StatusCode::kInternal));
    told.set_message("a read that had to wait was not let wait; this is a fault of the server");
    return told;
  }
  // code() maps what is no code to kUnknown.
  told.set_code(static_cast<int>(status.code()));
  told.set_message(Bounded(status.message(), limits.message_bytes));
  AddDetails(status, limits.status_bytes, &told);
  return told;
}

}  // namespace headwater::request
