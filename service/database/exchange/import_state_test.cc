#include "database/exchange/import_state.h"

#include <string>

#include "base/sha256.h"
#include "gtest/gtest.h"

namespace headwater::database {
namespace {

ImportState Sample() {
  ImportState state;
  state.on_existing = v1::ON_EXISTING_UPDATE;
  state.phase = ImportPhase::kSettling;
  state.acknowledged = 300;
  state.counts.set_created(1);
  state.counts.set_updated(2);
  state.counts.set_unchanged(3);
  state.counts.set_skipped(4);
  state.counts.set_rejected(5);
  state.counts.set_waiting(6);
  state.expiry_micros = 7;
  return state;
}

TEST(ImportState, ItsBytes) {
  EXPECT_EQ(ToHex(ImportStateValue(Sample())), "010302ac0201020304050607");
}

TEST(ImportState, IsReadBack) {
  const std::string value = ImportStateValue(Sample());
  const auto state = ParseImportState(value);
  ASSERT_TRUE(state);
  EXPECT_EQ(ImportStateValue(*state), value);
  EXPECT_EQ(state->counts.waiting(), 6);
  for (size_t size = 0; size < value.size(); ++size)
    EXPECT_FALSE(ParseImportState(value.substr(0, size))) << size;
  EXPECT_FALSE(ParseImportState(value + "\1"));
  EXPECT_FALSE(ParseImportState("\2" + value.substr(1)));
}

TEST(ImportState, RowsTellWhatTheyAre) {
  v1::ImportResponse errors;
  errors.add_errors()->set_row(3);
  const std::string waiting = WaitingRowValue("record");
  const std::string rejected = RejectedRowValue(errors, /*waited=*/false);
  const std::string late = RejectedRowValue(errors, /*waited=*/true);
  EXPECT_EQ(WaitingRecord(waiting), "record");
  EXPECT_FALSE(RejectedErrors(waiting, false));
  EXPECT_EQ(RejectedErrors(rejected, false), errors.SerializeAsString());
  EXPECT_FALSE(RejectedErrors(rejected, true));
  EXPECT_FALSE(WaitingRecord(rejected));
  EXPECT_EQ(RejectedErrors(late, true), errors.SerializeAsString());
  EXPECT_FALSE(WaitingRecord(""));
}

}  // namespace
}  // namespace headwater::database
