#include "base/uri.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

TEST(IsAbsoluteUriTest, Good) {
  for (const absl::string_view uri :
       {"https://example.org", "https://example.org/", "http://example.org:8080/a/b;c?d=e&f#g",
        "HTTPS://EXAMPLE.ORG/", "https://user:pw@example.org/", "https://[2001:db8::1]:443/x",
        "https://192.0.2.1/", "https://example.org:/x", "https://example.org?q",
        "https://example.org#f", "mailto:desk@example.org", "urn:isbn:9780000000000",
        "doi:10.1000/182", "tag:example.org,2025:x", "file:///srv/scan.pdf",
        "at://did:plc:abc/app.bsky.feed.post/3k", "ftp://example.org/",
        "https://example.org/a%20b%C3%A9", "https://example.org/~x/(y)!*'", "web+x-y.z:1",
        "https://vi.example.org/ti\xe1\xba\xbfng-Vi\xe1\xbb\x87t",
        "https://b\xc3\xbc\x63her.example/", "https://example.org/\xf0\x9f\x98\x80",
        "https://example.org/#a/b?c",
        // Only the scheme can make a link run; the words may stand elsewhere.
        "https://example.org/javascript:alert(1)", "javascripts:x", "database:x"}) {
    EXPECT_TRUE(IsAbsoluteUri(uri)) << uri;
  }
}

TEST(IsAbsoluteUriTest, Bad) {
  for (const absl::string_view uri :
       {"", ":", "a", "a:", "example.org", "/path", "//example.org/x", "?q", "#f",
        "1http://example.org", "-a:b", "ht tp://example.org", "https:", "https:/", "https://",
        "https:///x", "https:x", "https://?q", "https://:80/", "https://user@/",
        "https://user@:80/", "https://example.org:8o/", "https://example.org/a b",
        " https://example.org", "https://example.org ", "https://example.org/\n",
        "https://example.org/\t", "https://example.org/\x7f", "https://example.org/%",
        "https://example.org/%4", "https://example.org/%4g", "https://example.org/<b>",
        "https://example.org/\"", "https://example.org/\\", "https://example.org/^",
        "https://example.org/`", "https://example.org/{x}", "https://example.org/|",
        "https://example.org/[x]", "https://example.org/#a#b", "https://[2001:db8::1/",
        "https://[]/", "https://2001]:80/", "https://[::1]x/", "https://a[b]/",
        // Ill-formed UTF-8, spaces, line ends, direction controls, private use, noncharacters.
        "https://example.org/\xff", "https://example.org/\xc0\xaf",
        "https://example.org/\xed\xa0\x80", "https://example.org/\xc2\xa0",
        "https://example.org/\xe3\x80\x80", "https://example.org/\xe2\x80\xa8",
        "https://example.org/\xe2\x80\xae", "https://example.org/\xe2\x80\x8f",
        "https://example.org/\xc2\x85", "https://example.org/\xee\x80\x80",
        "https://example.org/\xef\xbf\xbe", "https://exam\xc2\xa0ple.org/"}) {
    EXPECT_FALSE(IsAbsoluteUri(uri)) << uri;
  }
  EXPECT_FALSE(IsAbsoluteUri(absl::string_view("https://example.org/\0", 21)));
}

TEST(IsAbsoluteUriTest, RefusesLinksThatRun) {
  for (const absl::string_view uri :
       {"javascript:alert(1)", "JavaScript:alert(1)", "JAVASCRIPT://example.org/%0aalert(1)",
        "data:text/html,x", "Data:,x", "vbscript:x", "VBScript:x", "java\nscript:x",
        "java\tscript:x", "\x01javascript:x"}) {
    EXPECT_FALSE(IsAbsoluteUri(uri)) << uri;
  }
}

TEST(IsDomainNameTest, Good) {
  for (const absl::string_view domain :
       {"example.org", "a.b", "www.example.co.uk", "x--y.example", "r3---sn-a.example.com",
        "4chan.org", "1.2.3.4a", "xn--bcher-kva.example", "example.xn--p1ai",
        "xn--fiqs8s.xn--fiqs8s"}) {
    EXPECT_TRUE(IsDomainName(domain)) << domain;
  }
}

TEST(IsDomainNameTest, Bad) {
  for (const absl::string_view domain :
       {"", ".", "org", "example.org.", ".example.org", "a..b", "Example.org", "-a.org", "a-.org",
        "a_b.org", "a b.org", "*.example.org", "b\xc3\xbc\x63her.example", "192.0.2.1", "a.1",
        "example.org:80", "example.org/", "https://example.org",
        // Not what IDNA would write: nothing after the prefix, undecodable, ASCII in disguise,
        // capitals in disguise.
        "xn--.example", "xn--a.example", "xn--abc-.example", "xn--zzzzzzzzz99999.example",
        "xn--Bcher-kva.example", "xn--bcher-KVA.example"}) {
    EXPECT_FALSE(IsDomainName(domain)) << domain;
  }
  EXPECT_FALSE(IsDomainName(absl::string_view("a.b\0", 4)));
}

TEST(IsDomainNameTest, Lengths) {
  const std::string label(63, 'a');
  EXPECT_TRUE(IsDomainName(label + ".org"));
  EXPECT_FALSE(IsDomainName(label + "a.org"));
  const std::string three = absl::StrCat(label, ".", label, ".", label, ".");
  EXPECT_TRUE(IsDomainName(three + std::string(61, 'b')));   // 253
  EXPECT_FALSE(IsDomainName(three + std::string(62, 'b')));  // 254
}

}  // namespace
}  // namespace headwater
