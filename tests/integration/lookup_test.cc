// Sources looked up by name, through gRPC.
#include <chrono>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Setup Followed() {
  Setup setup;
  setup.follow = true;
  return setup;
}

// Names of sources in other scripts and nearly right.
class LookupTest : public ApiTest {
 protected:
  LookupTest() : ApiTest(Followed()) {}

  void Outlet(const std::string& id, const std::string& name, const std::string& alias = "") {
    v1::CreateSourceRequest source = NewSource(id);
    source.mutable_source()->set_display_name(name);
    if (!alias.empty()) source.mutable_source()->add_aliases(alias);
    Ok(&Sources::CreateSource, source);
  }
  // "=" before those who bear the name, "~" before those who bear a similar one.
  std::vector<std::string> Found(const std::string& name) {
    server_.database().WaitForIndex(server_.head(), std::chrono::seconds(30));
    v1::LookupSourceRequest request;
    request.set_name(name);
    const auto response = Ok(&Sources::LookupSource, request);
    std::vector<std::string> found;
    for (const v1::Source& source : response.sources()) found.push_back("=" + source.name());
    for (const v1::Source& source : response.similar_sources())
      found.push_back("~" + source.name());
    return found;
  }
};

TEST_F(LookupTest, NamesMeetAcrossScripts) {
  Outlet("reuters", "Reuters", "路透社");
  Outlet("tri-dat", "Trí Đạt");
  Outlet("izvestia", "Известия");
  Outlet("kathimerini", "Η Καθημερινή");
  Outlet("ft", "Financial Times");
  EXPECT_THAT(Found("reuters"), ElementsAre("=sources/reuters"));
  EXPECT_THAT(Found("路透社"), ElementsAre("=sources/reuters"));
  EXPECT_THAT(Found("Рейтерс"), ElementsAre("~sources/reuters"));
  EXPECT_THAT(Found("tri dat"), ElementsAre("=sources/tri-dat"));
  EXPECT_THAT(Found("tri datt"), ElementsAre("~sources/tri-dat"));
  EXPECT_THAT(Found("Izvestia"), ElementsAre("~sources/izvestia"));
  EXPECT_THAT(Found("I Kathimerini"), ElementsAre("~sources/kathimerini"));
  EXPECT_THAT(Found("Finansial Taims"), ElementsAre("~sources/ft"));
  EXPECT_THAT(Found("Bloomberg"), IsEmpty());
}

}  // namespace
}  // namespace headwater::integration
