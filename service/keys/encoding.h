// Bytes whose order is the order of what they stand for, and the compact numbers inside values.
#ifndef HEADWATER_KEYS_ENCODING_H_
#define HEADWATER_KEYS_ENCODING_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater::keys {

// Eight bytes, most significant first: ascending order.
void AppendAscending(uint64_t number, std::string* out);
// The complement of that: descending order, so that the newest comes first.
void AppendDescending(uint64_t number, std::string* out);
// Four bytes with the sign bit turned over: ascending order over negative numbers too.
void AppendOrdered(int32_t number, std::string* out);

// Bytes closed so that no value is a prefix of another: 0x00 inside becomes 0x00 0xff, the end is
// 0x00 0x01. Order is the order of the bytes. Values longer than 96 bytes are cut to their first 64
// and the SHA-256 of the whole: equal values stay equal, unequal ones unequal, and order holds up
// to the cut.
void AppendClosed(absl::string_view bytes, std::string* out);

// Requires eight (four) bytes.
uint64_t ReadAscending(absl::string_view bytes);
uint64_t ReadDescending(absl::string_view bytes);
int32_t ReadOrdered(absl::string_view bytes);

// Base-128 varints, least significant group first (protobuf's), and strings behind their length.
void AppendVarint(uint64_t number, std::string* out);
void AppendSized(absl::string_view bytes, std::string* out);

// Take one off the front of `*in`. False, with `*in` in an unspecified state, where it is
// malformed.
bool TakeVarint(absl::string_view* in, uint64_t* number);
bool TakeSized(absl::string_view* in, absl::string_view* bytes);
bool TakeBytes(absl::string_view* in, size_t size, absl::string_view* bytes);

// The first key after all that begin with `prefix`; empty where there is none (all 0xff).
std::string PrefixEnd(absl::string_view prefix);

}  // namespace headwater::keys

#endif  // HEADWATER_KEYS_ENCODING_H_
