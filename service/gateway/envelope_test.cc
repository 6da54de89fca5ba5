#include "gateway/envelope.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::gateway {
namespace {

TEST(Envelope, IsAByteOfFlagsFourOfLengthAndTheMessage) {
  EXPECT_EQ(Enveloped("ab", 0), std::string("\0\0\0\0\2ab", 7));
  EXPECT_EQ(Enveloped("", kEndStream), std::string("\2\0\0\0\0", 5));
  EXPECT_EQ(Enveloped(std::string(0x010203, 'x'), kPacked).substr(0, 5),
            std::string("\1\0\1\2\3", 5));
}

TEST(ReadOnlyEnvelope, GivesBackWhatWasEnveloped) {
  for (const std::string& message : {std::string(), std::string("ab"), std::string(70'000, 'x')}) {
    for (const unsigned char flags : {0, 1}) {
      const std::string bytes = Enveloped(message, flags);
      const auto envelope = ReadOnlyEnvelope(bytes);
      ASSERT_TRUE(envelope.ok()) << envelope.status();
      EXPECT_EQ(envelope->message, message);
      EXPECT_EQ(envelope->packed, flags == kPacked);
    }
  }
}

TEST(ReadOnlyEnvelope, RefusesWhatIsNotOneWholeFrame) {
  const std::string good = Enveloped("message", 0);
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(ReadOnlyEnvelope(good.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(ReadOnlyEnvelope(good + "x").ok());
  EXPECT_FALSE(ReadOnlyEnvelope(good + good).ok());
  for (int flags = 2; flags < 256; ++flags) {
    EXPECT_FALSE(ReadOnlyEnvelope(Enveloped("message", static_cast<unsigned char>(flags))).ok());
  }
  EXPECT_FALSE(ReadOnlyEnvelope(std::string("\0\xff\xff\xff\xff", 5) + "short").ok());
}

}  // namespace
}  // namespace headwater::gateway
