// The bytes of every key, spelled out: a change here is a change of the on-disk format.
#include "keys/register.h"
#include "keys/vector_keys.h"

#include "base/sha256.h"
#include "gtest/gtest.h"
#include "keys/encoding.h"
#include "kv/engine.h"

namespace headwater::keys {
namespace {

Name Parsed(absl::string_view text) { return *Name::Parse(text); }

TEST(Register, TestVectors) {
  EXPECT_EQ(ToHex(LogKey(258)), "0000000000000102");
  EXPECT_EQ(ToHex(Parsed("sources/ft").Key()), "01667400");
  EXPECT_EQ(ToHex(Parsed("claims/x/attributions/ft").Key()), "047800667400");
  EXPECT_EQ(ToHex(VersionSuffix(258)), "fffffffffffffefd");
  EXPECT_EQ(ToHex(EdgePrefix("x")), "7800");
  EXPECT_EQ(ToHex(EdgePrefix("x", "ft")), "7800667400");

  const std::string name = Parsed("claims/x").Key();
  EXPECT_EQ(ToHex(LiveKey(Term(Index::kAll, NoValue()), name)), "0101037800");
  EXPECT_EQ(ToHex(ClosedKey(Term(Index::kAll, NoValue()), name, 7)), "02010378000000000000000007");
  EXPECT_EQ(ToHex(LiveKey(Term(Index::kTag, TextValue("h20")), name)),
            "010968323000"
            "01037800");
  EXPECT_EQ(ToHex(LiveKey(Term(Index::kNature, NumberValue(1)), name)), "010a01037800");
  EXPECT_EQ(ToHex(LiveKey(Term(Index::kSameAs, TextValue("urn:x")), Parsed("sources/ft").Key())),
            "010f75726e3a780001"
            "01667400");
  EXPECT_EQ(ToHex(Term(Index::kDate, DateValue(Kind::kClaim, 0))), "0c0380000000");
  EXPECT_EQ(ToHex(Term(Index::kDate, DateValue(Kind::kClaim, -1))), "0c037fffffff");
  EXPECT_EQ(ToHex(Term(Index::kReference,
                       ReferenceValue(Parsed("sources/ft"), Reference::kAttributionSource))),
            "020166740009");
  EXPECT_EQ(ToHex(LivePrefix(Term(Index::kReference, ReferenceValue(Parsed("sources/ft"))))),
            "010201667400");

  EXPECT_EQ(ToHex(StandingPrefix("x")), "037800");
  EXPECT_EQ(ToHex(StandingPrefix()), "03");
  EXPECT_EQ(ToHex(StandingsWatermarkKey()), "04");
  EXPECT_EQ(ToHex(LiveKey(Term(Index::kStanding, NumberValue(6)), name)), "011006037800");
  EXPECT_EQ(ToHex(LiveKey(Term(Index::kFlag, NumberValue(2)), name)), "011102037800");

  const Corpus claims = Corpus::kClaims;
  EXPECT_EQ(ToHex(TermHeadKey(claims, "wab")),
            "0101776162"
            "0001");
  EXPECT_EQ(ToHex(TermHeadPrefix(claims, "wa")), "01017761");
  EXPECT_EQ(ToHex(TermBlockPrefix(claims, "w")), "0201770001");
  EXPECT_EQ(ToHex(TermBlockKey(claims, "w", 258)), "020177000100000102");
  EXPECT_EQ(ToHex(IndexedKey(claims, 258)), "030100000102");
  EXPECT_EQ(ToHex(IndexedPrefix(Corpus::kSources)), "0302");
  EXPECT_EQ(ToHex(IndexedNumberKey(claims, "x")), "0401780001");
  EXPECT_EQ(ToHex(IndexedNameKey(claims, "x")), "0501780001");
  EXPECT_EQ(ToHex(IndexedLettersKey(claims, "abc", "x")),
            "0601616263000178"
            "0001");
  EXPECT_EQ(ToHex(IndexStatisticsKey(claims)), "0701");
  EXPECT_EQ(ToHex(IndexStatisticsKey(Corpus::kDocuments)), "0703");
  EXPECT_EQ(ToHex(IndexWatermarkKey()), "08");
  EXPECT_EQ(ToHex(SuggestionsWatermarkKey()), "0a");
  EXPECT_EQ(ToHex(LetterCountsKey(claims, 258)), "09010102");
  EXPECT_EQ(NumberOfKey(TermBlockKey(claims, "w", 258)), 258u);
  std::string read;
  EXPECT_TRUE(TermOfHeadKey(TermHeadKey(claims, std::string("w\0x", 3)), &read));
  EXPECT_EQ(read, std::string("w\0x", 3));
  EXPECT_TRUE(NameOfLettersKey(IndexedLettersKey(claims, "abc", "xy"), &read));
  EXPECT_EQ(read, "xy");
  EXPECT_FALSE(TermOfHeadKey("\x01\x01w", &read));

  const std::string hash(32, 'h');
  EXPECT_EQ(RequestKey(hash), "\x01" + hash);
  const std::string expiry = RequestExpiryKey(258, hash);
  EXPECT_EQ(ToHex(expiry.substr(0, 9)), "020000000000000102");
  EXPECT_EQ(HashOfExpiryKey(expiry), hash);
  EXPECT_EQ(MicrosOfExpiryKey(expiry), 258);
  EXPECT_EQ(RequestExpiryPrefix(), "\x02");

  EXPECT_EQ(ImportKey(hash), "\x03" + hash);
  const std::string row = ImportRowKey(hash, 258);
  EXPECT_EQ(row, "\x04" + hash + std::string("\0\0\0\0\0\0\1\2", 8));
  EXPECT_EQ(row.rfind(ImportRowPrefix(hash), 0), 0u);
  EXPECT_EQ(RowOfImportRowKey(row), 258u);
  const std::string import_expiry = ImportExpiryKey(258, hash);
  EXPECT_EQ(ToHex(import_expiry.substr(0, 9)), "050000000000000102");
  EXPECT_EQ(HashOfExpiryKey(import_expiry), hash);
  EXPECT_EQ(MicrosOfExpiryKey(import_expiry), 258);
  EXPECT_EQ(ImportExpiryPrefix(), "\x05");
}

TEST(Register, TestVectorsOfVectors) {
  EXPECT_EQ(ToHex(VectorSpaceKey("m", 258)), "106d00010102");
  EXPECT_EQ(ToHex(VectorKey(3, 258)), "110000000300000102");
  EXPECT_EQ(ToHex(VectorLinksKey(3, 258)), "120000000300000102");
  EXPECT_EQ(ToHex(VectorNodeKey(3, 258)), "130000000300000102");
  EXPECT_EQ(ToHex(VectorPrefix(3)), "1100000003");
  EXPECT_EQ(NumberOfKey(VectorNodeKey(3, 258)), 258u);
  std::string read;
  uint16_t dimensions = 0;
  EXPECT_TRUE(SpaceOfKey(VectorSpaceKey("mn", 4096), &read, &dimensions));
  EXPECT_EQ(read, "mn");
  EXPECT_EQ(dimensions, 4096);
  EXPECT_FALSE(SpaceOfKey("\x10m", &read, &dimensions));
}

TEST(Register, LiveAndClosedRowsOfATermLieUnderItsPrefix) {
  const std::string term = Term(Index::kTag, TextValue("h20"));
  const std::string name = Parsed("claims/x").Key();
  const std::string kind = NameKeyPrefix(Kind::kClaim);
  EXPECT_EQ(LiveKey(term, name).rfind(LivePrefix(term, kind), 0), 0u);
  EXPECT_EQ(ClosedKey(term, name, 9).rfind(ClosedPrefix(term, kind), 0), 0u);
}

TEST(Register, TheHeadRowIsTheEnginesAndNoneOfOurs) {
  EXPECT_EQ(kv::kHeadKey, "head");
  EXPECT_NE(kFormatKey, kv::kHeadKey);
}

}  // namespace
}  // namespace headwater::keys
