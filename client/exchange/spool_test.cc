#include "exchange/spool.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {
namespace {

TEST(Spool, ReadsBackInAnyOrder) {
  absl::StatusOr<Spool> spool = Spool::Open();
  ASSERT_TRUE(spool.ok()) << spool.status();
  std::vector<SpoolPlace> places;
  v1::Record record;
  for (int i = 0; i < 3000; ++i) {
    record.mutable_claim()->set_name(absl::StrCat("claims/", i));
    record.mutable_claim()->set_text(std::string(i, 'x'));
    places.push_back(spool->Write(record).value());
  }
  for (int i = 2999; i >= 0; --i) {
    ASSERT_TRUE(spool->Read(places[i], &record).ok());
    ASSERT_EQ(record.claim().name(), absl::StrCat("claims/", i));
    ASSERT_EQ(record.claim().text().size(), static_cast<size_t>(i));
  }
  // And after reading it can be written again.
  const SpoolPlace last = spool->Write(record).value();
  ASSERT_TRUE(spool->Read(last, &record).ok());
  EXPECT_EQ(record.claim().name(), "claims/0");
}

TEST(Spool, KeepsBytesAndForgetsThem) {
  absl::StatusOr<Spool> spool = Spool::Open();
  ASSERT_TRUE(spool.ok()) << spool.status();
  const SpoolPlace first = spool->WriteBytes(std::string(100'000, 'a')).value();
  const SpoolPlace second = spool->WriteBytes(absl::string_view("b\0\n", 3)).value();
  std::string bytes;
  ASSERT_TRUE(spool->ReadBytes(first, &bytes).ok());
  EXPECT_EQ(bytes, std::string(100'000, 'a'));
  spool->Forget(second.offset);
  ASSERT_TRUE(spool->ReadBytes(second, &bytes).ok());
  EXPECT_EQ(bytes, std::string("b\0\n", 3));
}

}  // namespace
}  // namespace headwater::exchange
