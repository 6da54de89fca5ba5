#include "database/page_place.h"

#include "database/errors.h"
#include "keys/encoding.h"

namespace headwater::database {

std::string EncodePlace(const std::vector<std::string>& parts) {
  std::string bytes;
  for (const std::string& part : parts) {
    keys::AppendVarint(part.size(), &bytes);
    bytes += part;
  }
  return bytes;
}

absl::StatusOr<std::vector<std::string>> DecodePlace(absl::string_view bytes, size_t least) {
  std::vector<std::string> parts;
  while (!bytes.empty()) {
    uint64_t size = 0;
    absl::string_view part;
    if (!keys::TakeVarint(&bytes, &size) || size > bytes.size() ||
        !keys::TakeBytes(&bytes, size, &part)) {
      parts.clear();
      break;
    }
    parts.emplace_back(part);
  }
  if (parts.size() < least) {
    return InvalidField("page_token",
                        "is cut off; take next_page_token of the page before as it is");
  }
  return parts;
}

}  // namespace headwater::database
