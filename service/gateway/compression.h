// gzip, the one compression that both ends of the Connect protocol always know.
#ifndef HEADWATER_GATEWAY_COMPRESSION_H_
#define HEADWATER_GATEWAY_COMPRESSION_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::gateway {

// What is shorter is not worth the work.
inline constexpr size_t kWorthCompressing = 1024;

// How long what was compressed says it is, in bytes: so a bomb is known before anything is
// unpacked. kInvalidArgument where it does not begin as gzip does, or
// says more than so many bytes can hold.
absl::StatusOr<size_t> UnpackedSize(absl::string_view packed);

// kInvalidArgument where `packed` is not one whole member of gzip, or not of the size it says.
absl::StatusOr<std::string> Unpack(absl::string_view packed);

// Quick rather than small.
std::string Pack(absl::string_view bytes);
// Small rather than quick, for what is packed once and sent often.
std::string PackTightly(absl::string_view bytes);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_COMPRESSION_H_
