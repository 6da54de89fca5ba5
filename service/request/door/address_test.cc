#include "request/door/address.h"

#include <gtest/gtest.h>

namespace headwater::request {
namespace {

TEST(ParseAddress, ReadsHostAndPort) {
  for (const char* text : {"127.0.0.1:7411", "localhost:0", "[::1]:65535", "news.example:80"}) {
    const auto address = ParseAddress(text);
    ASSERT_TRUE(address.ok()) << text;
    EXPECT_EQ(ToString(*address), text);
  }
  EXPECT_EQ(ParseAddress("[::1]:7411")->host, "::1");
  EXPECT_EQ(ParseAddress("[::1]:7411")->port, 7411);
}

TEST(ParseAddress, RefusesEverythingElse) {
  for (const char* text :
       {"", ":", ":7411", "localhost", "localhost:", "localhost:65536", "localhost:-1",
        "localhost:+1", "localhost:7411 ", "localhost:x", "::1:7411", "[]:7411", "[::1:7411",
        "::1]:7411", "[::1]7411", "localhost:99999999999999999999"}) {
    EXPECT_EQ(ParseAddress(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(IsLoopback, IsWhatOnlyThisMachineReaches) {
  for (const char* text : {"127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost:1", "LOCALHOST:1"}) {
    EXPECT_TRUE(IsLoopback(*ParseAddress(text))) << text;
  }
  for (const char* text : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "128.0.0.1:1", "[::2]:1",
                           "localhost.example:1", "127.0.0.1.example:1"}) {
    EXPECT_FALSE(IsLoopback(*ParseAddress(text))) << text;
  }
}

TEST(WhyNotListening, NamesWhatIsWrong) {
  // An address for documentation (RFC 5737): no machine has it.
  const absl::Status status = WhyNotListening({"192.0.2.1", 7411}, "--listen");
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(status.message().find("192.0.2.1:7411: "), absl::string_view::npos);
}

}  // namespace
}  // namespace headwater::request
