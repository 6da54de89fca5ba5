#include "database/field_mask.h"

#include <gmock/gmock.h>

#include "google/protobuf/util/message_differencer.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "records/testing.h"

namespace headwater::database {
namespace {

using google::protobuf::util::MessageDifferencer;
using records::testing::Parsed;
using ::testing::HasSubstr;

google::protobuf::FieldMask Mask(const std::vector<std::string>& paths) {
  google::protobuf::FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

constexpr char kCurrent[] = R"(
  name: "claims/x/attributions/a" source: "sources/ft" document: "documents/d"
  stance: STANCE_ASSERTS said_date: "2025" hedges: "may" hedges: "reportedly" note: "old"
  quote { exact: "words" cue: "said" })";

// What kCurrent becomes, in text format.
void ExpectUpdated(const std::string& update, const std::vector<std::string>& paths,
                   const std::string& wanted) {
  const auto current = Parsed<v1::Attribution>(kCurrent);
  const auto updated = Updated(current, Parsed<v1::Attribution>(update), Mask(paths), "");
  ASSERT_TRUE(updated.ok()) << updated.status();
  const auto expected = Parsed<v1::Attribution>(wanted);
  EXPECT_TRUE(MessageDifferencer::Equals(**updated, expected)) << (*updated)->DebugString();
}

// The field and the description of the one violation.
std::string Refusal(const std::string& update, const std::vector<std::string>& paths) {
  const auto updated = Updated(Parsed<v1::Attribution>(kCurrent), Parsed<v1::Attribution>(update),
                               Mask(paths), "requests[2].");
  if (updated.ok()) return "none";
  EXPECT_EQ(updated.status().code(), absl::StatusCode::kInvalidArgument);
  google::rpc::BadRequest bad;
  const auto payload = updated.status().GetPayload("type.googleapis.com/google.rpc.BadRequest");
  EXPECT_TRUE(payload && bad.ParseFromString(std::string(*payload)));
  EXPECT_EQ(bad.field_violations_size(), 1);
  return bad.field_violations(0).field() + " " + bad.field_violations(0).description();
}

constexpr char kRest[] = R"(
  name: "claims/x/attributions/a" source: "sources/ft" document: "documents/d"
  stance: STANCE_ASSERTS )";

TEST(Updated, TakesWhatTheMaskNames) {
  ExpectUpdated(R"(note: "new" said_date: "2026")", {"note"},
                std::string(kRest) + R"(said_date: "2025" hedges: "may" hedges: "reportedly"
                                        note: "new" quote { exact: "words" cue: "said" })");
}

TEST(Updated, ClearsWhatTheMaskNamesAndTheUpdateDoesNotSet) {
  ExpectUpdated("", {"note", "hedges", "quote", "said_date"}, kRest);
}

TEST(Updated, TakesAListWhole) {
  ExpectUpdated(R"(hedges: "perhaps")", {"hedges", "note", "quote", "said_date"},
                std::string(kRest) + R"(hedges: "perhaps")");
}

TEST(Updated, TakesAFieldInsideAnother) {
  const std::string before = std::string(kRest) + R"(said_date: "2025" hedges: "may"
                                                     hedges: "reportedly" note: "old" )";
  ExpectUpdated(R"(quote { exact: "other" cue: "claims" })", {"quote.cue"},
                before + R"(quote { exact: "words" cue: "claims" })");
  ExpectUpdated("", {"quote.cue"}, before + R"(quote { exact: "words" })");
  ExpectUpdated(R"(quote { position { start: 1 end: 6 } })", {"quote.position.end"},
                before + R"(quote { exact: "words" cue: "said" position { end: 6 } })");
  // Neither has one: there is nothing to clear it in.
  ExpectUpdated("", {"denial.part"}, before + R"(quote { exact: "words" cue: "said" })");
}

TEST(Updated, TakesAFieldOnceHoweverOftenItIsNamed) {
  const std::string after = std::string(kRest) + R"(said_date: "2025" hedges: "may"
      hedges: "reportedly" note: "new" quote { exact: "other" cue: "claims" })";
  const std::string update = R"(note: "new" quote { exact: "other" cue: "claims" })";
  ExpectUpdated(update, {"note", "quote", "note", "quote"}, after);
  ExpectUpdated(update, {"quote", "note", "quote.cue"}, after);
  ExpectUpdated(update, {"quote.cue", "note", "quote"}, after);
  ExpectUpdated(update, {"quote.cue", "note", "quote.exact", "quote.cue"}, after);
}

TEST(Updated, WithoutAMaskTakesWhatIsSet) {
  ExpectUpdated(R"(note: "new" hedges: "perhaps" quote { exact: "other" })", {},
                std::string(kRest) + R"(said_date: "2025" hedges: "perhaps" note: "new"
                                        quote { exact: "other" })");
  ExpectUpdated("", {}, kCurrent);
}

TEST(Updated, WithAStarTakesAllButWhatMayNotChange) {
  ExpectUpdated(R"(source: "sources/dpa" note: "new")", {"*"},
                R"(name: "claims/x/attributions/a" source: "sources/dpa" note: "new")");
}

TEST(Updated, WhatTheServerMakesIsLeftAlone) {
  ExpectUpdated(R"(sequence: 9 etag: "e" create_time { seconds: 1 })", {}, kCurrent);
  ExpectUpdated(R"(sequence: 9 etag: "e" note: "new" )", {"note"},
                std::string(kRest) + R"(said_date: "2025" hedges: "may" hedges: "reportedly"
                                        note: "new" quote { exact: "words" cue: "said" })");
}

TEST(Updated, AnImmutableFieldMayBeSentAsItStands) {
  ExpectUpdated(R"(name: "claims/x/attributions/a")", {}, kCurrent);
  EXPECT_EQ(Refusal(R"(name: "claims/x/attributions/b")", {}),
            "requests[2].attribution.name can't be changed by an update; send it as it stands or "
            "leave it out");
  EXPECT_THAT(Refusal(R"(withdrawal { kind: WITHDRAWAL_KIND_RETRACTED })", {"note"}),
              HasSubstr("requests[2].attribution.withdrawal can't be changed"));
}

TEST(Updated, RefusesAMaskThatNamesWhatMayNotChange) {
  for (const char* path : {"name", "withdrawal", "withdrawal.reason", "sequence", "etag",
                           "create_time", "create_time.seconds"}) {
    EXPECT_EQ(Refusal("", {"note", path}), "requests[2].update_mask.paths[1] '" +
                                               std::string(path) +
                                               "' can't be changed by an update");
  }
}

TEST(Updated, RefusesAMaskThatNamesWhatThereIsNot) {
  for (const char* path : {"", ".", "nothing", "note.", ".note", "note.text", "quote..cue",
                           "quote.nothing", "cites.source", "hedges.0", "Note", "quote cue"}) {
    EXPECT_THAT(Refusal("", {path}), HasSubstr("requests[2].update_mask.paths[0] '" +
                                               std::string(path) + "' is no field of Attribution"));
  }
  EXPECT_THAT(Refusal("", {"*", "note"}), HasSubstr("paths[0] '*' is no field"));
}

TEST(Updated, AnEndlessPathIsNotSaidBackWhole) {
  EXPECT_LT(Refusal("", {std::string(1'000'000, 'x')}).size(), 300u);
}

}  // namespace
}  // namespace headwater::database
