// Page tokens: input is tried as a token, as the bytes in one, and as the position in one.
#include "absl/strings/escaping.h"
#include "database/page_token.h"
#include "fuzz/fuzz.h"
#include "headwater/v1/claim_service.pb.h"

namespace headwater::fuzz {
namespace {

void TryToken(absl::string_view text, const v1::ListClaimsRequest& request) {
  const auto token = database::DecodePageToken(text, request);
  if (!token.ok()) {
    HW_HOLDS(token.status().code() == absl::StatusCode::kInvalidArgument);
    HW_HOLDS(token.status().message().size() < 200);
    return;
  }
  HW_HOLDS(token->position.size() <= text.size());
  const std::string again = database::EncodePageToken(*token, request);
  const auto second = database::DecodePageToken(again, request);
  HW_HOLDS(second.ok() && second->sequence == token->sequence &&
           second->position == token->position);
}

}  // namespace

void Try(absl::string_view input) {
  v1::ListClaimsRequest request;
  request.set_tag("h20");
  TryToken(input, request);
  std::string text;
  absl::WebSafeBase64Escape(input, &text);
  TryToken(text, request);
  // As if made by this server: the beginning of a real one, then the input.
  std::string real;
  HW_HOLDS(absl::WebSafeBase64Unescape(database::EncodePageToken({}, request), &real));
  absl::WebSafeBase64Escape(real.substr(0, 9) + std::string(input), &text);
  TryToken(text, request);
  const std::string token =
      database::EncodePageToken({1 + input.size(), std::string(input)}, request);
  const auto decoded = database::DecodePageToken(token, request);
  HW_HOLDS(decoded.ok() && decoded->position == input && decoded->sequence == 1 + input.size());
}

}  // namespace headwater::fuzz
