#include "keys/name.h"

#include <algorithm>
#include <vector>

#include "gtest/gtest.h"

namespace headwater::keys {
namespace {

TEST(Name, ParsesEveryKindAndPrintsItBack) {
  for (const char* text : {"sources/ft", "documents/d-1", "claims/0", "claims/x/attributions/ft",
                           "claims/x/relations/r", "claims/x/reviews/snopes"}) {
    std::optional<Name> name = Name::Parse(text);
    ASSERT_TRUE(name) << text;
    EXPECT_EQ(name->Text(), text);
    std::string key = name->Key();
    absl::string_view in = key;
    EXPECT_EQ(Name::TakeKey(&in), name);
    EXPECT_TRUE(in.empty());
  }
}

TEST(Name, RefusesEverythingElse) {
  const std::string long_id(64, 'a');
  for (const std::string& text : {std::string(""),
                                  std::string("sources"),
                                  std::string("sources/"),
                                  std::string("/sources/ft"),
                                  std::string("sources/FT"),
                                  std::string("sources/-ft"),
                                  std::string("sources/ft-"),
                                  std::string("sources/ft/"),
                                  std::string("sources/ft/attributions/x"),
                                  std::string("attributions/x"),
                                  std::string("claims/x/sources/ft"),
                                  std::string("claims/x/attributions"),
                                  std::string("claims/x/attributions/"),
                                  std::string("claims/-/attributions/x"),
                                  std::string("claims/x/attributions/a/b"),
                                  "sources/" + long_id,
                                  std::string("sources/f\0t", 11),
                                  std::string("outlets/ft"),
                                  std::string("sources/f t"),
                                  std::string("sources/é")}) {
    EXPECT_FALSE(Name::Parse(text)) << text;
  }
}

TEST(Name, KeysSortByKindThenIdById) {
  std::vector<Name> names;
  for (const char* text :
       {"sources/z", "documents/a", "claims/a", "claims/a-b", "claims/a0",
        "claims/a/attributions/z", "claims/a-b/attributions/a", "claims/a0/attributions/a"}) {
    names.push_back(*Name::Parse(text));
  }
  for (size_t i = 0; i + 1 < names.size(); ++i)
    EXPECT_LT(names[i].Key(), names[i + 1].Key()) << names[i].Text();
}

TEST(Name, RefusesMalformedKeys) {
  for (const std::string& key : {std::string(""), std::string("\x01"), std::string("\x01 ft"),
                                 std::string("\x09"
                                             "a\0",
                                             3),
                                 std::string("\x04"
                                             "a\0b",
                                             4),
                                 std::string("\x01\0", 2)}) {
    absl::string_view in = key;
    EXPECT_FALSE(Name::TakeKey(&in)) << key;
  }
}

}  // namespace
}  // namespace headwater::keys
