// SHA-256 (FIPS 180-4), and bytes as hexadecimal text.
#ifndef HEADWATER_BASE_SHA256_H_
#define HEADWATER_BASE_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace headwater {

using Sha256Digest = std::array<uint8_t, 32>;

Sha256Digest Sha256(absl::string_view data);

// The digest of bytes that come in pieces. One thread at a time; movable, and only destroyed or
// assigned to after it was moved from.
class Sha256Hasher {
 public:
  Sha256Hasher();
  ~Sha256Hasher();
  Sha256Hasher(Sha256Hasher&&) noexcept;
  Sha256Hasher& operator=(Sha256Hasher&&) noexcept;

  void Update(absl::string_view data);
  // The digest of all since construction or the last Finish(), and a fresh start.
  Sha256Digest Finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// A view of the digest's 32 bytes; lives as long as the digest.
inline absl::string_view AsBytes(const Sha256Digest& digest) {
  return absl::string_view(reinterpret_cast<const char*>(digest.data()), digest.size());
}

// The digest whose 32 bytes these are; nullopt for any other length.
std::optional<Sha256Digest> DigestFromBytes(absl::string_view bytes);

// Two lower-case digits a byte.
std::string ToHex(absl::Span<const uint8_t> bytes);
std::string ToHex(absl::string_view bytes);

// The bytes that `hex` spells, in either case; nullopt for an odd length or another character.
std::optional<std::string> FromHex(absl::string_view hex);

}  // namespace headwater

#endif  // HEADWATER_BASE_SHA256_H_
