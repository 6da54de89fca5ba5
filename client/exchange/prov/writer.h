// Records as one W3C PROV-JSON document.
#ifndef HEADWATER_EXCHANGE_PROV_WRITER_H_
#define HEADWATER_EXCHANGE_PROV_WRITER_H_

#include <memory>
#include <ostream>

#include "absl/status/statusor.h"
#include "exchange/writers.h"

namespace headwater::exchange {

// A writer of PROV-JSON; prov_terms.h says how records stand in it. Nothing is lost: a ProvReader
// makes the same records of it. PROV-JSON groups statements by their sort, so each sort goes to a
// temporary file ($TMPDIR or /tmp) and Finish writes one after another. Memory: 16 bytes for each
// derivation (some 80 in Finish), 8 for each attribution whose basis is FIRST_HAND.
//
// Add refuses, with INVALID_ARGUMENT, a name or a reference that is no qualified name's local part,
// and a citation that cites nothing.
absl::StatusOr<std::unique_ptr<Writer>> OpenProvWriter(std::ostream* out);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_WRITER_H_
