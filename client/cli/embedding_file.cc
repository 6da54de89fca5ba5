#include "cli/embedding_file.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "google/protobuf/util/json_util.h"

namespace headwater::cli {

absl::StatusOr<std::vector<v1::Embedding>> ReadEmbeddings(const std::string& flag,
                                                          const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  std::vector<v1::Embedding> embeddings;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    const auto status =
        google::protobuf::util::JsonStringToMessage(std::string(line), &embeddings.emplace_back());
    if (status.ok()) continue;
    const std::string why(status.message().data(), status.message().size());
    return UsageError(absl::StrCat(flag, ": line ", number,
                                   " is no vector in JSON: ", why.substr(0, why.find('\n'))));
  }
  if (embeddings.empty()) return UsageError(absl::StrCat(flag, ": there is no vector in the file"));
  return embeddings;
}

}  // namespace headwater::cli
