#include "search/index/posting_block.h"

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace headwater::search {
namespace {

// Ascending numbers, each up to `widest` behind the one before.
std::vector<Posting> RandomPostings(size_t count, uint32_t widest, bool has_impacts,
                                    std::mt19937_64* random) {
  std::vector<Posting> postings;
  uint32_t number = static_cast<uint32_t>((*random)() % 1000);
  for (size_t i = 0; i < count; ++i) {
    postings.push_back({number, static_cast<uint8_t>(has_impacts ? 1 + (*random)() % 255 : 0)});
    number += 1 + static_cast<uint32_t>((*random)() % widest);
  }
  return postings;
}

TEST(PostingBlock, HoldsWhatWasPutIn) {
  std::mt19937_64 random(3);
  for (const size_t count : {1, 2, 63, 64, 65, 200, 512, 1024}) {
    for (const uint32_t widest : {1u, 200u, 256u, 60'000u, 65'536u, 4'000'000u}) {
      for (const bool has_impacts : {false, true}) {
        const std::vector<Posting> postings = RandomPostings(count, widest, has_impacts, &random);
        const uint32_t last = postings.back().number;
        const std::string bytes = EncodeBlock(postings);
        std::vector<Posting> decoded;
        ASSERT_TRUE(DecodeBlock(bytes, last, &decoded)) << count << " " << widest;
        ASSERT_EQ(decoded, postings);
        const std::optional<PostingBlock> block = PostingBlock::Open(bytes, last);
        ASSERT_TRUE(block.has_value());
        ASSERT_EQ(block->pages(), (count + 63) / 64);
        for (size_t page = 0; page < block->pages(); ++page) {
          const absl::Span<const Posting> own =
              absl::MakeConstSpan(postings).subspan(64 * page, 64);
          const PageSummary summary = block->page(page);
          EXPECT_LE(summary.first, own.front().number);
          EXPECT_EQ(summary.last, own.back().number);
          EXPECT_EQ(summary.count, own.size());
          EXPECT_EQ(summary.max_impact, MaxImpact(own));
        }
      }
    }
  }
}

// Whatever becomes of the bytes, nothing beyond them is read (the sanitizers watch), and what is
// cut short is noticed.
TEST(PostingBlock, DamageIsNoticedOrHarmless) {
  std::mt19937_64 random(4);
  const std::vector<Posting> postings = RandomPostings(300, 3000, true, &random);
  const uint32_t last = postings.back().number;
  const std::string bytes = EncodeBlock(postings);
  std::vector<Posting> decoded;
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeBlock(bytes.substr(0, size), last, &decoded)) << size;
  }
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = bytes;
    for (uint64_t flips = 1 + random() % 3; flips > 0; --flips) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    decoded.clear();
    if (DecodeBlock(damaged, last, &decoded)) {
      EXPECT_EQ(decoded.back().number, last);
      for (size_t begin = 0; begin < decoded.size(); begin += kPagePostings) {
        const auto page = absl::MakeConstSpan(decoded).subspan(begin, kPagePostings);
        EXPECT_TRUE(
            std::is_sorted(page.begin(), page.end(),
                           [](const Posting& a, const Posting& b) { return a.number < b.number; }));
      }
      EXPECT_LE(decoded.size(), 2 * kBlockPostings);
    }
  }
}

// Its numbers are 5, 4,294,967,295 and, past the end of 32 bits, 10.
TEST(PostingTail, NumbersThatDoNotAscendAreDamage) {
  const std::string value("\x03\x00\x0a\x03\x01\x05\xfa\xff\xff\xff\x0f\x0b\x01\x01\x01", 15);
  const std::optional<TermHead> head = ParseHead(value);
  ASSERT_TRUE(head.has_value());
  PagePostings postings;
  EXPECT_FALSE(DecodeTail(*head, &postings));
}

}  // namespace
}  // namespace headwater::search
