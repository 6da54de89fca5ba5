#include "database/page_token.h"

#include <memory>

#include "absl/strings/escaping.h"
#include "base/sha256.h"
#include "database/errors.h"
#include "keys/encoding.h"
#include "records/resource.h"

namespace headwater::database {
namespace {

constexpr char kLayout = '\x01';
constexpr size_t kFingerprintBytes = 8;

// What the listing is of: the request without what changes from page to page.
std::string Fingerprint(const google::protobuf::Message& request) {
  std::unique_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  for (const char* field : {"page_size", "page_token"}) {
    const auto* descriptor = copy->GetDescriptor()->FindFieldByName(field);
    if (descriptor != nullptr) copy->GetReflection()->ClearField(copy.get(), descriptor);
  }
  Sha256Hasher hasher;
  hasher.Update(copy->GetDescriptor()->full_name());
  hasher.Update(records::Serialized(*copy));
  return std::string(AsBytes(hasher.Finish()).substr(0, kFingerprintBytes));
}

}  // namespace

std::string EncodePageToken(const PageToken& token, const google::protobuf::Message& request) {
  std::string bytes(1, kLayout);
  bytes.append(Fingerprint(request));
  keys::AppendVarint(token.sequence, &bytes);
  bytes.append(token.position);
  std::string text;
  absl::WebSafeBase64Escape(bytes, &text);
  return text;
}

absl::StatusOr<PageToken> DecodePageToken(absl::string_view text,
                                          const google::protobuf::Message& request) {
  std::string bytes;
  PageToken token;
  if (!absl::WebSafeBase64Unescape(text, &bytes) || bytes.empty() || bytes[0] != kLayout) {
    return InvalidField("page_token",
                        "is no page token; take next_page_token of the page before as it is");
  }
  absl::string_view in = absl::string_view(bytes).substr(1);
  absl::string_view fingerprint;
  if (!keys::TakeBytes(&in, kFingerprintBytes, &fingerprint) ||
      !keys::TakeVarint(&in, &token.sequence)) {
    return InvalidField("page_token",
                        "is cut off; take next_page_token of the page before as it is");
  }
  if (fingerprint != Fingerprint(request)) {
    return InvalidField("page_token",
                        "belongs to another listing; page_size apart, ask as for the first page");
  }
  token.position = std::string(in);
  return token;
}

}  // namespace headwater::database
