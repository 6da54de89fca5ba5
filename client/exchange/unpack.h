// Compressed bytes, unpacked as they are read.
#ifndef HEADWATER_EXCHANGE_UNPACK_H_
#define HEADWATER_EXCHANGE_UNPACK_H_

#include <memory>

#include "exchange/input.h"

namespace headwater::exchange {

// Unpack gzip (RFC 1952, any number of members) and zstd (RFC 8878, any number of frames). Both
// hold what their formats need, zstd at most 128 MiB. Read gives DATA_LOSS where the data are
// broken or end before their end. A zstd window above 128 MiB is refused.
std::unique_ptr<ByteSource> UnpackGzip(std::unique_ptr<ByteSource> packed);
std::unique_ptr<ByteSource> UnpackZstd(std::unique_ptr<ByteSource> packed);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_UNPACK_H_
