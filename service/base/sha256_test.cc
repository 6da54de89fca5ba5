#include "base/sha256.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

struct Vector {
  std::string message;
  absl::string_view digest;
};

// FIPS 180-4's examples, the empty message, and the million a's.
std::vector<Vector> Vectors() {
  return {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
       "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1000000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
}

TEST(Sha256Test, GivesTheStandardsDigests) {
  for (const Vector& vector : Vectors()) {
    EXPECT_EQ(ToHex(Sha256(vector.message)), vector.digest);
  }
}

TEST(Sha256Test, PiecesOfAnySizeGiveTheSame) {
  Sha256Hasher hasher;  // one for all: Finish() must leave it fresh
  for (const Vector& vector : Vectors()) {
    for (const size_t piece : {size_t{1}, size_t{63}, size_t{64}, size_t{65}, size_t{100000}}) {
      if (piece == 1 && vector.message.size() > 1000) continue;
      for (size_t i = 0; i < vector.message.size(); i += piece) {
        hasher.Update(absl::string_view(vector.message).substr(i, piece));
      }
      EXPECT_EQ(ToHex(hasher.Finish()), vector.digest) << piece;
    }
  }
}

TEST(Sha256Test, AHasherMovesWithItsState) {
  Sha256Hasher first;
  first.Update("a");
  Sha256Hasher second = std::move(first);
  second.Update("b");
  Sha256Hasher third;
  third.Update("rubbish");
  third = std::move(second);
  third.Update("c");
  EXPECT_EQ(third.Finish(), Sha256("abc"));
}

TEST(Sha256Test, AHasherAndTheOneShotDoNotDisturbEachOther) {
  Sha256Hasher hasher;
  hasher.Update("ab");
  EXPECT_EQ(ToHex(Sha256("")).substr(0, 8), "e3b0c442");
  hasher.Update("c");
  EXPECT_EQ(hasher.Finish(), Sha256("abc"));
}

TEST(Sha256Test, ThreadsDoNotDisturbEachOther) {
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([i, &wrong] {
      const std::string message(i * 50, static_cast<char>('a' + i));
      const Sha256Digest expected = Sha256(message);
      for (int round = 0; round < 2000; ++round) wrong[i] += Sha256(message) != expected;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(DigestFromBytesTest, TakesExactlyThirtyTwo) {
  const Sha256Digest digest = Sha256("abc");
  EXPECT_EQ(DigestFromBytes(AsBytes(digest)), digest);
  EXPECT_EQ(DigestFromBytes(""), std::nullopt);
  EXPECT_EQ(DigestFromBytes(std::string(31, 'x')), std::nullopt);
  EXPECT_EQ(DigestFromBytes(std::string(33, 'x')), std::nullopt);
}

TEST(HexTest, EveryByteGoesThereAndBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  const std::string hex = ToHex(bytes);
  EXPECT_EQ(hex.substr(0, 6), "000102");
  EXPECT_EQ(hex.substr(506), "fdfeff");
  EXPECT_EQ(FromHex(hex), bytes);
  EXPECT_EQ(FromHex("fFfE"), "\xff\xfe");
  EXPECT_EQ(FromHex(""), "");
  EXPECT_EQ(ToHex(absl::string_view()), "");
}

TEST(HexTest, RefusesWhatIsNotHex) {
  for (const absl::string_view text : {"f", "fff", "0g", "g0", " 0", "0x", "-1", "0\xc3"}) {
    EXPECT_EQ(FromHex(text), std::nullopt) << text;
  }
  EXPECT_EQ(FromHex(absl::string_view("0\0", 2)), std::nullopt);
}

}  // namespace
}  // namespace headwater
