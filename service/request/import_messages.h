// From the bytes of an import's messages to its rows. A record that cannot be read is a fault of
// its row and of nothing else.
#ifndef HEADWATER_REQUEST_IMPORT_MESSAGES_H_
#define HEADWATER_REQUEST_IMPORT_MESSAGES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/database.h"
#include "database/exchange/import.h"
#include "request/dialogue.h"
#include "request/message_shape.h"

namespace headwater::request {

struct ImportMessage {
  bool has_config = false;
  v1::ImportConfig config;
  database::ImportChunk chunk;
};

// Reads an ImportRequest or an ImportChunkRequest, which are alike but for their names; `shape` is
// that of the one it is. kInvalidArgument where the message is none, or has more rows than a chunk
// may.
absl::StatusOr<ImportMessage> ReadImportMessage(std::string bytes, const MessageShape& shape);

// A stream of an import by `caller`. `database` must outlive it.
std::unique_ptr<Dialogue> NewImportDialogue(database::Database* database,
                                            const database::Caller& caller);

// One step of an import, for callers that do not stream; as Method::write.
void ImportOneChunk(database::Database* database, absl::string_view request,
                    const database::Caller& caller, database::Done done);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_IMPORT_MESSAGES_H_
