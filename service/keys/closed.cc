#include "keys/closed.h"

namespace headwater::keys {

bool TakeClosed(absl::string_view* in, std::string* bytes) {
  bytes->clear();
  for (size_t i = 0; i + 1 < in->size(); ++i) {
    const char c = (*in)[i];
    if (c != '\0') {
      bytes->push_back(c);
      continue;
    }
    ++i;
    if ((*in)[i] == '\x01') {
      in->remove_prefix(i + 1);
      return true;
    }
    bytes->push_back('\0');
  }
  return false;
}

}  // namespace headwater::keys
