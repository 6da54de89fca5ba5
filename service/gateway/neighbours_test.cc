#include "gateway/neighbours.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace headwater::gateway {
namespace {

using Headers = std::vector<std::pair<absl::string_view, absl::string_view>>;

RequestHead With(Headers headers, absl::string_view method = "POST") {
  return {.method = method, .target = "/x", .headers = std::move(headers)};
}

std::string Value(const Headers& request, const Neighbours& neighbours, absl::string_view name) {
  for (const auto& [key, value] : neighbours.HeadersFor(With(request))) {
    if (key == name) return value;
  }
  return "";
}

TEST(Neighbours, AreAskedForByTheirOwnNames) {
  const Neighbours loopback({.hosts = {"records.example"}}, /*is_remote=*/false);
  for (const char* host : {"localhost", "LOCALHOST:7412", "127.0.0.1:1", "127.9.9.9", "[::1]:7412",
                           "[::1]", "localhost.:80", "records.example:80", "Records.Example"}) {
    EXPECT_TRUE(loopback.IsForUs(With({{"Host", host}}))) << host;
  }
  for (const char* host : {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                           "records.example.evil.example", "128.0.0.1", "10.0.0.1:7412", "[::2]",
                           "evil.example:localhost"}) {
    EXPECT_FALSE(loopback.IsForUs(With({{"host", host}}))) << host;
  }
  EXPECT_FALSE(loopback.IsForUs(With({})));
  EXPECT_FALSE(loopback.IsForUs(With({{"host", "localhost"}, {"host", "evil.example"}})));
}

TEST(Neighbours, WhoCanBeReachedFromElsewhereIsAskedForByAddress) {
  const Neighbours remote({.hosts = {"records.example"}}, /*is_remote=*/true);
  for (const char* host : {"10.0.0.1:7412", "192.168.1.5", "[2001:db8::7]:7412", "localhost:7412",
                           "records.example"}) {
    EXPECT_TRUE(remote.IsForUs(With({{"Host", host}}))) << host;
  }
  // A page whose name was made to lead here would have it in Host.
  for (const char* host : {"evil.example", "10.0.0.1.evil.example", "10.0.0.1evil", "[fe80", "10.1",
                           "0x0a000001", ""}) {
    EXPECT_FALSE(remote.IsForUs(With({{"Host", host}}))) << host;
  }
  const Neighbours any({.hosts = {"*"}}, /*is_remote=*/true);
  EXPECT_TRUE(any.IsForUs(With({{"Host", "anything.example"}})));
}

TEST(Neighbours, OnlyTheirOwnPageSendsUnlessAllowed) {
  const Neighbours strict({}, false);
  const Neighbours open({.origins = {"https://desk.example"}}, false);
  const Neighbours all({.origins = {"*"}}, false);
  const Headers own = {{"Host", "localhost:7412"}, {"Origin", "http://localhost:7412"}};
  const Headers stranger = {{"Host", "localhost:7412"}, {"Origin", "https://desk.example"}};
  const Headers worse = {{"Host", "localhost:7412"}, {"Origin", "http://localhost:9999"}};
  const Headers none = {{"Host", "localhost:7412"}, {"Origin", "null"}};
  for (const Neighbours* each : {&strict, &open, &all}) {
    EXPECT_TRUE(each->MaySend(With({{"Host", "localhost:7412"}})));
    EXPECT_TRUE(each->MaySend(With(own)));
    EXPECT_EQ(Value(own, *each, "Access-Control-Allow-Origin"), "");
    EXPECT_EQ(Value(own, *each, "Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_EQ(Value(own, *each, "X-Content-Type-Options"), "nosniff");
  }
  EXPECT_FALSE(strict.MaySend(With(stranger)));
  EXPECT_EQ(Value(stranger, strict, "Access-Control-Allow-Origin"), "");
  EXPECT_TRUE(open.MaySend(With(stranger)));
  EXPECT_EQ(Value(stranger, open, "Access-Control-Allow-Origin"), "https://desk.example");
  EXPECT_EQ(Value(stranger, open, "Vary"), "Origin");
  for (const Headers& other : {worse, none}) {
    EXPECT_FALSE(strict.MaySend(With(other)));
    EXPECT_FALSE(open.MaySend(With(other)));
    EXPECT_TRUE(all.MaySend(With(other)));
  }
}

TEST(Neighbours, KnowABrowsersQuestion) {
  const Headers question = {{"Origin", "x"}, {"Access-Control-Request-Method", "POST"}};
  EXPECT_TRUE(Neighbours::IsPreflight(With(question, "OPTIONS")));
  EXPECT_FALSE(Neighbours::IsPreflight(With(question, "POST")));
  EXPECT_FALSE(Neighbours::IsPreflight(With({{"Origin", "x"}}, "OPTIONS")));
  EXPECT_EQ(Neighbours::Preflight().status, 204);
}

}  // namespace
}  // namespace headwater::gateway
