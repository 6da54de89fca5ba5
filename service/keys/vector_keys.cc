#include "keys/vector_keys.h"

#include "keys/closed.h"
#include "keys/encoding.h"

namespace headwater::keys {
namespace {

// In postings, beside the tags in register.cc.
constexpr char kVectorSpace = '\x10';
constexpr char kVector = '\x11';
constexpr char kVectorLinks = '\x12';
constexpr char kVectorNode = '\x13';

void AppendNumber(uint32_t number, std::string* out) {
  for (int shift = 24; shift >= 0; shift -= 8) out->push_back(static_cast<char>(number >> shift));
}

std::string NumbersKey(char first, uint32_t number) {
  std::string key(1, first);
  AppendNumber(number, &key);
  return key;
}

std::string NumbersKey(char first, uint32_t number, uint32_t second) {
  std::string key = NumbersKey(first, number);
  AppendNumber(second, &key);
  return key;
}

}  // namespace

std::string VectorSpaceKey(absl::string_view model, uint16_t dimensions) {
  std::string key = VectorSpacePrefix();
  AppendClosed(model, &key);
  key.push_back(static_cast<char>(dimensions >> 8));
  key.push_back(static_cast<char>(dimensions));
  return key;
}

std::string VectorSpacePrefix() { return std::string(1, kVectorSpace); }

bool SpaceOfKey(absl::string_view key, std::string* model, uint16_t* dimensions) {
  if (key.empty()) return false;
  key.remove_prefix(1);
  if (!TakeClosed(&key, model) || key.size() != sizeof(*dimensions)) return false;
  *dimensions =
      static_cast<uint16_t>(static_cast<uint8_t>(key[0]) << 8 | static_cast<uint8_t>(key[1]));
  return true;
}

std::string VectorPrefix(uint32_t space) { return NumbersKey(kVector, space); }
std::string VectorLinksPrefix(uint32_t space) { return NumbersKey(kVectorLinks, space); }
std::string VectorNodePrefix(uint32_t space) { return NumbersKey(kVectorNode, space); }

std::string VectorKey(uint32_t space, uint32_t node) { return NumbersKey(kVector, space, node); }

std::string VectorLinksKey(uint32_t space, uint32_t node) {
  return NumbersKey(kVectorLinks, space, node);
}

std::string VectorNodeKey(uint32_t space, uint32_t number) {
  return NumbersKey(kVectorNode, space, number);
}

}  // namespace headwater::keys
