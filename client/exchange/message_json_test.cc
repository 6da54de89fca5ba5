#include "exchange/message_json.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "exchange/record_lines.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {
namespace {

using Limits = std::numeric_limits<float>;

v1::Record ClaimWith(const std::vector<float>& values) {
  v1::Record record;
  record.mutable_claim()->set_name("claims/c");
  v1::Embedding* const embedding = record.mutable_claim()->add_embeddings();
  embedding->set_model("-0, -0] \"-0\" \\");
  embedding->set_dimensions(static_cast<int>(values.size()));
  embedding->mutable_values()->Add(values.begin(), values.end());
  return record;
}

void ExpectTheSameBytes(const v1::Record& record) {
  for (const bool indented : {false, true}) {
    const std::string json = MessageJson(record, indented);
    v1::Record read;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &read).ok()) << json;
    ASSERT_EQ(read.SerializeAsString(), record.SerializeAsString()) << json;
  }
}

TEST(MessageJson, EveryKindOfFloatComesBackToTheBit) {
  const std::vector<float> values = {
      -0.0f,
      0.0f,
      Limits::denorm_min(),
      -Limits::denorm_min(),
      Limits::min(),
      -0.0f,
      Limits::max(),
      Limits::lowest(),
      0.1f,
      16777216.0f,
      1e-7f,
      1.0f + Limits::epsilon(),
      -1e10f,
      3e9f,
      1e-10f,
      std::nextafter(Limits::min(), 0.0f),
      123456789.0f,
      -0.0f,
  };
  ExpectTheSameBytes(ClaimWith(values));
  for (const float value : values) ExpectTheSameBytes(ClaimWith({value}));
}

TEST(MessageJson, AnyBitsThatAreAFiniteNumberComeBack) {
  std::mt19937 random(20251);
  for (int round = 0; round < 50; ++round) {
    std::vector<float> values;
    while (values.size() < 1000) {
      const auto bits = static_cast<uint32_t>(random());
      float value;
      std::memcpy(&value, &bits, sizeof value);
      if (std::isfinite(value)) values.push_back(value);
    }
    ExpectTheSameBytes(ClaimWith(values));
  }
}

TEST(MessageJson, EveryByteOfAQuantizedVectorComesBack) {
  v1::Record record = ClaimWith({});
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  record.mutable_claim()->mutable_embeddings(0)->set_int8_values(bytes);
  ExpectTheSameBytes(record);
}

TEST(MessageJson, OnlyNumbersAreTouched) {
  EXPECT_EQ(
      MessageJson(ClaimWith({-0.0f, -0.5f, 1e-7f, -0.0f})),
      R"({"claim":{"name":"claims/c","embeddings":[{"model":"-0, -0] \"-0\" \\","dimensions":4,)"
      R"("values":[-0.0,-0.5,1e-07,-0.0]}]}})");
  v1::Record record;
  record.mutable_claim()->set_text("\\\"-0,");
  EXPECT_EQ(MessageJson(record), R"({"claim":{"text":"\\\"-0,"}})");
}

}  // namespace
}  // namespace headwater::exchange
