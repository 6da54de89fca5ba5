#include "records/entry.h"

#include "keys/encoding.h"

namespace headwater::records {
namespace {

constexpr char kLayout = '\x01';

void AppendBigEndian32(size_t number, std::string* out) {
  for (const int shift : {24, 16, 8, 0}) out->push_back(static_cast<char>(number >> shift));
}

}  // namespace

void AppendEntry(const Entry& entry, std::string* out) {
  out->push_back(kLayout);
  out->push_back(static_cast<char>(entry.operation));
  keys::AppendVarint(static_cast<uint64_t>(entry.commit_micros), out);
  keys::AppendVarint(static_cast<uint64_t>(entry.commit_micros - entry.create_micros), out);
  keys::AppendVarint(entry.sequence - entry.first_sequence, out);
  keys::AppendVarint(entry.last_sequence - entry.sequence, out);
  keys::AppendVarint(entry.body_sequence, out);
  out->append(entry.salt.data(), entry.salt.size());
  out->append(entry.digest.data(), entry.digest.size());
  keys::AppendSized(entry.actor, out);
  keys::AppendSized(entry.name, out);
  out->append(entry.stored.data(), entry.stored.size());
}

std::optional<Entry> ParseEntry(uint64_t sequence, absl::string_view bytes) {
  if (bytes.size() < 2 || bytes[0] != kLayout || !v1::Operation_IsValid(bytes[1]))
    return std::nullopt;
  Entry entry;
  entry.sequence = sequence;
  entry.operation = static_cast<v1::Operation>(bytes[1]);
  bytes.remove_prefix(2);
  uint64_t commit = 0;
  uint64_t age = 0;
  uint64_t before = 0;
  uint64_t after = 0;
  if (!keys::TakeVarint(&bytes, &commit) || !keys::TakeVarint(&bytes, &age) ||
      !keys::TakeVarint(&bytes, &before) || !keys::TakeVarint(&bytes, &after) ||
      !keys::TakeVarint(&bytes, &entry.body_sequence) ||
      !keys::TakeBytes(&bytes, kSaltBytes, &entry.salt) ||
      !keys::TakeBytes(&bytes, sizeof(Sha256Digest), &entry.digest) ||
      !keys::TakeSized(&bytes, &entry.actor) || !keys::TakeSized(&bytes, &entry.name) ||
      before >= sequence) {
    return std::nullopt;
  }
  entry.commit_micros = static_cast<int64_t>(commit);
  entry.create_micros = static_cast<int64_t>(commit - age);
  entry.first_sequence = sequence - before;
  entry.last_sequence = sequence + after;
  entry.stored = bytes;
  return entry;
}

Sha256Digest SaltedDigest(absl::string_view salt, absl::string_view name, v1::Operation operation,
                          absl::string_view stored) {
  // Put together first: a hasher of one's own costs more than the copy.
  std::string hashed;
  hashed.reserve(salt.size() + name.size() + stored.size() + 9);
  hashed.append(salt.data(), salt.size());
  AppendBigEndian32(name.size(), &hashed);
  hashed.append(name.data(), name.size());
  hashed.push_back(static_cast<char>(operation));
  AppendBigEndian32(stored.size(), &hashed);
  hashed.append(stored.data(), stored.size());
  return Sha256(hashed);
}

}  // namespace headwater::records
