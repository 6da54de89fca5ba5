#include "request/door/actor.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::request {
namespace {

TEST(CheckActor, TakesPrintableAsciiAsText) {
  EXPECT_TRUE(CheckActor(kActorKey, "").ok());
  EXPECT_TRUE(CheckActor(kActorKey, "a ~!").ok());
  for (const char* bad : {"a\n", "\x1f", "\x7f", "Tr\xc3\xad"}) {
    EXPECT_EQ(CheckActor(kActorKey, bad).code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

TEST(CheckActor, TakesOneLineOfSoundTextAsBytes) {
  for (const char* good :
       {"", "a ~!", "Tr\xc3\xad \xc4\x90\xe1\xba\xa1t", "\xe8\xae\xb0\xe8\x80\x85"}) {
    EXPECT_TRUE(CheckActor(kActorBinKey, good).ok()) << good;
  }
  const std::string longest(200, 'a');
  EXPECT_TRUE(CheckActor(kActorBinKey, longest).ok());
  // Too long in bytes, though not in characters; broken; overlong; decomposed; of two lines; one
  // that turns the direction of writing.
  std::string long_words;
  for (int i = 0; i < 101; ++i) long_words += "\xc3\xad";
  for (const std::string& bad : {long_words, std::string("\xff"), std::string("\xc0\xaf"),
                                 std::string("i\xcc\x81"), std::string("a\nb"),
                                 std::string("a\xe2\x80\xa8"
                                             "b"),
                                 std::string("\xe2\x80\xae"
                                             "a"),
                                 std::string("a\0", 2)}) {
    EXPECT_EQ(CheckActor(kActorBinKey, bad).code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

TEST(ActorOf, TakesOneActorUnderEitherKey) {
  EXPECT_EQ(ActorOf({}, {}).value(), "");
  EXPECT_EQ(ActorOf({"Tri"}, {}).value(), "Tri");
  EXPECT_EQ(ActorOf({}, {"Tr\xc3\xad"}).value(), "Tr\xc3\xad");
  EXPECT_EQ(ActorOf({"Tri"}, {"Tri"}).value(), "Tri");
  EXPECT_FALSE(ActorOf({"Tri"}, {"Tr\xc3\xad"}).ok());
  EXPECT_FALSE(ActorOf({"Tri", "Tri"}, {}).ok());
  EXPECT_FALSE(ActorOf({}, {"Tri", "Tri"}).ok());
}

}  // namespace
}  // namespace headwater::request
