#include "gateway/connect_error.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/escaping.h"
#include "database/errors.h"
#include "gateway/envelope.h"
#include "google/rpc/error_details.pb.h"
#include "kv/engine.h"
#include "request/door/errors.h"

namespace headwater::gateway {
namespace {

using Json = nlohmann::json;

// As connectrpc.com/docs/protocol has them.
TEST(ConnectError, NamesEveryCodeAndItsHttpStatus) {
  const struct {
    absl::StatusCode code;
    const char* name;
    int http;
  } table[] = {
      {absl::StatusCode::kCancelled, "canceled", 499},
      {absl::StatusCode::kUnknown, "unknown", 500},
      {absl::StatusCode::kInvalidArgument, "invalid_argument", 400},
      {absl::StatusCode::kDeadlineExceeded, "deadline_exceeded", 504},
      {absl::StatusCode::kNotFound, "not_found", 404},
      {absl::StatusCode::kAlreadyExists, "already_exists", 409},
      {absl::StatusCode::kPermissionDenied, "permission_denied", 403},
      {absl::StatusCode::kResourceExhausted, "resource_exhausted", 429},
      {absl::StatusCode::kFailedPrecondition, "failed_precondition", 400},
      {absl::StatusCode::kAborted, "aborted", 409},
      {absl::StatusCode::kOutOfRange, "out_of_range", 400},
      {absl::StatusCode::kUnimplemented, "unimplemented", 501},
      {absl::StatusCode::kInternal, "internal", 500},
      {absl::StatusCode::kUnavailable, "unavailable", 503},
      {absl::StatusCode::kDataLoss, "data_loss", 500},
      {absl::StatusCode::kUnauthenticated, "unauthenticated", 401},
  };
  for (const auto& [code, name, http] : table) {
    const absl::Status status(code, "why");
    const Response response = ErrorResponse(status);
    EXPECT_EQ(response.status, http);
    EXPECT_EQ(Json::parse(response.body), (Json{{"code", name}, {"message", "why"}}));
    EXPECT_EQ(Json::parse(EndStreamJson(status)),
              (Json{{"error", {{"code", name}, {"message", "why"}}}}));
  }
  EXPECT_EQ(ErrorResponse(absl::UnimplementedError("x"), 404).status, 404);
  EXPECT_EQ(EndStreamJson(absl::OkStatus()), "{}");
}

TEST(ConnectError, CarriesDetailsInBase64AndInWords) {
  const Json error = Json::parse(ErrorJson(database::InvalidField("claim.text", "is not UTF-8")));
  ASSERT_EQ(error["details"].size(), 1u);
  const Json& detail = error["details"][0];
  EXPECT_EQ(detail["type"], "google.rpc.BadRequest");
  EXPECT_EQ(detail["debug"]["fieldViolations"][0]["field"], "claim.text");
  const std::string value = detail["value"];
  EXPECT_EQ(value.find('='), value.npos);
  std::string bytes;
  google::rpc::BadRequest bad;
  ASSERT_TRUE(absl::Base64Unescape(value, &bytes) && bad.ParseFromString(bytes));
  EXPECT_EQ(bad.field_violations(0).description(), "is not UTF-8");
  EXPECT_EQ(Json::parse(ErrorJson(request::PoolFull()))["details"].size(), 2u);
}

TEST(ConnectError, HidesWhatIsForTheServerAlone) {
  EXPECT_EQ(Json::parse(ErrorJson(kv::WouldBlock()))["code"], "internal");
}

TEST(ConnectError, IsBoundedAndAlwaysJson) {
  const std::string text = ErrorJson(absl::InvalidArgumentError(std::string(1 << 20, '"')));
  EXPECT_LT(text.size(), size_t{100} << 10);
  EXPECT_TRUE(Json::accept(text));
  EXPECT_TRUE(Json::accept(ErrorJson(absl::InvalidArgumentError("\xff\n\x01"))));
}

TEST(ConnectError, EndsAStreamWithAFrame) {
  const Response response = StreamErrorResponse(absl::NotFoundError("x"), /*json=*/false);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers[0].second, "application/connect+proto");
  EXPECT_EQ(response.body[0], kEndStream);
  EXPECT_EQ(Json::parse(response.body.substr(kEnvelopeBytes))["error"]["code"], "not_found");
}

}  // namespace
}  // namespace headwater::gateway
