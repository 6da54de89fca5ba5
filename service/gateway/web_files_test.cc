#include "gateway/web_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "gateway/compression.h"

namespace headwater::gateway {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Headers = std::vector<std::pair<absl::string_view, absl::string_view>>;

class WebFilesTest : public ::testing::Test {
 protected:
  WebFilesTest() : root_(fs::path(::testing::TempDir()) / "headwater_web_files_test") {
    fs::remove_all(root_);
    fs::create_directories(root_ / "page/assets");
    Write("page/index.html", "<!doctype html>page");
    Write("page/assets/app.js", std::string(5000, 'a'));
    Write("page/assets/small.js", "b");
    Write("page/given.js", "plain");
    Write("page/given.js.gz", Pack("plain"));
    Write("page/.hidden", "hidden");
    Write("secret", "secret");
    fs::create_symlink("../secret", root_ / "page/link");
  }
  ~WebFilesTest() override { fs::remove_all(root_); }

  void Write(const std::string& path, const std::string& content) {
    std::ofstream(root_ / path, std::ios::binary) << content;
  }
  WebFiles Load() { return WebFiles::Load(root_ / "page").value(); }

  const fs::path root_;
};

Response Get(const WebFiles& web, absl::string_view target, Headers headers = {}) {
  return web.Answer({.method = "GET", .target = target, .headers = std::move(headers)});
}

std::string Value(const Response& response, absl::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST_F(WebFilesTest, GivesFilesWithTheirTypes) {
  const WebFiles web = Load();
  for (const char* target : {"/", "/index.html", "/?x=1", "/index%2Ehtml"}) {
    const Response response = Get(web, target);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.Body(), "<!doctype html>page") << target;
    EXPECT_EQ(Value(response, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(Value(response, "Cache-Control"), "no-cache");
    EXPECT_THAT(Value(response, "Content-Security-Policy"), HasSubstr("default-src 'self'"));
    EXPECT_THAT(Value(response, "Content-Security-Policy"),
                ::testing::Not(HasSubstr("unsafe-inline")));
  }
  const Response script = Get(web, "/assets/app.js");
  EXPECT_EQ(script.Body(), std::string(5000, 'a'));
  EXPECT_EQ(Value(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_THAT(Value(script, "Cache-Control"), HasSubstr("immutable"));
}

TEST_F(WebFilesTest, GivesPackedWhatIsWorthIt) {
  const WebFiles web = Load();
  const Headers takes = {{"Accept-Encoding", "br, gzip;q=0.5"}};
  const Response script = Get(web, "/assets/app.js", takes);
  EXPECT_EQ(Value(script, "Content-Encoding"), "gzip");
  EXPECT_EQ(Unpack(script.Body()).value(), std::string(5000, 'a'));
  EXPECT_EQ(Value(Get(web, "/assets/small.js", takes), "Content-Encoding"), "");
  EXPECT_EQ(
      Value(Get(web, "/assets/app.js", {{"Accept-Encoding", "gzip;q=0"}}), "Content-Encoding"), "");
  EXPECT_EQ(Unpack(Get(web, "/given.js", takes).Body()).value(), "plain");
  EXPECT_EQ(Get(web, "/given.js.gz").status, 404);
}

TEST_F(WebFilesTest, SaysWhatTheClientHasAlready) {
  const WebFiles web = Load();
  const std::string tag = Value(Get(web, "/assets/app.js"), "ETag");
  ASSERT_FALSE(tag.empty());
  const std::string list = "\"x\", " + tag;
  for (const absl::string_view condition :
       {absl::string_view(tag), absl::string_view(list), absl::string_view("*")}) {
    const Response response = Get(web, "/assets/app.js", {{"If-None-Match", condition}});
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(response.Body(), "");
    EXPECT_EQ(Value(response, "ETag"), tag);
  }
  EXPECT_EQ(Get(web, "/assets/app.js", {{"If-None-Match", "\"x\""}}).status, 200);
}

TEST_F(WebFilesTest, ShowsThePageForWhatABrowserOpens) {
  const WebFiles web = Load();
  const Headers browser = {{"Accept", "text/html,application/xhtml+xml;q=0.9"}};
  for (const char* target : {"/claims/x", "/claims/x.y", "/verify?q=1"}) {
    EXPECT_EQ(Get(web, target, browser).Body(), "<!doctype html>page") << target;
    EXPECT_EQ(Get(web, target).status, 404) << target;
  }
  EXPECT_EQ(Get(web, "/assets/gone.js", browser).status, 404);
}

TEST_F(WebFilesTest, NeverLeavesItsDirectory) {
  const WebFiles web = Load();
  for (const char* target :
       {"/../secret", "/%2e%2e/secret", "/assets/../../secret", "/..%2fsecret", "//etc/passwd",
        "/link", "/.hidden", "/%00", "/index.html%00.js", "/%zz", "*", "http://x/index.html", ""}) {
    EXPECT_EQ(Get(web, target).status, 404) << target;
  }
}

TEST_F(WebFilesTest, SaysWhatIsWrongWithItsDirectory) {
  EXPECT_EQ(WebFiles::Load(root_ / "missing").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(WebFiles::Load(root_ / "page/assets").status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(Get(WebFiles(), "/").Body()), HasSubstr("--web-root"));
}

}  // namespace
}  // namespace headwater::gateway
