// The part of the key register that is about vectors (register.h lists it with the rest).
#ifndef HEADWATER_KEYS_VECTOR_KEYS_H_
#define HEADWATER_KEYS_VECTOR_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater::keys {

// Vectors that are comparable are in one space; each is a node of its graph. All spaces; a space's
// nodes, the links of them, and which node a claim has, by its number. NumberOfKey() has the
// number at the end of the last three.
std::string VectorSpaceKey(absl::string_view model, uint16_t dimensions);
std::string VectorSpacePrefix();
// The model and dimensions in a key made by VectorSpaceKey. False: malformed.
bool SpaceOfKey(absl::string_view key, std::string* model, uint16_t* dimensions);
std::string VectorKey(uint32_t space, uint32_t node);
std::string VectorPrefix(uint32_t space);
std::string VectorLinksKey(uint32_t space, uint32_t node);
std::string VectorLinksPrefix(uint32_t space);
std::string VectorNodeKey(uint32_t space, uint32_t number);
std::string VectorNodePrefix(uint32_t space);

}  // namespace headwater::keys

#endif  // HEADWATER_KEYS_VECTOR_KEYS_H_
