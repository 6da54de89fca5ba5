// The last segment of a resource name: its form, and the ones that the server makes.
#ifndef HEADWATER_BASE_IDS_H_
#define HEADWATER_BASE_IDS_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/random.h"

namespace headwater {

inline constexpr size_t kMaxIdLength = 63;

// Whether `id` is 1 to 63 of a-z, 0-9 and '-', with no '-' first or last.
bool IsValidId(absl::string_view id);

// A version 7 UUID (RFC 9562), 36 characters in lower case, and a valid id. Text order is time
// order down to a quarter of a microsecond: the milliseconds are followed by twelve bits of their
// fraction, then 62 random bits. A time before 1970 counts as 1970.
std::string NewUuidV7(Clock& clock, Random& random);

}  // namespace headwater

#endif  // HEADWATER_BASE_IDS_H_
