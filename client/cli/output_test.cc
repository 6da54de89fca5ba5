// Sheets, merged JSON and explained errors.
#include <sstream>

#include "absl/strings/cord.h"
#include "cli/failure.h"
#include "cli/json_output.h"
#include "cli/rows.h"
#include "cli/sheet.h"
#include "exchange/kinds.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "headwater/errors.h"
#include "headwater/v1/claim_service.pb.h"

namespace headwater::cli {
namespace {

using ::testing::ElementsAre;

v1::Claim SampleClaim() {
  v1::Claim claim;
  claim.set_name("claims/share-fell");
  claim.set_text("The share fell.\nIt did.");
  claim.set_language("en");
  auto* translation = claim.add_translations();
  translation->set_language("vi");
  translation->set_text("Thị phần giảm.");
  claim.set_nature(v1::CLAIM_NATURE_FACT);
  for (const char* date : {"2025", "2025-07"}) {
    auto* quantity = claim.add_quantities();
    quantity->set_property("share");
    quantity->set_value("7.5");
    quantity->set_unit("%");
    quantity->set_value_date(date);
  }
  claim.set_sequence(63);
  claim.mutable_create_time()->set_seconds(1754481600);
  claim.set_etag("abc");
  return claim;
}

TEST(Sheet, ReadsAsASheet) {
  std::ostringstream out;
  PrintSheet(out, {}, SampleClaim());
  EXPECT_EQ(out.str(),
            "claims/share-fell\n"
            "  text          The share fell.\n"
            "                It did.\n"
            "  language      en\n"
            "  translations  vi  Thị phần giảm.\n"
            "  nature        FACT\n"
            "  quantities    share  7.5  %  2025\n"
            "                share  7.5  %  2025-07\n"
            "  sequence      63\n"
            "  create-time   2025-08-06T12:00:00Z\n"
            "  etag          abc\n");
}

TEST(Rows, AreShort) {
  EXPECT_THAT(Row(*exchange::FindKind("claim"), SampleClaim()),
              ElementsAre("share-fell", "FACT", "", "The share fell.\nIt did."));
}

// Streaming gives the bytes that printing the merged response would.
TEST(MergedJson, IsTheMergedResponse) {
  for (int items : {0, 1, 3}) {
    v1::ListClaimsResponse merged;
    for (int i = 0; i < items; ++i) *merged.add_claims() = SampleClaim();
    for (int64_t sequence : {0, 63}) {
      merged.set_read_sequence(sequence);
      std::ostringstream whole;
      PrintJson(whole, merged);
      std::ostringstream streamed;
      MergedJson json(&streamed, *v1::ListClaimsResponse::descriptor()->FindFieldByName("claims"));
      for (const v1::Claim& claim : merged.claims()) json.Add(claim);
      v1::ListClaimsResponse last = merged;
      json.End(&last);
      EXPECT_EQ(streamed.str(), whole.str()) << items << " items at " << sequence;
    }
  }
}

absl::Status Refusal(absl::StatusCode code, absl::string_view message,
                     const google::protobuf::Message& detail) {
  google::rpc::Status details;
  details.add_details()->PackFrom(detail);
  absl::Status status(code, message);
  status.SetPayload(kDetailsPayload, absl::Cord(details.SerializeAsString()));
  return status;
}

TEST(Explain, SaysWhatTheServerSays) {
  google::rpc::BadRequest bad;
  auto* violation = bad.add_field_violations();
  violation->set_field("claim.text");
  violation->set_description("must not be empty");
  const auto code = absl::StatusCode::kInvalidArgument;
  EXPECT_EQ(Explain(Refusal(code, "claim.text must not be empty", bad)),
            "headwater: claim.text must not be empty\n");
  violation = bad.add_field_violations();
  violation->set_field("claim.language");
  violation->set_description("must be a language tag");
  EXPECT_EQ(Explain(Refusal(code, "claim.text must not be empty; claim.language must …", bad)),
            "headwater: refused, for 2 reasons\n"
            "  claim.text must not be empty\n"
            "  claim.language must be a language tag\n");
}

TEST(Explain, SaysWhatToDoNext) {
  google::rpc::ResourceInfo info;
  info.set_resource_name("claims/x");
  EXPECT_EQ(Explain(Refusal(absl::StatusCode::kAlreadyExists, "there is already claims/x", info)),
            "headwater: there is already claims/x\n"
            "  (see it with `headwater claim get claims/x` and --show-deleted, change it with "
            "`update`)\n");
  google::rpc::ErrorInfo why;
  why.set_reason("ETAG_STALE");
  EXPECT_EQ(Explain(Refusal(absl::StatusCode::kAborted, "the etag is stale", why)),
            "headwater: the etag is stale\n"
            "  (`get` shows the new etag)\n");
  why.set_reason("PAGE_TOKEN_EXPIRED");
  EXPECT_EQ(Explain(Refusal(absl::StatusCode::kAborted, "that state is gone", why)),
            "headwater: that state is gone\n");
}

TEST(ExitCodes, AreStable) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), 1);
  EXPECT_EQ(ExitCodeOf(UsageError("")), 2);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::AlreadyExistsError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::AbortedError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::FailedPreconditionError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), 5);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), 5);
}

}  // namespace
}  // namespace headwater::cli
