// The inverse of AppendClosed, for those who read keys.
#ifndef HEADWATER_KEYS_CLOSED_H_
#define HEADWATER_KEYS_CLOSED_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::keys {

// Takes closed bytes off the front of `*in`. False where they are malformed.
bool TakeClosed(absl::string_view* in, std::string* bytes);

}  // namespace headwater::keys

#endif  // HEADWATER_KEYS_CLOSED_H_
