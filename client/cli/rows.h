// The tables of each kind: which columns, and what stands in them.
#ifndef HEADWATER_CLI_ROWS_H_
#define HEADWATER_CLI_ROWS_H_

#include <string>
#include <vector>

#include "exchange/kinds.h"
#include "google/protobuf/message.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/revision.pb.h"

namespace headwater::cli {

// The columns of a list of the kind. Names are given as short as commands take them.
std::vector<std::string> Header(const exchange::Kind& kind);

// A resource in those columns.
std::vector<std::string> Row(const exchange::Kind& kind, const google::protobuf::Message& resource);

// The columns of a list of claims that tells how each stands, and one in them.
std::vector<std::string> StandingHeader(const exchange::Kind& kind);
std::vector<std::string> StandingRow(const exchange::Kind& kind,
                                     const google::protobuf::Message& claim,
                                     const v1::ClaimStanding& standing);

// The columns of a list of revisions.
std::vector<std::string> RevisionHeader();

// A revision in those columns; `before` is the one it follows, null where that is not known, and
// tells which fields were changed.
std::vector<std::string> RevisionRow(const v1::Revision& revision, const v1::Revision* before);

// "x" for claims/x, "x/ft" for claims/x/attributions/ft.
std::string ShortName(const std::string& name);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_ROWS_H_
