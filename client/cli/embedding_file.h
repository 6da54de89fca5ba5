// Vectors in a file, for the commands that find claims.
#ifndef HEADWATER_CLI_EMBEDDING_FILE_H_
#define HEADWATER_CLI_EMBEDDING_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "headwater/v1/embedding.pb.h"

namespace headwater::cli {

// One vector a line, each an Embedding in proto3 JSON: {"model": "…", "dimensions": 384, "values":
// […]}. Blank lines are passed over. "-" is standard input. A usage error names `flag` and the
// line.
absl::StatusOr<std::vector<v1::Embedding>> ReadEmbeddings(const std::string& flag,
                                                          const std::string& path);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_EMBEDDING_FILE_H_
