// The page that is served to browsers: the files of a directory, as they were at the start.
#ifndef HEADWATER_GATEWAY_WEB_FILES_H_
#define HEADWATER_GATEWAY_WEB_FILES_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/http.h"

namespace headwater::gateway {

// Immutable; from any thread. Held in memory, so a request cannot name a file that was not there
// when the server started, whatever it writes into its path.
class WebFiles {
 public:
  // No files: every path is answered by word that there is no page.
  WebFiles() = default;

  // Reads every file below `directory`, some MiB as a page has; of what is worth it a packed form
  // is made, or taken from the file of that name with ".gz" behind it, which is not served itself.
  // Names that begin with a dot and what is no file are left out. kUnavailable, naming the path,
  // where a file cannot be read; kInvalidArgument where there is no such directory, it has more
  // than 64 MiB, or no index.html.
  static absl::StatusOr<WebFiles> Load(const std::string& directory);

  // The answer to a GET or HEAD of any path: the file; 304 where the client has it already; for
  // what a browser opens as a page, index.html, whose script shows the page; else 404.
  Response Answer(const RequestHead& head) const;

  size_t size() const { return files_.size(); }

 private:
  struct File {
    std::string type;
    std::string etag;  // of the plain form, in quotes
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> packed;  // null where it is not worth it
    std::string cache_control;
  };

  static File MakeFile(absl::string_view path, std::string content);
  const File* Find(const RequestHead& head) const;

  absl::flat_hash_map<std::string, File> files_;  // by path, "/assets/app.js"
};

// The media type of what has such a name: "text/html; charset=utf-8"; "application/octet-stream"
// where the ending tells nothing.
absl::string_view MediaType(absl::string_view path);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_WEB_FILES_H_
