// What tests that handle resources share.
#ifndef HEADWATER_RECORDS_TESTING_H_
#define HEADWATER_RECORDS_TESTING_H_

#include <random>
#include <string>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater::records::testing {

// The message that protobuf's text format describes.
template <class Message>
Message Parsed(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// `count` times `text`.
inline std::string Repeated(const std::string& text, size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (size_t i = 0; i < count; ++i) all.append(text);
  return all;
}

// Up to `most` bytes of any value.
inline std::string RandomBytes(size_t most, std::mt19937_64* random) {
  std::string bytes((*random)() % (most + 1), '\0');
  for (char& byte : bytes) byte = static_cast<char>((*random)());
  return bytes;
}

}  // namespace headwater::records::testing

#endif  // HEADWATER_RECORDS_TESTING_H_
