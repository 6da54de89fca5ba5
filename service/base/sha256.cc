#include "base/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace headwater {
namespace {

// OpenSSL refuses SHA-256 only where memory is out or its installation broken: nothing can go on
// then.
void Require(bool done) {
  if (done) return;
  std::fputs("OpenSSL could not compute a SHA-256 digest; cannot go on without.\n", stderr);
  std::abort();
}

// Looked up once: a lookup takes longer than a short digest.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

EVP_MD_CTX* NewContext() {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  Require(context != nullptr);
  return context;
}

void Begin(EVP_MD_CTX* context) { Require(EVP_DigestInit_ex2(context, Algorithm(), nullptr) == 1); }

void Add(EVP_MD_CTX* context, absl::string_view data) {
  Require(EVP_DigestUpdate(context, data.data(), data.size()) == 1);
}

Sha256Digest End(EVP_MD_CTX* context) {
  Sha256Digest digest;
  Require(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
  return digest;
}

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

void Sha256Hasher::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256Digest Sha256(absl::string_view data) {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(NewContext());
  Begin(context.get());
  Add(context.get(), data);
  return End(context.get());
}

Sha256Hasher::Sha256Hasher() : context_(NewContext()) { Begin(context_.get()); }
Sha256Hasher::~Sha256Hasher() = default;
Sha256Hasher::Sha256Hasher(Sha256Hasher&&) noexcept = default;
Sha256Hasher& Sha256Hasher::operator=(Sha256Hasher&&) noexcept = default;

void Sha256Hasher::Update(absl::string_view data) { Add(context_.get(), data); }

Sha256Digest Sha256Hasher::Finish() {
  const Sha256Digest digest = End(context_.get());
  Begin(context_.get());
  return digest;
}

std::optional<Sha256Digest> DigestFromBytes(absl::string_view bytes) {
  Sha256Digest digest;
  if (bytes.size() != digest.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

std::string ToHex(absl::Span<const uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const uint8_t byte : bytes) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

std::string ToHex(absl::string_view bytes) {
  return ToHex(absl::MakeConstSpan(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
}

std::optional<std::string> FromHex(absl::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (size_t i = 0; i < hex.size(); i += 2) {
    const int high = DigitValue(hex[i]);
    const int low = DigitValue(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

}  // namespace headwater
