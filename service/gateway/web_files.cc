#include "gateway/web_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/sha256.h"
#include "gateway/accept_encoding.h"
#include "gateway/compression.h"
#include "gateway/query.h"

namespace headwater::gateway {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostBytes = size_t{64} << 20;

// Of the page: everything is its own, nothing stands in its text, nobody frames it. Pictures and
// what it saves may be made in the browser.
constexpr char kContentPolicy[] =
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

struct Type {
  const char* ending;
  const char* type;
  bool is_text;
};
constexpr Type kTypes[] = {
    {".html", "text/html; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".mjs", "text/javascript; charset=utf-8", true},
    {".css", "text/css; charset=utf-8", true},
    {".json", "application/json", true},
    {".map", "application/json", true},
    {".webmanifest", "application/manifest+json", true},
    {".svg", "image/svg+xml", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".xml", "application/xml", true},
    {".wasm", "application/wasm", true},
    {".png", "image/png", false},
    {".jpg", "image/jpeg", false},
    {".jpeg", "image/jpeg", false},
    {".webp", "image/webp", false},
    {".gif", "image/gif", false},
    {".ico", "image/x-icon", false},
    {".woff2", "font/woff2", false},
};

const Type* TypeOf(absl::string_view path) {
  const auto* const found = std::find_if(
      std::begin(kTypes), std::end(kTypes),
      [path](const Type& type) { return absl::EndsWithIgnoreCase(path, type.ending); });
  return found == std::end(kTypes) ? nullptr : found;
}

absl::StatusOr<std::string> Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), {}};
  if (!file) return absl::UnavailableError(absl::StrCat("cannot read ", path.string()));
  return content;
}

// The paths of the files below `directory`, "/assets/app.js".
absl::StatusOr<std::vector<std::string>> PathsBelow(const fs::path& directory) {
  std::vector<std::string> paths;
  std::error_code error;
  auto walk = fs::recursive_directory_iterator(directory, error);
  for (const auto end = fs::end(walk); !error && walk != end; walk.increment(error)) {
    const fs::directory_entry& entry = *walk;
    if (absl::StartsWith(entry.path().filename().string(), ".")) {
      if (entry.is_directory(error)) walk.disable_recursion_pending();
      continue;
    }
    // A link would lead out of the directory.
    if (!entry.is_symlink(error) && entry.is_regular_file(error)) {
      paths.push_back("/" + entry.path().lexically_relative(directory).generic_string());
    }
  }
  if (error) {
    return absl::InvalidArgumentError(absl::StrCat("cannot read the page's files in ",
                                                   directory.string(), ": ", error.message()));
  }
  return paths;
}

// Whether `tag` is among those of an If-None-Match. Weak and strong are alike to a GET.
bool Lists(absl::string_view condition, absl::string_view tag) {
  for (absl::string_view each : absl::StrSplit(condition, ',')) {
    each = absl::StripAsciiWhitespace(each);
    absl::ConsumePrefix(&each, "W/");
    if (each == tag || each == "*") return true;
  }
  return false;
}

Response NotFound(bool has_page) {
  return PlainText(404, has_page ? "there is nothing here"
                                 : "there is nothing here: the page was not built, or "
                                   "--web-root names another directory");
}

}  // namespace

absl::string_view MediaType(absl::string_view path) {
  const Type* const type = TypeOf(path);
  return type == nullptr ? "application/octet-stream" : type->type;
}

WebFiles::File WebFiles::MakeFile(absl::string_view path, std::string content) {
  File file;
  file.type = std::string(MediaType(path));
  file.etag = absl::StrCat("\"", ToHex(AsBytes(Sha256(content))).substr(0, 32), "\"");
  const Type* const type = TypeOf(path);
  if (type != nullptr && type->is_text && content.size() >= kWorthCompressing) {
    auto packed = std::make_shared<const std::string>(PackTightly(content));
    if (packed->size() < content.size()) file.packed = std::move(packed);
  }
  file.plain = std::make_shared<const std::string>(std::move(content));
  // The build gives what lies in assets/ names with a digest of what is in it.
  file.cache_control =
      absl::StartsWith(path, "/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  return file;
}

absl::StatusOr<WebFiles> WebFiles::Load(const std::string& directory) {
  absl::StatusOr<std::vector<std::string>> paths = PathsBelow(directory);
  if (!paths.ok()) return paths.status();
  WebFiles web;
  size_t bytes = 0;
  for (const std::string& path : *paths) {
    absl::StatusOr<std::string> content = Read(directory + path);
    if (!content.ok()) return content.status();
    bytes += content->size();
    if (bytes > kMostBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat(directory, " has more than 64 MiB; is it the page?"));
    }
    web.files_.emplace(path, MakeFile(path, *std::move(content)));
  }
  for (const std::string& path : *paths) {
    absl::string_view plain = path;
    if (!absl::ConsumeSuffix(&plain, ".gz")) continue;
    const auto found = web.files_.find(plain);
    if (found == web.files_.end()) continue;
    const auto packed = web.files_.find(path);
    found->second.packed = packed->second.plain;
    web.files_.erase(packed);
  }
  if (!web.files_.contains("/index.html")) {
    return absl::InvalidArgumentError(absl::StrCat(directory, " has no index.html"));
  }
  return web;
}

const WebFiles::File* WebFiles::Find(const RequestHead& head) const {
  std::string path;
  if (!PercentDecode(head.path(), /*plus_is_space=*/false, &path)) return nullptr;
  auto found = files_.find(path == "/" ? "/index.html" : path);
  // The page's script shows /claims/x, which is no file; who asks for a file that is missing must
  // not get a page instead.
  const bool is_page =
      !absl::StartsWith(path, "/assets/") && absl::StrContains(head.Header("accept"), "text/html");
  if (found == files_.end() && is_page) found = files_.find("/index.html");
  return found == files_.end() ? nullptr : &found->second;
}

Response WebFiles::Answer(const RequestHead& head) const {
  const File* const file = Find(head);
  if (file == nullptr) return NotFound(!files_.empty());
  Response response;
  response.headers = {
      {"Content-Type", file->type},
      {"Cache-Control", file->cache_control},
      {"ETag", absl::StrCat("W/", file->etag)},  // of the packed form too
      {"Vary", "Accept-Encoding"},
      {"Content-Security-Policy", kContentPolicy},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"X-Frame-Options", "DENY"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
  };
  if (Lists(head.Header("if-none-match"), file->etag)) {
    response.status = 304;
    return response;
  }
  response.shared_body = file->plain;
  if (file->packed && AcceptsGzip(head.Header("accept-encoding"))) {
    response.shared_body = file->packed;
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  return response;
}

}  // namespace headwater::gateway
