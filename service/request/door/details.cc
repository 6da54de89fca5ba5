#include "request/door/details.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "google/rpc/error_details.pb.h"

namespace headwater::request {
namespace {

constexpr absl::string_view kTypePrefix = "type.googleapis.com/";

struct Detail {
  std::string type_url;
  std::string value;
  int number = 0;        // where it stands among several of its type
  bool is_list = false;  // of violations, and can be cut
};

// A status holds one payload a key, so several details of one type stand under keys with a number
// after the type: "type.googleapis.com/google.rpc.ResourceInfo#2".
Detail DetailOf(absl::string_view key, const absl::Cord& value) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(key, absl::MaxSplits('#', 1));
  Detail detail{std::string(parts.first), std::string(value)};
  if (!absl::SimpleAtoi(parts.second, &detail.number)) detail.number = 0;
  detail.is_list = absl::EndsWith(parts.first, "/google.rpc.BadRequest") ||
                   absl::EndsWith(parts.first, "/google.rpc.PreconditionFailure");
  return detail;
}

// In an order that does not change from run to run, as that of payloads may; lists last.
std::vector<Detail> DetailsOf(const absl::Status& status) {
  std::vector<Detail> details;
  status.ForEachPayload([&details](absl::string_view key, const absl::Cord& value) {
    if (absl::StartsWith(key, kTypePrefix)) details.push_back(DetailOf(key, value));
  });
  std::sort(details.begin(), details.end(), [](const Detail& a, const Detail& b) {
    return std::tie(a.is_list, a.number, a.type_url) < std::tie(b.is_list, b.number, b.type_url);
  });
  return details;
}

bool TryAdd(const Detail& detail, size_t max_bytes, google::rpc::Status* carrier) {
  google::protobuf::Any* const any = carrier->add_details();
  any->set_type_url(detail.type_url);
  any->set_value(detail.value);
  if (carrier->ByteSizeLong() <= max_bytes) return true;
  carrier->mutable_details()->RemoveLast();
  return false;
}

// Adds as many of the detail's first violations as fit, where that is one or more.
template <class Message, class Violations>
void AddFirstOf(const Detail& detail, Violations* (Message::*violations)(), size_t max_bytes,
                google::rpc::Status* carrier) {
  Message message;
  if (!message.ParseFromString(detail.value)) return;
  Violations* const list = (message.*violations)();
  while (list->size() > 1) {
    // Halving first keeps this short for lists of thousands.
    const int drop = message.ByteSizeLong() > 2 * max_bytes ? list->size() / 2 : 1;
    list->DeleteSubrange(list->size() - drop, drop);
    if (TryAdd({detail.type_url, message.SerializeAsString()}, max_bytes, carrier)) return;
  }
}

void AddWhatFits(const Detail& detail, size_t max_bytes, google::rpc::Status* carrier) {
  using google::rpc::BadRequest;
  using google::rpc::PreconditionFailure;
  if (TryAdd(detail, max_bytes, carrier)) return;
  if (absl::EndsWith(detail.type_url, "/google.rpc.BadRequest")) {
    AddFirstOf(detail, &BadRequest::mutable_field_violations, max_bytes, carrier);
  } else if (absl::EndsWith(detail.type_url, "/google.rpc.PreconditionFailure")) {
    AddFirstOf(detail, &PreconditionFailure::mutable_violations, max_bytes, carrier);
  }
}

}  // namespace

void AddDetails(const absl::Status& status, size_t max_bytes, google::rpc::Status* carrier) {
  for (const Detail& detail : DetailsOf(status)) AddWhatFits(detail, max_bytes, carrier);
}

}  // namespace headwater::request
