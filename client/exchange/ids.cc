#include "exchange/ids.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

constexpr size_t kReadable = 42;
constexpr size_t kDigits = 20;

// The first digits of the SHA-256 in base32, five bits each.
std::string Digits(absl::string_view key) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest.data());
  std::string digits;
  uint32_t bits = 0;
  int held = 0;
  for (size_t i = 0; digits.size() < kDigits; ++i) {
    bits = (bits << 8) | digest[i];
    for (held += 8; held >= 5 && digits.size() < kDigits; held -= 5) {
      digits.push_back("abcdefghijklmnopqrstuvwxyz234567"[(bits >> (held - 5)) & 31]);
    }
  }
  return digits;
}

// ASCII letters and digits in small letters, "-" between them, cut at a word where that is not far.
std::string Readable(absl::string_view text) {
  std::string readable;
  for (char c : text) {
    if (absl::ascii_isalnum(c)) {
      readable.push_back(absl::ascii_tolower(c));
    } else if (!readable.empty() && readable.back() != '-') {
      readable.push_back('-');
    }
    if (readable.size() > kReadable) break;
  }
  if (readable.size() > kReadable) {
    const size_t dash = readable.rfind('-');
    readable.resize(dash != readable.npos && dash > kReadable / 2 ? dash : kReadable);
  }
  while (!readable.empty() && readable.back() == '-') readable.pop_back();
  return readable;
}

std::string LastPart(absl::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));
}

}  // namespace

std::string MakeId(absl::string_view kind, const std::vector<absl::string_view>& key,
                   absl::string_view readable) {
  std::string whole(kind);
  for (absl::string_view part : key) {
    whole.push_back('\0');
    whole.append(part.data(), part.size());
  }
  const std::string words = Readable(readable);
  return absl::StrCat(words, words.empty() ? "" : "-", Digits(whole));
}

std::string NameKey(absl::string_view name) { return FoldedBare(Trimmed(ToUtf8(name))); }

std::string TextKey(absl::string_view text) {
  const std::string folded = Folded(ToUtf8(text));
  const absl::string_view bare = WithoutOuterPunctuation(folded);
  // A text of nothing but punctuation is still a text.
  return std::string(bare.empty() ? absl::string_view(folded) : bare);
}

std::string SourceNameOfDomain(absl::string_view domain) {
  const std::string host = DomainOf(domain);
  const std::string key = host.empty() ? absl::AsciiStrToLower(domain) : host;
  return absl::StrCat("sources/", MakeId("source-domain", {key}, key));
}

std::string SourceNameOfName(absl::string_view name) {
  const std::string key = NameKey(name);
  return absl::StrCat("sources/", MakeId("source-name", {key}, key));
}

std::string DocumentNameOf(absl::string_view uri) {
  const std::string key = UriKey(uri);
  return absl::StrCat("documents/", MakeId("document", {key}, key));
}

std::string ClaimNameOf(absl::string_view language, absl::string_view text) {
  const std::string key = TextKey(text);
  return absl::StrCat("claims/",
                      MakeId("claim", {absl::AsciiStrToLower(language), key}, FoldedBare(key)));
}

std::string AttributionNameOf(absl::string_view claim_name, const v1::Attribution& attribution) {
  std::vector<std::string> cites;
  for (const v1::Citation& citation : attribution.cites()) {
    cites.push_back(absl::StrCat(citation.attribution(), citation.source(), " ",
                                 static_cast<int>(citation.stance())));
  }
  std::sort(cites.begin(), cites.end());
  const std::string stance = v1::Stance_Name(attribution.stance());
  const std::string id =
      MakeId("attribution",
             {attribution.source(), attribution.document(), stance, absl::StrJoin(cites, "\n")},
             // The source's readable part without its digits.
             LastPart(attribution.source()).substr(0, LastPart(attribution.source()).rfind('-')));
  return absl::StrCat(claim_name, "/attributions/", id);
}

std::string RelationNameOf(absl::string_view claim_name, const v1::Relation& relation) {
  const std::string kind = v1::RelationKind_Name(relation.kind());
  return absl::StrCat(claim_name, "/relations/",
                      MakeId("relation", {kind, relation.target()},
                             absl::string_view(kind).substr(kind.find("KIND_") + 5)));
}

std::string ReviewNameOf(absl::string_view claim_name, absl::string_view author_name,
                         absl::string_view uri) {
  const std::string key = UriKey(uri);
  return absl::StrCat(claim_name, "/reviews/", MakeId("review", {author_name, key}, key));
}

}  // namespace headwater::exchange
