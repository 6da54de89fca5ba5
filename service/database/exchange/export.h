// Exports: what is live at a read point, kind by kind and in the order of names.
#ifndef HEADWATER_DATABASE_EXCHANGE_EXPORT_H_
#define HEADWATER_DATABASE_EXCHANGE_EXPORT_H_

#include <string>

#include "absl/status/statusor.h"
#include "database/queries.h"
#include "headwater/v1/exchange_service.pb.h"

namespace headwater::database {

// A piece ends with the record by which it has so many bytes, or has examined kMostExamined rows.
inline constexpr size_t kExportBytes = 256 << 10;

// The piece of an export that begins at `position`, which a token of an earlier piece gave; empty
// for the first. kInvalidArgument where the request asks for what no export gives; the reader's
// errors.
absl::StatusOr<ExportPiece> Export(const Reading& reading, const v1::ExportRequest& request,
                                   std::string position);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_EXPORT_H_
