#include "records/entry.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "keys/encoding.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using testing::RandomBytes;

std::string Bytes(const Entry& entry) {
  std::string bytes;
  AppendEntry(entry, &bytes);
  return bytes;
}

// An entry without stored bytes: all that it holds is of a known length.
Entry Sample() {
  static const std::string salt(32, 's');
  static const std::string digest(32, 'd');
  Entry entry;
  entry.operation = v1::OPERATION_UPDATE;
  entry.commit_micros = 300;
  entry.create_micros = 299;
  entry.sequence = 9;
  entry.first_sequence = 7;
  entry.last_sequence = 12;
  entry.body_sequence = 130;
  entry.salt = salt;
  entry.digest = digest;
  entry.actor = "ann";
  entry.name = "claims/x";
  return entry;
}

void ExpectSame(const Entry& a, const Entry& b) {
  EXPECT_EQ(a.operation, b.operation);
  EXPECT_EQ(a.commit_micros, b.commit_micros);
  EXPECT_EQ(a.create_micros, b.create_micros);
  EXPECT_EQ(a.sequence, b.sequence);
  EXPECT_EQ(a.first_sequence, b.first_sequence);
  EXPECT_EQ(a.last_sequence, b.last_sequence);
  EXPECT_EQ(a.body_sequence, b.body_sequence);
  EXPECT_EQ(a.salt, b.salt);
  EXPECT_EQ(a.digest, b.digest);
  EXPECT_EQ(a.actor, b.actor);
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.stored, b.stored);
}

TEST(Entry, TestVector) {
  Entry entry = Sample();
  entry.stored = "xyz";
  const std::string salt(32, 's');
  const std::string digest(32, 'd');
  const std::string numbers("\x01\x02\xac\x02\x01\x02\x03\x82\x01", 9);
  EXPECT_EQ(Bytes(entry), numbers + salt + digest + "\x03" + "ann" + "\x08" + "claims/x" + "xyz");
}

TEST(Entry, ReadsBack) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 5000; ++round) {
    const std::string salt = RandomBytes(0, &random) + std::string(32, static_cast<char>(random()));
    const std::string digest(32, static_cast<char>(random()));
    const std::string actor = RandomBytes(200, &random);
    const std::string name = RandomBytes(200, &random);
    const std::string stored = RandomBytes(300, &random);
    Entry entry;
    entry.operation = static_cast<v1::Operation>(1 + random() % 5);
    entry.commit_micros = static_cast<int64_t>(random() >> (1 + random() % 62));
    entry.create_micros = static_cast<int64_t>(random() % (entry.commit_micros + 1));
    entry.sequence = 1 + (random() >> (1 + random() % 62));
    entry.first_sequence = 1 + random() % entry.sequence;
    entry.last_sequence = entry.sequence + random() % 10000;
    entry.body_sequence = random() % 3 == 0 ? random() : 0;
    entry.salt = salt;
    entry.digest = digest;
    entry.actor = actor;
    entry.name = name;
    entry.stored = stored;
    const std::string bytes = Bytes(entry);
    const std::optional<Entry> read = ParseEntry(entry.sequence, bytes);
    ASSERT_TRUE(read);
    ExpectSame(*read, entry);
  }
}

TEST(Entry, KeepsTimesBefore1970) {
  Entry entry = Sample();
  entry.commit_micros = -5;
  entry.create_micros = -7;
  const std::string bytes = Bytes(entry);
  const std::optional<Entry> read = ParseEntry(entry.sequence, bytes);
  ASSERT_TRUE(read);
  ExpectSame(*read, entry);
}

TEST(Entry, RefusesWhatIsCutOff) {
  const std::string bytes = Bytes(Sample());
  ASSERT_TRUE(ParseEntry(9, bytes));
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ParseEntry(9, absl::string_view(bytes).substr(0, size))) << size;
  }
}

TEST(Entry, RefusesAnotherLayoutAndUnknownOperations) {
  std::string bytes = Bytes(Sample());
  bytes[0] = '\x02';
  EXPECT_FALSE(ParseEntry(9, bytes));
  bytes = Bytes(Sample());
  for (char operation : {'\x06', '\x7f', '\x80', '\xff'}) {
    bytes[1] = operation;
    EXPECT_FALSE(ParseEntry(9, bytes));
  }
}

TEST(Entry, RefusesARequestThatWouldBeginBeforeTheLog) {
  Entry entry = Sample();
  entry.sequence = 2;
  entry.first_sequence = 1;
  const std::string bytes = Bytes(entry);
  EXPECT_TRUE(ParseEntry(2, bytes));
  EXPECT_FALSE(ParseEntry(1, bytes));
  EXPECT_FALSE(ParseEntry(0, bytes));
}

TEST(SaltedDigest, TestVector) {
  std::string salt;
  for (char byte = 0; byte < 32; ++byte) salt.push_back(byte);
  const Sha256Digest digest = SaltedDigest(salt, "claims/x", v1::OPERATION_CREATE, "\x12\x02hi");
  EXPECT_EQ(ToHex(AsBytes(digest)),
            "7a5f0a3faf11f37a3567a609732c9b14ccf33b57c1189e50203877c623250d4c");
}

TEST(SaltedDigest, CommitsToEveryPartAndToWhereItEnds) {
  const std::string salt(32, 's');
  const std::string other(32, 't');
  std::vector<Sha256Digest> digests = {
      SaltedDigest(salt, "claims/x", v1::OPERATION_CREATE, "y"),
      SaltedDigest(other, "claims/x", v1::OPERATION_CREATE, "y"),
      SaltedDigest(salt, "claims/z", v1::OPERATION_CREATE, "y"),
      SaltedDigest(salt, "claims/x", v1::OPERATION_UPDATE, "y"),
      SaltedDigest(salt, "claims/x", v1::OPERATION_CREATE, "z"),
      SaltedDigest(salt, "claims/xy", v1::OPERATION_CREATE, ""),
      SaltedDigest(salt, "", v1::OPERATION_CREATE, "claims/xy"),
  };
  for (size_t i = 0; i < digests.size(); ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(digests[i], digests[j]) << i << " " << j;
  }
}

}  // namespace
}  // namespace headwater::records
