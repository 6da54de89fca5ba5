#include "keys/encoding.h"

#include "base/sha256.h"

namespace headwater::keys {
namespace {

constexpr size_t kLongestClosed = 96;
constexpr size_t kKeptOfLonger = 64;

void AppendBytes(uint64_t number, int bytes, std::string* out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(number >> shift));
  }
}

uint64_t ReadBytes(absl::string_view bytes) {
  uint64_t number = 0;
  for (char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

void AppendEscaped(absl::string_view bytes, std::string* out) {
  for (char byte : bytes) {
    out->push_back(byte);
    if (byte == '\0') out->push_back('\xff');
  }
}

}  // namespace

void AppendAscending(uint64_t number, std::string* out) { AppendBytes(number, 8, out); }

void AppendDescending(uint64_t number, std::string* out) { AppendBytes(~number, 8, out); }

void AppendOrdered(int32_t number, std::string* out) {
  AppendBytes(static_cast<uint32_t>(number) ^ 0x80000000U, 4, out);
}

void AppendClosed(absl::string_view bytes, std::string* out) {
  if (bytes.size() > kLongestClosed) {
    AppendEscaped(bytes.substr(0, kKeptOfLonger), out);
    AppendEscaped(AsBytes(Sha256(bytes)), out);
  } else {
    AppendEscaped(bytes, out);
  }
  out->push_back('\0');
  out->push_back('\x01');
}

uint64_t ReadAscending(absl::string_view bytes) { return ReadBytes(bytes.substr(0, 8)); }

uint64_t ReadDescending(absl::string_view bytes) { return ~ReadBytes(bytes.substr(0, 8)); }

int32_t ReadOrdered(absl::string_view bytes) {
  return static_cast<int32_t>(static_cast<uint32_t>(ReadBytes(bytes.substr(0, 4))) ^ 0x80000000U);
}

void AppendVarint(uint64_t number, std::string* out) {
  while (number >= 0x80) {
    out->push_back(static_cast<char>(number | 0x80));
    number >>= 7;
  }
  out->push_back(static_cast<char>(number));
}

void AppendSized(absl::string_view bytes, std::string* out) {
  AppendVarint(bytes.size(), out);
  out->append(bytes.data(), bytes.size());
}

bool TakeVarint(absl::string_view* in, uint64_t* number) {
  *number = 0;
  for (int shift = 0; shift < 64 && !in->empty(); shift += 7) {
    const auto byte = static_cast<uint8_t>(in->front());
    in->remove_prefix(1);
    *number |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool TakeSized(absl::string_view* in, absl::string_view* bytes) {
  uint64_t size = 0;
  return TakeVarint(in, &size) && TakeBytes(in, size, bytes);
}

bool TakeBytes(absl::string_view* in, size_t size, absl::string_view* bytes) {
  if (size > in->size()) return false;
  *bytes = in->substr(0, size);
  in->remove_prefix(size);
  return true;
}

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

}  // namespace headwater::keys
