#include "gateway/compression.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::gateway {
namespace {

std::string Mixed(size_t size) {
  std::string bytes;
  uint32_t state = 1;
  while (bytes.size() < size) {
    state = state * 1664525 + 1013904223;
    bytes.push_back(static_cast<char>(state >> 24 & (bytes.size() % 512 < 256 ? 0xFF : 0x03)));
  }
  return bytes;
}

TEST(Compression, GivesBackWhatWasPacked) {
  for (const size_t size : {0u, 1u, 1000u, 65'536u, 3'000'000u}) {
    const std::string bytes = Mixed(size);
    for (const std::string& packed : {Pack(bytes), PackTightly(bytes)}) {
      EXPECT_EQ(UnpackedSize(packed).value(), size);
      EXPECT_EQ(Unpack(packed).value(), bytes);
    }
  }
  EXPECT_LT(PackTightly(std::string(100'000, 'x')).size(), 300u);
}

TEST(Compression, RefusesWhatIsCutShortChangedOrFollowed) {
  const std::string packed = Pack(Mixed(500));
  for (size_t size = 0; size < packed.size(); ++size) {
    EXPECT_FALSE(Unpack(packed.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(Unpack(packed + "x").ok());
  EXPECT_FALSE(Unpack(packed + packed).ok());
  std::string changed = packed;
  changed[changed.size() / 2] ^= 0x10;
  EXPECT_FALSE(Unpack(changed).ok());
}

// What unpacks to more than it says is told by its size, which is looked at first.
TEST(Compression, RefusesWhatLiesAboutItsSize) {
  std::string packed = Pack(std::string(1'000'000, 'x'));
  packed[packed.size() - 4] = 10;
  packed[packed.size() - 3] = packed[packed.size() - 2] = packed[packed.size() - 1] = 0;
  EXPECT_EQ(UnpackedSize(packed).value(), 10u);
  EXPECT_FALSE(Unpack(packed).ok());
}

}  // namespace
}  // namespace headwater::gateway
