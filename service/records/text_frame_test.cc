#include "records/text_frame.h"

#include <zstd.h>

#include <random>

#include "gtest/gtest.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using testing::RandomBytes;
using testing::Repeated;

TEST(TextFrame, ReadsBack) {
  std::mt19937_64 random(1);
  for (const std::string& text :
       {std::string(), std::string("a"), std::string("a\0b", 3), std::string(kMaxTextBytes, 'x'),
        Repeated("Tập đoàn ", 1000), RandomBytes(100'000, &random)}) {
    const std::optional<std::string> read = Decompress(Compress(text));
    ASSERT_TRUE(read);
    EXPECT_TRUE(*read == text) << text.size();
  }
}

TEST(TextFrame, PacksText) { EXPECT_LT(Compress(Repeated("the same words ", 1000)).size(), 100u); }

TEST(TextFrame, TakesTheLongestTextAndNoByteMore) {
  const std::string longest(kMaxTextBytes, 'x');
  EXPECT_TRUE(Decompress(Compress(longest)));
  EXPECT_FALSE(Decompress(Compress(longest + "x")));
}

TEST(TextFrame, RefusesWhatIsCutOffOrGoesOn) {
  const std::string frame = Compress(Repeated("some text of no great length, ", 20));
  for (size_t size = 0; size < frame.size(); ++size)
    EXPECT_FALSE(Decompress(absl::string_view(frame).substr(0, size))) << size;
  EXPECT_FALSE(Decompress(frame + "x"));
  EXPECT_FALSE(Decompress("no frame at all"));
}

TEST(TextFrame, RefusesAFrameThatSaysItHoldsMoreThanItDoes) {
  // A frame of one raw block, with its size in eight bytes (RFC 8878): magic, descriptor, size,
  // the block's header (last, raw, one byte) and the block.
  std::string frame(
      "\x28\xb5\x2f\xfd"
      "\xe0"
      "\x01\0\0\0\0\0\0\0"
      "\x09\0\0"
      "x",
      17);
  ASSERT_EQ(Decompress(frame), "x");
  frame[5] = '\x02';
  EXPECT_FALSE(Decompress(frame));
  frame[5] = '\0';
  EXPECT_FALSE(Decompress(frame));
  frame[12] = '\x7f';  // 2^63 bytes or so: refused before it is asked for
  EXPECT_FALSE(Decompress(frame));
}

TEST(TextFrame, RefusesAFrameThatDoesNotSayItsSize) {
  std::string frame(100, '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  frame.resize(ZSTD_compress2(context, frame.data(), frame.size(), "text", 4));
  ZSTD_freeCCtx(context);
  EXPECT_FALSE(Decompress(frame));
}

}  // namespace
}  // namespace headwater::records
