#include "exchange/message_json.h"

#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "google/protobuf/util/json_util.h"

namespace headwater::exchange {
namespace {

// The places behind each "-0" that is a number of its own.
std::vector<size_t> SignedZeros(const std::string& json) {
  std::vector<size_t> zeros;
  bool in_string = false;
  for (size_t i = 0; i + 1 < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '-' && json[i + 1] == '0') {
      const char before = i == 0 ? '[' : json[i - 1];
      const char behind = i + 2 < json.size() ? json[i + 2] : ']';
      const bool is_exponent = before == 'e' || before == 'E';
      const bool goes_on = absl::ascii_isdigit(static_cast<unsigned char>(behind)) ||
                           behind == '.' || behind == 'e' || behind == 'E';
      if (!is_exponent && !goes_on) zeros.push_back(i + 2);
    }
  }
  return zeros;
}

}  // namespace

std::string MessageJson(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  std::string json;
  // Fails only for what is required not to be in it.
  static_cast<void>(google::protobuf::util::MessageToJsonString(message, &json, options));
  const std::vector<size_t> zeros = SignedZeros(json);
  if (zeros.empty()) return json;
  std::string mended;
  size_t done = 0;
  for (const size_t end : zeros) {
    mended.append(json, done, end - done).append(".0");
    done = end;
  }
  return mended.append(json, done);
}

}  // namespace headwater::exchange
