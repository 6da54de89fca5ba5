// Records as statements of FollowTheMoney.
#ifndef HEADWATER_EXCHANGE_FTM_WRITER_H_
#define HEADWATER_EXCHANGE_FTM_WRITER_H_

#include <memory>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "exchange/writers.h"

namespace headwater::exchange {

enum class FtmShape { kJsonLines, kCsv };

struct FtmSettings {
  std::string dataset = "headwater";  // what the statements name as theirs
};

// A writer of statements, those of one entity together, its id statement last; ftm_entities.h says
// what becomes of each record. Memory: the display names of the first 100,000 sources, for
// `publisher`; of later ones the resource name stands there.
absl::StatusOr<std::unique_ptr<Writer>> OpenFtmWriter(FtmShape shape, FtmSettings settings,
                                                      std::ostream* out);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FTM_WRITER_H_
